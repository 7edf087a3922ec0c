package dev.cairn.simulation;

import dev.cairn.simulation.profile.ConflictSpelling;
import dev.cairn.simulation.profile.Winner;
import dev.cairn.simulation.time.VirtualClock;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One device with its folder: the files which the tool believes to be on the disk, and the version of each.
 *
 * <p>Invariant: whatever is on the disk and differs from {@code known} was done by somebody else, and is either in the
 * {@link Watch} as not yet noticed or will be found by its next look. So nothing the application wrote is ever
 * overwritten unseen: before a path is touched, {@link #noticeNow} turns what is there into a version of its own.
 */
final class SyncedFolder extends Node {

    private final Tool tool;
    private final Exchange exchange;
    private final Disk disk;
    private final VirtualClock clock;
    private final Watch watch;
    private final Receiver receiver;
    private final Map<String, Disk.Stat> known = new HashMap<>();
    private final Set<String> madeByTool = new HashSet<>();
    private final Set<String> notSent = new HashSet<>();
    private final Map<String, Boolean> ignored = new HashMap<>();
    private final Graveyard graveyard = new Graveyard();
    private final ConflictCopies copies = new ConflictCopies();
    private long changes;
    private boolean unmounted;

    SyncedFolder(int id, String name, Path root, VirtualClock clock, Tool tool, Exchange exchange) {
        super(id, name);
        this.tool = tool;
        this.exchange = exchange;
        this.clock = clock;
        this.disk = new Disk(root, tool.profile().names().timeGranularity());
        this.watch = new Watch(this, tool);
        this.receiver = new Receiver(this, tool, exchange);
        tool.profile().names().marker().ifPresent(disk::makeDirectory);
    }

    Disk disk() {
        return disk;
    }

    Watch watch() {
        return watch;
    }

    Receiver receiver() {
        return receiver;
    }

    Map<String, Disk.Stat> known() {
        return known;
    }

    VirtualClock clock() {
        return clock;
    }

    Graveyard graveyard() {
        return graveyard;
    }

    /** Whether the tool works at all: the folder is there, and so is its marker. */
    boolean isAvailable() {
        return !unmounted
                && disk.exists()
                && tool.profile()
                        .names()
                        .marker()
                        .map(marker -> disk.stat(marker).isPresent())
                        .orElse(true);
    }

    void setUnmounted(boolean isUnmounted) {
        unmounted = isUnmounted;
    }

    @Override
    void receive(Node from, String path) {
        if (isAvailable()) {
            receiver.receive(from, path);
        }
    }

    /** Whether the tool leaves this path alone. */
    boolean ignores(String path) {
        return notSent.contains(path)
                || ignored.computeIfAbsent(path, tool.profile().names()::ignores);
    }

    boolean hasChanged(String path, Optional<Disk.Stat> onDisk) {
        Disk.Stat expected = known.get(path);
        return onDisk.map(stat -> !stat.equals(expected)).orElse(expected != null);
    }

    /**
     * Turns what is on the disk under {@code path} into a version, if the application has changed it.
     *
     * @return whether the disk is as {@code known} says afterwards; not so while a file is being written
     */
    boolean noticeNow(String path) {
        Optional<Disk.Stat> before = disk.stat(path);
        if (!hasChanged(path, before)) {
            return true;
        }
        if (before.isEmpty()) {
            noticeAbsence(path);
            return true;
        }
        return before.get().directory() ? noticeDirectory(path, before.get()) : noticeFile(path, before.get());
    }

    private void noticeAbsence(String path) {
        known.remove(path);
        FileVersion version = version(path);
        if (version == null || version.isDeleted()) {
            exchange.catchUp(this, path);
        } else if (tool.profile().conflicts().winner() == Winner.NEWER_WITHOUT_MEMORY) {
            index().remove(path);
            exchange.catchUp(this, path);
            exchange.adoptLeftovers(path);
        } else {
            change(path, FileVersion.Kind.DELETED, null, new Disk.Stat(false, 0, clock.instant()));
        }
    }

    @Override
    void adoptLeftover(String path) {
        if (known.remove(path) != null) {
            noticeNow(path);
        }
    }

    private boolean noticeDirectory(String path, Disk.Stat stat) {
        known.put(path, stat);
        FileVersion version = version(path);
        if (version == null || version.kind() != FileVersion.Kind.DIRECTORY) {
            change(path, FileVersion.Kind.DIRECTORY, null, stat);
        }
        return true;
    }

    private boolean noticeFile(String path, Disk.Stat before) {
        Optional<Content> content = disk.read(path);
        if (content.isEmpty() || !disk.stat(path).equals(Optional.of(before))) {
            return false;
        }
        known.put(path, before);
        if (tool.profile().names().isTooLong(path)) {
            tool.log(name(), SyncAction.BLOCKED, path + " (the name is too long)");
            return true;
        }
        FileVersion version = version(path);
        if (version == null || version.content() == null || !version.content().sameAs(content.get())) {
            change(path, FileVersion.Kind.FILE, content.get(), before);
        }
        return true;
    }

    private void change(String path, FileVersion.Kind kind, @Nullable Content content, Disk.Stat stat) {
        FileVersion old = version(path);
        VersionVector seen = old == null ? VersionVector.EMPTY : old.vector();
        FileVersion version = new FileVersion(
                path, kind, seen.with(id(), ++changes), content, stat.modified(), name(), madeByTool.contains(path));
        if (old != null && kind == FileVersion.Kind.DELETED) {
            graveyard.bury(old);
        }
        boolean deletion = kind == FileVersion.Kind.DELETED;
        tool.log(
                name(),
                deletion ? SyncAction.NOTICED_DELETION : SyncAction.NOTICED,
                content == null ? path : path + " (" + content + ")");
        adopt(version);
    }

    /** Makes {@code version} ours and tells everybody. The disk must have it already. */
    void adopt(FileVersion version) {
        index().put(version.path(), version);
        exchange.announce(this, version);
    }

    /**
     * Makes our version the successor of another one, and tells everybody. One of which theirs was made needs a number
     * of its own for that, or nobody who has theirs would hear of it.
     */
    void prefer(FileVersion ours, FileVersion theirs) {
        VersionVector both = ours.vector().merge(theirs.vector());
        boolean same = both.relationTo(theirs.vector()) == VersionVector.Relation.EQUAL;
        adopt(ours.withVector(same ? both.with(id(), ++changes) : both));
    }

    /** Records what the tool itself has just put under {@code path}, so that it is not taken for a change. */
    void know(String path) {
        disk.stat(path).ifPresentOrElse(stat -> known.put(path, stat), () -> known.remove(path));
    }

    /** The same for the directories above {@code path}, which the tool makes as it needs them. */
    void knowParents(String path) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            know(path.substring(0, slash));
        }
    }

    /** Leaves {@code path} alone from now on: it is the tool's own. */
    void hide(String path) {
        notSent.add(path);
    }

    void show(String path) {
        notSent.remove(path);
    }

    /** Notes that the tool itself made this file, so that it makes no copies of the copy. */
    void markAsCopy(String path) {
        madeByTool.add(path);
    }

    /**
     * Moves our file of {@code path} out of the way of the winner of a conflict.
     *
     * @throws UncheckedIOException if the disk refuses, or the name of the copy would be too long
     */
    void setAside(FileVersion ours, FileVersion winner) {
        String path = ours.path();
        if (ours.isDeleted()) {
            return;
        }
        ConflictSpelling spelling = tool.profile().conflicts().spelling();
        String target = spelling == ConflictSpelling.NONE || ours.copy()
                ? ""
                : spelling.pathFor(
                        new ConflictSpelling.Conflict(path, clock.instant(), winner.modifiedBy(), name()),
                        other -> disk.stat(other).isPresent());
        if (target.isEmpty()) {
            tool.log(name(), SyncAction.LOST, path + " (" + ours.describe() + ")");
            return;
        }
        if (tool.profile().names().isTooLong(target)) {
            throw new UncheckedIOException(new FileSystemException(target, path, "the name is too long"));
        }
        moveAway(path, target);
        tool.log(name(), SyncAction.CONFLICT_COPY, target);
        if (!tool.profile().conflicts().copiesTravel()) {
            notSent.add(target);
        }
        for (String oldest : copies.add(path, target, tool.profile().conflicts().copiesMax())) {
            disk.delete(oldest);
            tool.log(name(), SyncAction.LOST, oldest + " (too many copies)");
        }
    }

    /** Gives our file another name, since the server knows one which differs in case only. */
    void renameBecauseOfCase(String path) {
        if (!noticeNow(path) || disk.stat(path).isEmpty()) {
            return;
        }
        String target = tool.profile()
                .conflicts()
                .spelling()
                .caseConflictFor(path, other -> disk.stat(other).isPresent());
        index().remove(path);
        moveAway(path, target);
        tool.log(name(), SyncAction.CONFLICT_COPY, target + " (differs in case only)");
        receiver.retryBlocked();
        exchange.catchUp(this, path);
    }

    /** Puts a second copy of a file beside it. */
    void duplicate(FileVersion version, Content content) {
        String target = ConflictSpelling.duplicate(
                version.path(), other -> disk.stat(other).isPresent());
        disk.write(target, content, content.size());
        madeByTool.add(target);
        tool.log(name(), SyncAction.DUPLICATED, target);
        watch.wake();
    }

    private void moveAway(String path, String target) {
        disk.move(path, target);
        known.remove(path);
        madeByTool.add(target);
        watch.wake();
    }

    /** Forgets all versions, as a tool does whose database is lost. What is on the disk will be noticed as new. */
    void forgetVersions() {
        index().clear();
        known.clear();
    }
}
