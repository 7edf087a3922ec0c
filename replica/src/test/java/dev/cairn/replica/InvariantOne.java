package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.CheckpointReader;
import dev.cairn.format.checkpoint.CutPoint;
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

/**
 * Invariant I1 of a fleet: every change that was ever seen in a file is in a live segment or head in some folder, or in
 * a checkpoint all of whose parts are in one folder and which its author or another device has found sound.
 *
 * <p>Works on the files alone, with the keys of the first device; what a file holds is read once. A change is known by
 * its number and its chain hash, so that the two branches of a writer which two machines went on with are two things.
 */
final class InvariantOne {
    /** A change, by where its writer's chain is after it. */
    private record Link(WriterId writer, long seq, Bytes chain) {
        @Override
        public String toString() {
            return writer + "/" + seq + "/" + chain.toHex().substring(0, 8);
        }
    }

    private final Fleet fleet;
    private final Map<Bytes, List<Link>> holdings = new HashMap<>();
    private final Map<Bytes, Optional<Checkpoint>> manifests = new HashMap<>();
    /** The change before each that was ever published, on its branch. */
    private final Map<Link, Link> published = new HashMap<>();

    InvariantOne(Fleet fleet) {
        this.fleet = fleet;
    }

    /** The changes which no file holds any more, as text; none when the invariant holds. */
    List<String> broken() {
        Device reader = fleet.devices().stream()
                .filter(device -> device.space != null)
                .findFirst()
                .orElseThrow();
        Set<Link> held = new HashSet<>();
        List<CutPoint> cuts = new ArrayList<>();
        for (Device device : fleet.devices()) {
            Set<Bytes> files = new HashSet<>();
            Set<Checkpoint> here = new HashSet<>();
            for (String path : device.files()) {
                if (path.endsWith(".cairn")) {
                    look(reader, Bytes.owning(device.read(path)), files, here, held);
                }
            }
            here.stream()
                    .filter(checkpoint -> checkpoint.body().parts().stream()
                            .map(PartRef::file)
                            .allMatch(files::contains))
                    .forEach(checkpoint -> cuts.addAll(checkpoint.body().cut()));
        }
        cuts.forEach(point -> holdAllBefore(new Link(point.writer(), point.seq(), point.chain()), held));
        return published.keySet().stream()
                .filter(link -> !held.contains(link))
                .map(Link::toString)
                .sorted()
                .toList();
    }

    private void look(Device reader, Bytes file, Set<Bytes> files, Set<Checkpoint> here, Set<Link> held) {
        Bytes digest = file.sha256();
        files.add(digest);
        held.addAll(holdings.computeIfAbsent(digest, key -> read(reader, file)));
        manifests.computeIfAbsent(digest, key -> manifest(reader, file)).ifPresent(here::add);
    }

    /** A checkpoint holds the whole way to each point of its cut. */
    private void holdAllBefore(Link end, Set<Link> held) {
        Link link = end;
        Set<Link> way = new HashSet<>();
        while (link != null && way.add(link)) {
            link = published.get(link);
        }
        held.addAll(way);
    }

    private static Optional<FileKind> kind(Bytes file) {
        return Envelope.inspect(file)
                .content()
                .map(identity -> identity.header().kind());
    }

    private List<Link> read(Device reader, Bytes file) {
        KeyRing keys = reader.keys();
        DeviceDirectory devices = reader.directory();
        Optional<FileKind> kind = kind(file);
        Optional<ChangeRun> run = Optional.empty();
        if (kind.equals(Optional.of(FileKind.SEGMENT))) {
            run = new SegmentReader(reader.space.id(), keys, devices)
                    .read(file)
                    .content()
                    .map(segment -> segment.changes());
        } else if (kind.equals(Optional.of(FileKind.HEAD))) {
            run = new HeadReader(reader.space.id(), keys, devices)
                    .read(file)
                    .content()
                    .flatMap(head -> head.tail());
        }
        return run.map(this::links).orElse(List.of());
    }

    private List<Link> links(ChangeRun run) {
        List<Link> links = new ArrayList<>();
        Link before = new Link(run.writer(), run.before().seq(), run.before().hash());
        for (int i = 0; i < run.size(); i++) {
            Link link = new Link(run.writer(), run.firstSeq() + i, run.chainHash(i));
            published.put(link, before);
            links.add(link);
            before = link;
        }
        return links;
    }

    private static Optional<Checkpoint> manifest(Device reader, Bytes file) {
        return kind(file).equals(Optional.of(FileKind.CHECKPOINT))
                ? new CheckpointReader(reader.space.id(), reader.keys(), reader.directory())
                        .manifest(file)
                        .content()
                : Optional.empty();
    }
}
