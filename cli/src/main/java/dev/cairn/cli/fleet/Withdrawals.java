package dev.cairn.cli.fleet;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileKind;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.CheckpointReader;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.HeadReader;
import dev.cairn.format.log.Segment;
import dev.cairn.format.log.SegmentReader;
import dev.cairn.replica.FolderKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Watches invariant I1 of compaction at every deletion of a segment: at that moment the folder must hold each of its
 * changes in another segment or head, or in a checkpoint of which every part is there.
 *
 * <p>The files are kept as they were when the device was about to delete, and judged when it has done its work.
 */
final class Withdrawals {
    private final List<Moment> pending = new ArrayList<>();
    private int retired;

    /** A folder just before a segment goes. */
    private record Moment(String path, Bytes segment, List<Bytes> others) {}

    /** The device is about to delete a file, under a path of the disk behind. */
    void deleting(Path file) {
        String path = file.toString().replace('\\', '/');
        int devices = path.lastIndexOf("/devices/");
        boolean isSegment = devices >= 0 && path.contains("/changes/") && path.endsWith(".cairn");
        if (!isSegment || !Files.exists(file)) { // what is gone already takes nothing with it
            return;
        }
        Path root = file.getFileSystem().getPath(path.substring(0, devices + "/devices".length()));
        try (Stream<Path> all = Files.walk(root)) {
            List<Bytes> others = new ArrayList<>();
            for (Path other : all.filter(Files::isRegularFile).toList()) {
                if (!other.equals(file) && other.toString().endsWith(".cairn")) {
                    others.add(Bytes.owning(Files.readAllBytes(other)));
                }
            }
            pending.add(new Moment(path, Bytes.owning(Files.readAllBytes(file)), others));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look what remains beside " + path, e);
        }
    }

    /** What was deleted since the last question although nothing else held it. */
    List<String> broken(FolderKeys keys) {
        List<String> broken = new ArrayList<>();
        FolderKeys.Reading reading = pending.isEmpty() ? null : keys.with(List.of());
        for (Moment moment : pending) {
            judge(moment, keys, Optional.ofNullable(reading).orElseThrow()).ifPresent(broken::add);
        }
        pending.clear();
        return broken;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** How many of those that were judged since the last question went because only a checkpoint held some change. */
    int takeRetired() {
        int taken = retired;
        retired = 0;
        return taken;
    }

    private Optional<String> judge(Moment moment, FolderKeys keys, FolderKeys.Reading reading) {
        SegmentReader segments = new SegmentReader(keys.space(), reading.keys(), reading.members());
        HeadReader heads = new HeadReader(keys.space(), reading.keys(), reading.members());
        CheckpointReader checkpoints = new CheckpointReader(keys.space(), reading.keys(), reading.members());
        Optional<ChangeRun> gone = segments.read(moment.segment()).content().map(Segment::changes);
        if (gone.isEmpty()) {
            return Optional.empty(); // what cannot be read holds nothing
        }
        ChangeRun run = gone.get();
        BitSet missing = new BitSet();
        missing.set(0, run.size());
        Set<Bytes> digests = new HashSet<>();
        moment.others().forEach(file -> digests.add(file.sha256()));
        List<Checkpoint> whole = new ArrayList<>();
        for (Bytes file : moment.others()) {
            switch (kind(file).orElse(FileKind.MEMBER_ENTRY)) {
                case SEGMENT ->
                    segments.read(file).content().map(Segment::changes).ifPresent(other -> hold(missing, run, other));
                case HEAD ->
                    heads.read(file).content().flatMap(Head::tail).ifPresent(other -> hold(missing, run, other));
                case CHECKPOINT ->
                    checkpoints
                            .manifest(file)
                            .content()
                            .filter(found -> isWhole(found, digests))
                            .ifPresent(whole::add);
                default -> {}
            }
        }
        boolean toCheckpoint = !missing.isEmpty();
        whole.forEach(found -> hold(missing, run, found));
        retired += toCheckpoint && missing.isEmpty() ? 1 : 0;
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(moment.path() + " went, and nothing else held " + missing.cardinality() + " of its "
                        + run.size() + " changes");
    }

    private static Optional<FileKind> kind(Bytes file) {
        return Envelope.inspect(file)
                .content()
                .map(identity -> identity.header().kind());
    }

    private static boolean isWhole(Checkpoint found, Set<Bytes> digests) {
        return found.body().parts().stream().map(PartRef::file).allMatch(digests::contains);
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

    private static void hold(BitSet missing, ChangeRun run, Checkpoint found) {
        long through = found.body().cut().stream()
                .filter(point -> point.writer().equals(run.writer()))
                .mapToLong(point -> point.seq())
                .max()
                .orElse(0);
        missing.clear(0, (int) Math.max(0, Math.min(run.size(), through - run.firstSeq() + 1)));
    }
}
