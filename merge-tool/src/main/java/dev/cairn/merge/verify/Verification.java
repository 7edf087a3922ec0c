package dev.cairn.merge.verify;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileName;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.SpaceMarker;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.ReadResult;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.format.log.HeadBody;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.merge.verify.Checked.Holds;
import dev.cairn.merge.verify.VerifyReport.Finding;
import dev.cairn.replica.FolderKeys;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** The check of one folder; used once. It reads and changes nothing. */
public final class Verification {
    /** Files read at once, and their bytes: what bounds the memory. */
    private static final int BATCH_FILES_MAX = 256;

    private static final long BATCH_BYTES_MAX = 32L << 20;

    private final SharedFolder folder;
    private final Optional<FolderKeys> keys;
    private final Executor executor;
    private final LongConsumer progress;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * A check.
     *
     * @param folder the folder, or a copy of one
     * @param options how to read
     * @param keys this device's keys for its space; nothing to check only what can be told without
     * @param executor where files are read and decrypted
     * @param progress is told the bytes read so far, on the calling thread
     */
    public Verification(
            Path folder, FolderOptions options, Optional<FolderKeys> keys, Executor executor, LongConsumer progress) {
        this.folder = SharedFolder.at(folder, options);
        this.keys = keys;
        this.executor = executor;
        this.progress = progress;
    }

    /** How many bytes are read for a folder as it is listed now, for a progress bar. */
    public static long size(Path folder, FolderOptions options) {
        return SharedFolder.at(folder, options).list().entries().stream()
                .filter(entry -> !entry.path().equals(SharedFolder.MARKER))
                .mapToLong(Listing.Entry::size)
                .sum();
    }

    /**
     * Checks everything.
     *
     * @throws IOException if the folder is not there or cannot be listed
     */
    public VerifyReport run() throws IOException {
        Listing listing = folder.list();
        if (listing.state() == FolderState.MISSING) {
            throw new NotDirectoryException(folder.path().toString());
        }
        if (listing.state() == FolderState.UNREADABLE) {
            throw new IOException("cannot list " + folder.path() + ": " + listing.reason());
        }
        Optional<SpaceId> space = marker().or(() -> keys.map(FolderKeys::space));
        List<Checked> files = read(listing, space);
        listing.problems()
                .forEach(problem -> findings.add(Finding.fault("unreadable", problem.path(), problem.reason())));
        listing.evicted()
                .forEach(path -> findings.add(Finding.fault(
                        "not_downloaded", path, "is with its provider only: let the sync tool download it")));
        files.forEach(file -> findings.addAll(file.findings()));
        copies(files);
        ChainCheck chains = chains(files);
        findings.sort(Comparator.comparing(Finding::path).thenComparing(Finding::code));
        List<Checked> ours =
                files.stream().filter(file -> file.header().isPresent()).toList();
        return new VerifyReport(
                folder.path(),
                space,
                keys.isPresent(),
                ours.size(),
                ours.stream().mapToLong(Checked::size).sum(),
                chains.changes(),
                chains.writers(),
                findings,
                new Evidence(
                        files,
                        new CheckpointCheck(files).whole(),
                        keys.isPresent(),
                        reading(files).map(FolderKeys.Reading::members)));
    }

    private Optional<SpaceId> marker() {
        if (!(folder.readMarker() instanceof ReadResult.Content content)) {
            findings.add(Finding.fault(
                    "no_marker",
                    SharedFolder.MARKER,
                    "is not there: 'cairn doctor --fix' on a device of the space writes it again"));
            return Optional.empty();
        }
        Optional<SpaceMarker> marker = SpaceMarker.read(content.bytes()).content();
        boolean exact =
                marker.filter(found -> found.encode().equals(content.bytes())).isPresent();
        if (!exact) {
            findings.add(Finding.fault("marker_damaged", SharedFolder.MARKER, "is not what a device wrote"));
        }
        return marker.filter(found -> exact).map(SpaceMarker::space);
    }

