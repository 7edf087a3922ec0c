package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.CheckpointReader;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.HeadReader;
import dev.cairn.format.log.SegmentReader;
import dev.cairn.replica.Fleet.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Invariant I1 of a fleet: every change that was ever seen in a file is in a live segment or head in some folder, or in
 * a checkpoint all of whose parts are in one folder and which its author or another device has found sound.
 *
 * <p>Works on the files alone, with the keys of the first device; what a file holds is read once.
 */
final class InvariantOne {
    /** What a file holds of one writer. */
    private record Holding(WriterId writer, long first, long last) {}

    private final Fleet fleet;
    private final Map<Bytes, Optional<Holding>> holdings = new HashMap<>();
    private final Map<Bytes, Optional<Checkpoint>> manifests = new HashMap<>();
    private final Map<WriterId, Long> published = new TreeMap<>();

    InvariantOne(Fleet fleet) {
        this.fleet = fleet;
    }

    /** The changes which no file holds any more, as text; none when the invariant holds. */
    List<String> broken() {
        Device reader = fleet.devices().stream()
                .filter(device -> device.space != null)
                .findFirst()
                .orElseThrow();
        Map<WriterId, Set<Long>> held = new HashMap<>();
        for (Device device : fleet.devices()) {
            Set<Bytes> files = new HashSet<>();
            Set<Checkpoint> here = new HashSet<>();
            for (String path : device.files()) {
                if (path.endsWith(".cairn")) {
                    look(reader, Bytes.owning(device.read(path)), files, here, held);
                }
            }
            for (Checkpoint checkpoint : here) {
                boolean whole =
                        checkpoint.body().parts().stream().map(PartRef::file).allMatch(files::contains);
                if (whole) {
                    checkpoint.body().cut().forEach(point -> hold(held, point.writer(), 1, point.seq()));
                }
            }
        }
        List<String> broken = new ArrayList<>();
        published.forEach((writer, last) -> {
            for (long seq = 1; seq <= last; seq++) {
                if (!held.getOrDefault(writer, Set.of()).contains(seq)) {
                    broken.add(writer + "/" + seq);
                }
            }
        });
        return broken;
    }

    private void look(
            Device reader, Bytes file, Set<Bytes> files, Set<Checkpoint> here, Map<WriterId, Set<Long>> held) {
        Bytes digest = file.sha256();
        files.add(digest);
        holdings.computeIfAbsent(digest, key -> read(reader, file)).ifPresent(holding -> {
            published.merge(holding.writer(), holding.last(), Math::max);
            hold(held, holding.writer(), holding.first(), holding.last());
        });
        manifests.computeIfAbsent(digest, key -> manifest(reader, file)).ifPresent(here::add);
    }

    private static void hold(Map<WriterId, Set<Long>> held, WriterId writer, long first, long last) {
        Set<Long> numbers = held.computeIfAbsent(writer, key -> new HashSet<>());
        for (long seq = first; seq <= last; seq++) {
            numbers.add(seq);
        }
    }

    private static Optional<FileKind> kind(Bytes file) {
        return Envelope.inspect(file)
                .content()
                .map(identity -> identity.header().kind());
    }

    private static Optional<Holding> read(Device reader, Bytes file) {
        KeyRing keys = reader.keys();
        DeviceDirectory devices = reader.directory();
        Optional<FileKind> kind = kind(file);
        if (kind.equals(Optional.of(FileKind.SEGMENT))) {
            return new SegmentReader(reader.space.id(), keys, devices)
                    .read(file)
                    .content()
                    .map(segment -> new Holding(
                            segment.changes().writer(),
                            segment.changes().firstSeq(),
                            segment.changes().lastSeq()));
        }
        return kind.equals(Optional.of(FileKind.HEAD))
                ? new HeadReader(reader.space.id(), keys, devices)
                        .read(file)
                        .content()
                        .flatMap(head -> head.tail())
                        .map(tail -> new Holding(tail.writer(), tail.firstSeq(), tail.lastSeq()))
                : Optional.empty();
    }

    private static Optional<Checkpoint> manifest(Device reader, Bytes file) {
        return kind(file).equals(Optional.of(FileKind.CHECKPOINT))
                ? new CheckpointReader(reader.space.id(), reader.keys(), reader.directory())
                        .manifest(file)
                        .content()
                : Optional.empty();
    }
}
