package dev.cairn.replica.outbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.Limits;
import dev.cairn.format.columns.RunCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.Deflater;

/** Cuts own changes into pieces which fit a file. */
final class Packing {
    /** Bytes of changes in one segment before compression: a segment and what it takes to read it stay small. */
    private static final int SEGMENT_BYTES_MAX = 8 << 20;

    private final Consumer<ChangeRun> segments;
    private final List<ChangeRun> open = new ArrayList<>();
    private long bytes;
    private int changes;

    /** Hands on segments as soon as they are full, so that no more than one is in memory. */
    Packing(Consumer<ChangeRun> segments) {
        this.segments = segments;
    }

    /** The runs in the sizes of segments: each is full but for the last. */
    static List<ChangeRun> segments(List<ChangeRun> runs) {
        List<ChangeRun> segments = new ArrayList<>();
        Packing packing = new Packing(segments::add);
        runs.forEach(packing::add);
        packing.end();
        return segments;
    }

    /** Adds a run which continues the one before it. */
    void add(ChangeRun run) {
        if (run.changeBytes() > SEGMENT_BYTES_MAX && run.size() > 1) {
            int middle = run.size() / 2;
            add(run.slice(0, middle));
            add(run.slice(middle, run.size()));
            return;
        }
        if (bytes + run.changeBytes() > SEGMENT_BYTES_MAX || changes + run.size() > Limits.CHANGES_MAX) {
            end();
        }
        open.add(run);
        bytes += run.changeBytes();
        changes += run.size();
    }

    /** Hands on what is left. */
    void end() {
        if (!open.isEmpty()) {
            ChangeRun segment = ChangeRun.concat(open);
            open.clear();
            bytes = 0;
            changes = 0;
            segments.accept(segment);
        }
    }

    /** The size of a run as it would be in a file. */
    static int compressedSize(ChangeRun run) {
        Bytes raw = RunCodec.encode(run);
        Deflater deflater = new Deflater(6, true);
        try {
            deflater.setInput(raw.toArray());
            deflater.finish();
            byte[] out = new byte[8192];
            int size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(out);
            }
            return size;
        } finally {
            deflater.end();
        }
    }
}
