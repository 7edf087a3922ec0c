package dev.cairn.replica.outbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.Limits;
import dev.cairn.format.columns.RunCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Cuts own changes into pieces which fit a file. */
final class Packing {
    /** Bytes of changes in one segment before compression: a segment and what it takes to read it stay small. */
    private static final int SEGMENT_BYTES_MAX = 8 << 20;

    private Packing() {}

    /** The runs in the sizes of segments: each is full but for the last. */
    static List<ChangeRun> segments(List<ChangeRun> runs) {
        List<ChangeRun> pieces = new ArrayList<>();
        for (ChangeRun run : runs) {
            cut(run, pieces);
        }
        List<ChangeRun> segments = new ArrayList<>();
        List<ChangeRun> open = new ArrayList<>();
        long bytes = 0;
        int changes = 0;
        for (ChangeRun piece : pieces) {
            if (!open.isEmpty()
                    && (bytes + piece.changeBytes() > SEGMENT_BYTES_MAX
                            || changes + piece.size() > Limits.CHANGES_MAX)) {
                segments.add(ChangeRun.concat(open));
                open.clear();
                bytes = 0;
                changes = 0;
            }
            open.add(piece);
            bytes += piece.changeBytes();
            changes += piece.size();
        }
        if (!open.isEmpty()) {
            segments.add(ChangeRun.concat(open));
        }
        return segments;
    }

    private static void cut(ChangeRun run, List<ChangeRun> pieces) {
        if (run.changeBytes() <= SEGMENT_BYTES_MAX || run.size() == 1) {
            pieces.add(run);
            return;
        }
        int middle = run.size() / 2;
        cut(run.slice(0, middle), pieces);
        cut(run.slice(middle, run.size()), pieces);
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