    /** Member entries first: they say who may sign, and may bring keys. */
    private List<Checked> read(Listing listing, Optional<SpaceId> space) {
        List<Listing.Entry> entries = new ArrayList<>();
        List<Listing.Entry> others = new ArrayList<>();
        for (Listing.Entry entry : listing.entries()) {
            if (!entry.path().equals(SharedFolder.MARKER)) {
                (entry.path().contains("/keys/") ? entries : others).add(entry);
            }
        }
        Optional<FolderKeys.Reading> first = keys.map(known -> known.with(List.of()));
        List<Checked> files = new ArrayList<>(batches(entries, new FileCheck(folder, space, first), true));
        FileCheck check = new FileCheck(folder, space, reading(files));
        List<Checked> rest = batches(others, check, true);
        files.addAll(rest);
        boolean late = rest.stream().anyMatch(file -> file.holds() instanceof Holds.Entry);
        if (!late) {
            return files;
        }
        FileCheck again = new FileCheck(folder, space, reading(files));
        Set<String> waitingPaths = files.stream()
                .filter(file -> file.holds() instanceof Holds.Waiting)
                .map(Checked::path)
                .collect(Collectors.toSet());
        List<Listing.Entry> waiting = listing.entries().stream()
                .filter(entry -> waitingPaths.contains(entry.path()))
                .toList();
        files.removeIf(file -> file.holds() instanceof Holds.Waiting);
        files.addAll(batches(waiting, again, false));
        return files;
    }

    private Optional<FolderKeys.Reading> reading(List<Checked> files) {
        List<MemberEntry> found = new ArrayList<>();
        for (Checked file : files) {
            if (file.holds() instanceof Holds.Entry entry) {
                found.add(entry.entry());
            }
        }
        return keys.map(known -> known.with(found));
    }

    private List<Checked> batches(List<Listing.Entry> entries, FileCheck check, boolean counted) {
        List<Checked> files = new ArrayList<>(entries.size());
        int from = 0;
        while (from < entries.size()) {
            List<FutureTask<Checked>> tasks = new ArrayList<>();
            long bytes = 0;
            while (from < entries.size()
                    && tasks.size() < BATCH_FILES_MAX
                    && (tasks.isEmpty() || bytes + entries.get(from).size() <= BATCH_BYTES_MAX)) {
                Listing.Entry entry = entries.get(from++);
                bytes += entry.size();
                FutureTask<Checked> task = new FutureTask<>(() -> check.check(entry));
                tasks.add(task);
                executor.execute(task);
            }
            tasks.forEach(task -> files.add(result(task)));
            if (counted) {
                progress.accept(bytes);
            }
        }
        return files;
    }

    private static Checked result(FutureTask<Checked> task) {
        try {
            return task.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while checking", stopped);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a check must answer with a value", bug.getCause());
        }
    }

    private void copies(List<Checked> files) {
        Map<Bytes, String> first = new HashMap<>();
        for (Checked file : files) {
            file.digest()
                    .map(digest -> first.putIfAbsent(digest, file.path()))
                    .ifPresent(other -> findings.add(Finding.note("duplicate", file.path(), "is a copy of " + other)));
        }
    }

    private ChainCheck chains(List<Checked> files) {
        ChainCheck chains = new ChainCheck();
        if (keys.isEmpty()) {
            return chains;
        }
        CheckpointCheck checkpoints = new CheckpointCheck(files);
        findings.addAll(checkpoints.findings());
        checkpoints.whole().forEach(checkpoint -> checkpoint.body().cut().forEach(chains::cover));
        for (Checked file : files) {
            if (file.holds() instanceof Holds.Changes segment) {
                chains.add(segment.run());
            } else if (file.holds() instanceof Holds.Heartbeat head) {
                head.tail().ifPresent(chains::add);
                file.header().ifPresent(header -> told(chains, header.writer(), head.body()));
            }
        }
        findings.addAll(chains.run());
        memberLog(files);
        return chains;
    }

    /** What this device knows of the member log is not in the folder because of that: a new device would need it. */
    private void memberLog(List<Checked> files) {
        reading(files)
                .ifPresent(reading -> reading.members()
                        .waiting()
                        .forEach((entry, missing) -> findings.add(Finding.fault(
                                "member_gap",
                                FileName.DEVICES,
                                "member entry " + entry + " builds on " + missing.size()
                                        + (missing.size() == 1 ? " which is not there" : " which are not there")))));
        Set<EntryId> there = new HashSet<>();
        for (Checked file : files) {
            if (file.holds() instanceof Holds.Entry entry) {
                there.add(entry.entry().id());
            }
        }
        long lost = keys.stream()
                .flatMap(known -> known.entries().stream())
                .filter(entry -> !there.contains(entry.id()))
                .count();
        if (lost > 0) {
            findings.add(Finding.fault(
                    "member_gap",
                    FileName.DEVICES,
                    "lacks " + lost + " of the member entries which this device knows: let the devices that wrote them"
                            + " synchronise"));
        }
    }

    private static void told(ChainCheck chains, WriterId writer, HeadBody body) {
        chains.tell(writer, body.lastSeq());
        body.seen().forEach(seen -> chains.tell(seen.writer(), seen.seq()));
    }
}
