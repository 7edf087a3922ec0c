package dev.cairn.cli.fleet;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.CheckpointReader;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.HeadReader;
import dev.cairn.format.log.Segment;
import dev.cairn.format.log.SegmentReader;
import dev.cairn.replica.FolderKeys;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of the changes in a file remains in other files of the folder when it goes. */
final class Remains {
    private final List<ChangeRun> runs = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final Set<Bytes> digests = new HashSet<>();

    /**
     * What these files hold.
     *
     * @param trusted whether a checkpoint of this device counts: one by a member that lies holds nothing
     */
    Remains(List<Bytes> files, Readers readers, Trust trusted) {
        files.forEach(file -> digests.add(file.sha256()));
        for (Bytes file : files) {
            switch (kind(file).orElse(FileKind.MEMBER_ENTRY)) {
                case SEGMENT -> readers.segment(file).ifPresent(runs::add);
                case HEAD -> readers.head(file).flatMap(Head::tail).ifPresent(runs::add);
                case CHECKPOINT ->
                    readers.checkpoint(file)
                            .filter(this::isWhole)
                            .filter(found -> trusted.in(found))
                            .ifPresent(checkpoints::add);
                default -> {}
            }
        }
    }

    /** Whether a checkpoint may be believed. */
    @FunctionalInterface
    interface Trust {
        boolean in(Checkpoint found);
    }

    /** Reads files with the keys which a device has. */
    static final class Readers {
        private final SegmentReader segments;
        private final HeadReader heads;
        private final CheckpointReader checkpoints;

        Readers(FolderKeys keys) {
            FolderKeys.Reading reading = keys.with(List.of());
            this.segments = new SegmentReader(keys.space(), reading.keys(), reading.members());
            this.heads = new HeadReader(keys.space(), reading.keys(), reading.members());
            this.checkpoints = new CheckpointReader(keys.space(), reading.keys(), reading.members());
        }

        Optional<ChangeRun> segment(Bytes file) {
            return segments.read(file).content().map(Segment::changes);
        }

        Optional<DeviceId> author(Bytes file) {
            return segments.read(file).content().map(Segment::device);
        }

        Optional<Head> head(Bytes file) {
            return heads.read(file).content();
        }

        Optional<Checkpoint> checkpoint(Bytes file) {
            return checkpoints.manifest(file).content();
        }
    }

    static Optional<FileKind> kind(Bytes file) {
        return Envelope.inspect(file)
                .content()
                .map(identity -> identity.header().kind());
    }

    /** Whether every part is there too. */
    boolean isWhole(Checkpoint found) {
        return found.body().parts().stream().map(PartRef::file).allMatch(digests::contains);
    }

    /** How many changes of a run no other segment or head holds. */
    int outsideOfFiles(ChangeRun run) {
        return notInFiles(run).cardinality();
    }

    /** How many changes of a run nothing holds. */
    int nowhere(ChangeRun run) {
        BitSet missing = notInFiles(run);
        missing.clear(0, (int) Math.max(0, Math.min(run.size(), reach(run.writer()) - run.firstSeq() + 1)));
        return missing.cardinality();
    }

    private BitSet notInFiles(ChangeRun run) {
        BitSet missing = new BitSet();
        missing.set(0, run.size());
        runs.forEach(other -> hold(missing, run, other));
        return missing;
    }

    private static void hold(BitSet missing, ChangeRun run, ChangeRun other) {
        boolean same = other.writer().equals(run.writer());
        for (int i = missing.nextSetBit(0); same && i >= 0; i = missing.nextSetBit(i + 1)) {
            long seq = run.firstSeq() + i;
            boolean within = other.firstSeq() <= seq && seq <= other.lastSeq();
            if (within && other.chainHash((int) (seq - other.firstSeq())).equals(run.chainHash(i))) {
                missing.clear(i);
            }
        }
    }

    private long reach(WriterId writer) {
        return checkpoints.stream()
                .flatMap(found -> found.body().cut().stream())
                .filter(point -> point.writer().equals(writer))
                .mapToLong(point -> point.seq())
                .max()
                .orElse(0);
    }

    /** How many changes up to that of a writer nothing holds. */
    long nowhere(WriterId writer, long through) {
        long reached = Math.min(through, reach(writer));
        BitSet held = new BitSet();
        runs.stream()
                .filter(run -> run.writer().equals(writer))
                .forEach(run -> held.set((int) run.firstSeq(), (int) run.lastSeq() + 1));
        held.set(0, (int) reached + 1);
        return through + 1 - held.get(0, (int) through + 1).cardinality();
    }
}
