package dev.cairn.simulation;

import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of the tool which carries out in one folder what others did: it decides what to do with each version it is
 * offered, and does it at once, except for files, which are {@link Transfers}.
 */
final class Receiver {

    /** Until a refused file is tried again. */
    private static final Duration BLOCKED = Duration.ofMinutes(1);

    private final SyncedFolder folder;
    private final Tool tool;
    private final Exchange exchange;
    private final Placeholders placeholders;
    private final Transfers transfers;
    private final Set<String> blocked = new TreeSet<>();
    private final Set<String> reported = new HashSet<>();
    private final Set<String> fullDirectories = new TreeSet<>();

    Receiver(SyncedFolder folder, Tool tool, Exchange exchange) {
        this.folder = folder;
        this.tool = tool;
        this.exchange = exchange;
        this.placeholders = new Placeholders(folder, tool);
        this.transfers = new Transfers(folder, tool, exchange, this, placeholders);
    }

    /** Replaces a file by its placeholder. */
    void evict(String path) {
        FileVersion version = folder.version(path);
        if (!folder.noticeNow(path) || version == null || version.content() == null) {
            throw new IllegalArgumentException("no file " + path + " which " + folder.name() + " could get back");
        }
        placeholders.put(version, version.content());
    }

    List<String> evictable() {
        return folder.index().values().stream()
                .filter(version -> version.content() != null && !placeholders.has(version.path()))
                .map(FileVersion::path)
                .filter(path -> !folder.hasChanged(path, folder.disk().stat(path)))
                .sorted()
                .toList();
    }

    List<String> evicted() {
        return folder.index().values().stream()
                .filter(version -> version.content() != null && placeholders.has(version.path()))
                .map(FileVersion::path)
                .sorted()
                .toList();
    }

    /** Replaces a placeholder by its file. */
    void download(String path) {
        FileVersion version = folder.version(path);
        if (version == null || version.content() == null || !placeholders.has(path)) {
            throw new IllegalArgumentException("no placeholder of " + path + " on " + folder.name());
        }
        transfers.place(new Transfer(folder, version, version.content()));
    }

    /** Looks at what {@code from} has under {@code path}. */
    void receive(Node from, String path) {
        FileVersion theirs = from.version(path);
        if (theirs != null && !transfers.isActive(path)) {
            guarded(path, () -> decide(from, theirs));
        }
    }

    /** Tries everything again that was refused. */
    void retryBlocked() {
        for (String path : List.copyOf(blocked)) {
            blocked.remove(path);
            exchange.catchUp(folder, path);
        }
    }

    private void decide(Node from, FileVersion theirs) {
        String path = theirs.path();
        if (isSpelledDifferently(path)) {
            block(path, "the disk has it in different upper or lower case");
            return;
        }
        if (!folder.noticeNow(path)) {
            tool.plan(Transfers.WHILE_WRITTEN, () -> exchange.catchUp(folder, path));
            return;
        }
        FileVersion ours = folder.version(path);
        Verdict verdict = verdict(theirs);
        switch (verdict) {
            case KEEP -> {}
            case KEEP_AND_TELL -> {
                if (ours != null) {
                    folder.prefer(ours, theirs);
                }
            }
            case UNITE -> {
                if (ours != null) {
                    unite(ours, theirs);
                }
            }
            case CLASH -> block(path, "a file and a directory have the same name");
            case TAKE, TAKE_AND_SET_OURS_ASIDE -> take(from, theirs, verdict);
        }
    }

    private void unite(FileVersion ours, FileVersion theirs) {
        FileVersion united = Verdict.unite(ours, theirs);
        if (united.content() != null
                && folder.known().containsKey(ours.path())
                && !united.modified().equals(ours.modified())) {
            folder.disk().setModified(united.path(), united.modified());
            folder.know(united.path());
        }
        folder.adopt(united);
    }

    /** What to do about a version, as things are now. */
    Verdict verdict(FileVersion theirs) {
        return Verdict.on(folder.version(theirs.path()), theirs, tool.profile().conflicts(), false);
    }

    private boolean isSpelledDifferently(String path) {
        return !folder.known().containsKey(path)
                && folder.disk().stat(path).isPresent()
                && !folder.disk().spells(path);
    }

    private void take(Node from, FileVersion theirs, Verdict verdict) {
        Content content = theirs.content();
        if (content != null) {
            transfers.begin(new Transfer(from, theirs, content), verdict);
        } else if (theirs.isDeleted()) {
            delete(theirs, verdict);
        } else {
            makeDirectory(theirs);
        }
    }

    private void makeDirectory(FileVersion theirs) {
        String path = theirs.path();
        Optional<Disk.Stat> there = folder.disk().stat(path);
        if (there.isPresent() && !there.get().directory()) {
            folder.disk().delete(path);
        }
        folder.disk().makeDirectory(path);
        folder.know(path);
        folder.knowParents(path);
        if (there.isEmpty()) {
            tool.log(folder.name(), SyncAction.ARRIVED, path + "/");
        }
        adopt(theirs);
    }

    private void delete(FileVersion theirs, Verdict verdict) {
        String path = theirs.path();
        FileVersion ours = folder.version(path);
        boolean wasThere = folder.disk().stat(path).isPresent();
        if (ours != null && verdict == Verdict.TAKE_AND_SET_OURS_ASIDE) {
            folder.setAside(ours, theirs);
        } else if (!folder.disk().delete(path)) {
            fullDirectories.add(path);
            return;
        }
        if (ours != null) {
            folder.graveyard().bury(ours);
        }
        folder.known().remove(path);
        placeholders.remove(path);
        if (wasThere) {
            tool.log(folder.name(), SyncAction.DELETED, path);
        }
        adopt(theirs);
        retryDirectoriesAbove(path);
    }

    private void retryDirectoriesAbove(String path) {
        for (String directory : List.copyOf(fullDirectories)) {
            if (path.startsWith(directory + "/")) {
                fullDirectories.remove(directory);
                exchange.catchUp(folder, directory);
            }
        }
    }

    /** Makes a version of somebody else ours, once the disk has it. */
    void adopt(FileVersion theirs) {
        FileVersion ours = folder.version(theirs.path());
        if (theirs.copy()) {
            folder.markAsCopy(theirs.path());
        }
        folder.adopt(ours == null ? theirs : theirs.withVector(theirs.vector().merge(ours.vector())));
    }

    /** Runs a step of the work; when the disk refuses, the path is blocked. */
    void guarded(String path, Runnable step) {
        try {
            step.run();
        } catch (UncheckedIOException e) {
            refused(path, String.valueOf(e.getCause()));
        } catch (InvalidPathException e) {
            refused(path, "not a name on this disk");
        }
    }

    private void refused(String path, String reason) {
        transfers.abandon(path);
        block(path, reason);
    }

    /** Notes that a path is not refused any more. */
    void forgive(String path) {
        reported.remove(path);
    }

    /** Puts a path off, and says why the first time. */
    void block(String path, String reason) {
        if (reported.add(path)) {
            tool.log(folder.name(), SyncAction.BLOCKED, path + " (" + reason + ")");
        }
        if (blocked.add(path)) {
            tool.planLook(BLOCKED, () -> {
                if (blocked.remove(path)) {
                    exchange.catchUp(folder, path);
                }
            });
        }
    }
}
