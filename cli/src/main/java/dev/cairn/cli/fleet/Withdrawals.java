package dev.cairn.cli.fleet;

import dev.cairn.cli.fleet.Remains.Readers;
import dev.cairn.cli.fleet.Remains.Trust;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.format.log.Head;
import dev.cairn.replica.FolderKeys;
import dev.cairn.simulation.disk.DiskOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Watches invariant I1 of compaction at every deletion by a device: at that moment the folder must hold each change of
 * a segment in another segment or head, or in a checkpoint of which every part is there; and each change of a
 * checkpoint in another one, or in segments and heads.
 *
 * <p>The files are kept as they were when the device was about to delete, and judged when it has done its work.
 */
final class Withdrawals {
    /** Heads that were written and not read yet; only the newest say something new. */
    private static final int HEADS_KEPT = 8;

    private static final Pattern HEAD = Pattern.compile(".*/devices/[a-z2-7]{26}/head-[01]\\.cairn");

    private final List<Moment> pending = new ArrayList<>();
    private final List<ChangeRun> retired = new ArrayList<>();
    private final Deque<Bytes> heads = new ArrayDeque<>();
    private final Map<WriterId, Long> announced = new HashMap<>();
    private final Map<String, DeviceId> authors = new HashMap<>();
    private Optional<WriterId> current = Optional.empty();
    private Optional<Path> written = Optional.empty();

    /** A folder just before a file goes. */
    private record Moment(String path, Bytes gone, List<Bytes> others) {}

    /** What a device has said so far its copy has said, too. */
    Withdrawals copy() {
        Withdrawals copy = new Withdrawals();
        keepHead();
        copy.heads.addAll(heads);
        copy.announced.putAll(announced);
        copy.current = current;
        return copy;
    }

    /** The device is about to do something, under a path of the disk behind. */
    void changing(DiskOperation operation, Path file) {
        keepHead();
        String path = file.toString().replace('\\', '/');
        if (operation == DiskOperation.MOVE && HEAD.matcher(path).matches()) {
            written = Optional.of(file);
        } else if (operation == DiskOperation.DELETE && isWatched(path) && Files.exists(file)) {
            deleting(file, path);
        }
    }

    private static boolean isWatched(String path) {
        return path.contains("/devices/")
                && (path.contains("/changes/") || path.contains("/checkpoints/"))
                && path.endsWith(".cairn");
    }

    private void keepHead() {
        Optional<Path> head = written;
        written = Optional.empty();
        head.filter(Files::exists).ifPresent(file -> heads.add(bytes(file)));
        while (heads.size() > HEADS_KEPT) {
            heads.removeFirst();
        }
    }

    private static Bytes bytes(Path file) {
        try {
            return Bytes.owning(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void deleting(Path file, String path) {
        int devices = path.lastIndexOf("/devices/");
        Path root = file.getFileSystem().getPath(path.substring(0, devices + "/devices".length()));
        try (Stream<Path> all = Files.walk(root)) {
            List<Bytes> others = all.filter(Files::isRegularFile)
                    .filter(other -> !other.equals(file) && other.toString().endsWith(".cairn"))
                    .map(Withdrawals::bytes)
                    .toList();
            pending.add(new Moment(path, bytes(file), others));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look what remains beside " + path, e);
        }
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** What was deleted since the last question although nothing else held it. */
    List<String> broken(FolderKeys keys, Trust trust) {
        List<String> broken = new ArrayList<>();
        Readers readers = new Readers(keys);
        keepHead();
        heads.forEach(file -> readers.head(file).ifPresent(this::said));
        heads.clear();
        for (Moment moment : pending) {
            Remains remains = new Remains(moment.others(), readers, trust);
            if (Remains.kind(moment.gone()).filter(FileKind.CHECKPOINT::equals).isPresent()) {
                readers.checkpoint(moment.gone())
                        .filter(remains::isWhole) // without a part it held nothing
                        .flatMap(gone -> judge(moment.path(), gone, remains))
                        .ifPresent(broken::add);
            } else {
                readers.author(moment.gone()).ifPresent(author -> authors.put(moment.path(), author));
                readers.segment(moment.gone())
                        .flatMap(gone -> judge(moment.path(), gone, remains))
                        .ifPresent(broken::add);
            }
        }
        pending.clear();
        return broken;
    }

    /** Whose segment it was that the device deleted under a path. */
    Optional<DeviceId> authorOf(String path) {
        return Optional.ofNullable(authors.get(path));
    }

    private void said(Head head) {
        current = Optional.of(head.writer());
        announced.merge(head.writer(), head.body().retiredThrough(), Math::max);
    }

    /** The segments that were judged since the last question and went because only a checkpoint held some change. */
    List<ChangeRun> takeRetired() {
        List<ChangeRun> taken = List.copyOf(retired);
        retired.clear();
        return taken;
    }

    /** What is wrong if a segment of the writer under which the device goes on went before a head said so. */
    Optional<String> unannounced(ChangeRun gone) {
        long said = announced.getOrDefault(gone.writer(), 0L);
        return current.filter(gone.writer()::equals).isEmpty() || said >= gone.lastSeq()
                ? Optional.empty()
                : Optional.of(
                        "a segment of " + gone.writer() + " up to " + gone.lastSeq() + " went, and heads said " + said);
    }

    private Optional<String> judge(String path, ChangeRun gone, Remains remains) {
        int nowhere = remains.nowhere(gone);
        if (nowhere == 0 && remains.outsideOfFiles(gone) > 0) {
            retired.add(gone);
        }
        return nowhere == 0
                ? Optional.empty()
                : Optional.of(path + " went, and nothing else held " + nowhere + " of its " + gone.size() + " changes");
    }

    private static Optional<String> judge(String path, Checkpoint gone, Remains remains) {
        long nowhere = 0;
        for (CutPoint point : gone.body().cut()) {
            nowhere += remains.nowhere(point.writer(), point.seq());
        }
        return nowhere == 0
                ? Optional.empty()
                : Optional.of(path + " went, and nothing else held " + nowhere + " changes that were in it");
    }
}
