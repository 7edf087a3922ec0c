package dev.cairn.simulation;

import dev.cairn.simulation.profile.Arrival;
import dev.cairn.simulation.profile.ArrivalStyle;
import dev.cairn.simulation.profile.Span;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of the tool which carries out in one folder what others did.
 *
 * <p>A file arrives in steps, between which time passes and the application may look and act:
 *
 * <pre>
 *   offer -> begin: a part is visible -> finish: whole -> (hole: the old one is gone) -> place: the new one is there
 * </pre>
 *
 * Before each step the folder is asked for changes nobody has noticed yet and the {@link Verdict} is found again, so
 * that a change of the application in the middle of a transfer is a conflict and never overwritten.
 */
final class Receiver {

    /** Until a refused file is tried again. */
    private static final Duration BLOCKED = Duration.ofMinutes(1);

    /** Until the tool looks again at a file which another thread was just writing. */
    private static final Span WHILE_WRITTEN = Span.millis(10, 10);

    private final SyncedFolder folder;
    private final Tool tool;
    private final Exchange exchange;
    private final Arrival arrival;
    private final Placeholders placeholders;
    private final Map<String, Transfer> active = new HashMap<>();
    private final Map<String, String> leftovers = new HashMap<>();
    private final Set<String> blocked = new TreeSet<>();
    private final Set<String> reported = new HashSet<>();
    private final Set<String> fullDirectories = new TreeSet<>();

    Receiver(SyncedFolder folder, Tool tool, Exchange exchange) {
        this.folder = folder;
        this.tool = tool;
        this.exchange = exchange;
        this.arrival = tool.profile().arrival();
        this.placeholders = new Placeholders(folder, tool);
    }

    /** A file on its way into the folder. */
    private static final class Transfer {

        private final Node from;
        private final FileVersion version;
        private final Content content;
        private @Nullable String temporary;
        private boolean oursIsAside;
        private boolean replaces;

        Transfer(Node from, FileVersion version, Content content) {
            this.from = from;
            this.version = version;
            this.content = content;
        }

        String path() {
            return version.path();
        }
    }

    /** Replaces a file by its placeholder. */
    void evict(String path) {
        FileVersion version = folder.version(path);
        if (!folder.noticeNow(path) || version == null || version.content() == null) {
            throw new IllegalArgumentException("no file " + path + " which " + folder.name() + " could get back");
        }
        placeholders.put(version, version.content());
    }

    /** Replaces a placeholder by its file. */
    void download(String path) {
        FileVersion version = folder.version(path);
        if (version == null || version.content() == null || !placeholders.has(path)) {
            throw new IllegalArgumentException("no placeholder of " + path + " on " + folder.name());
        }
        place(new Transfer(folder, version, version.content()));
    }

    /** Looks at what {@code from} has under {@code path}. */
    void receive(Node from, String path) {
        FileVersion theirs = from.version(path);
        if (theirs != null && !active.containsKey(path)) {
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
            tool.plan(WHILE_WRITTEN, () -> exchange.catchUp(folder, path));
            return;
        }
        FileVersion ours = folder.version(path);
        Verdict verdict = verdict(theirs);
        switch (verdict) {
            case KEEP -> {}
            case KEEP_AND_TELL -> {
                if (ours != null) {
                    folder.adopt(ours.withVector(ours.vector().merge(theirs.vector())));
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

    private Verdict verdict(FileVersion theirs) {
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
            begin(new Transfer(from, theirs, content), verdict);
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

    private void begin(Transfer transfer, Verdict verdict) {
        String path = transfer.path();
        if (tool.profile().names().isTooLong(path)) {
            block(path, "the name is too long");
            return;
        }
        Optional<Disk.Stat> there = folder.disk().stat(path);
        if (there.isPresent() && there.get().directory() && !folder.disk().delete(path)) {
            block(path, "there is a directory of that name which is not empty");
            return;
        }
        if (arrival.transfer().isZero()) {
            finish(transfer);
            return;
        }
        active.put(path, transfer);
        if (there.isEmpty() && tool.chance(arrival.placeholders())) {
            placeholders.put(transfer.version, transfer.content);
        }
        showPart(transfer, verdict);
        tool.plan(arrival.transfer(), () -> guarded(path, () -> finish(transfer)));
    }

    private void showPart(Transfer transfer, Verdict verdict) {
        String path = transfer.path();
        int part = transfer.content.size() == 0 ? 0 : tool.random().nextInt(transfer.content.size());
        if (arrival.style() == ArrivalStyle.IN_PLACE) {
            FileVersion ours = folder.version(path);
            if (ours != null && verdict == Verdict.TAKE_AND_SET_OURS_ASIDE) {
                folder.setAside(ours, transfer.version);
                transfer.oursIsAside = true;
            }
            transfer.replaces = folder.disk().stat(path).isPresent();
            folder.disk().write(path, transfer.content, part);
            folder.know(path);
            folder.knowParents(path);
            tool.log(folder.name(), SyncAction.PARTIAL, path + " (" + part + " of " + transfer.content + ")");
            return;
        }
        String temporary = leftovers.get(path);
        if (temporary == null) {
            temporary = arrival.temporary().pathFor(path, tool.random()).orElse(null);
        }
        if (temporary != null) {
            folder.hide(temporary);
            leftovers.put(path, temporary);
            transfer.temporary = temporary;
            folder.disk().write(temporary, transfer.content, part);
            folder.knowParents(temporary);
            tool.log(folder.name(), SyncAction.PARTIAL, temporary + " (" + part + " of " + transfer.content + ")");
        }
    }

    private void finish(Transfer transfer) {
        String path = transfer.path();
        active.remove(path);
        if (!folder.isAvailable()) {
            return;
        }
        if (!exchange.reaches(transfer.from, folder)) {
            cutOff(transfer);
            exchange.catchUp(folder, path);
            return;
        }
        FileVersion current = transfer.from.version(path);
        if (current != null && !current.vector().equals(transfer.version.vector())) {
            exchange.catchUp(folder, path);
            return;
        }
        if (prepare(transfer)) {
            makeHole(transfer);
        }
    }

    /** Leaves nothing of ours under the path that would be lost; says no if the transfer came to nothing. */
    private boolean prepare(Transfer transfer) {
        String path = transfer.path();
        if (!folder.noticeNow(path)) {
            tool.plan(WHILE_WRITTEN, () -> exchange.catchUp(folder, path));
            return false;
        }
        FileVersion ours = folder.version(path);
        Verdict verdict = verdict(transfer.version);
        if (verdict != Verdict.TAKE && verdict != Verdict.TAKE_AND_SET_OURS_ASIDE) {
            discard(transfer);
            receive(transfer.from, path);
            return false;
        }
        if (ours != null && verdict == Verdict.TAKE_AND_SET_OURS_ASIDE && !transfer.oursIsAside) {
            folder.setAside(ours, transfer.version);
        }
        return true;
    }

    private void makeHole(Transfer transfer) {
        String path = transfer.path();
        boolean exists = folder.disk().stat(path).isPresent();
        transfer.replaces |= exists && !placeholders.has(path);
        if (!exists || arrival.hole().isZero() || arrival.style() == ArrivalStyle.IN_PLACE) {
            place(transfer);
            return;
        }
        folder.disk().delete(path);
        folder.known().remove(path);
        tool.log(folder.name(), SyncAction.HOLE, path);
        active.put(path, transfer);
        tool.plan(arrival.hole(), () -> guarded(path, () -> fillHole(transfer)));
    }

    private void fillHole(Transfer transfer) {
        active.remove(transfer.path());
        if (folder.isAvailable() && prepare(transfer)) {
            place(transfer);
        }
    }

    private void place(Transfer transfer) {
        String path = transfer.path();
        Content content = transfer.content;
        String temporary = transfer.temporary;
        String target = temporary == null ? path : temporary;
        folder.disk().write(target, content, content.size());
        folder.disk().setModified(target, transfer.version.modified());
        if (temporary != null) {
            folder.disk().move(temporary, path);
        }
        discard(transfer);
        placeholders.remove(path);
        folder.know(path);
        folder.knowParents(path);
        reported.remove(path);
        tool.log(
                folder.name(),
                transfer.replaces ? SyncAction.REPLACED : SyncAction.ARRIVED,
                path + " (" + transfer.version.describe() + ")");
        tool.moved(content.size());
        adopt(transfer.version);
        if (!transfer.version.copy() && tool.chance(arrival.duplicates())) {
            folder.duplicate(transfer.version, content);
        }
        exchange.catchUp(folder, path);
    }

    private void adopt(FileVersion theirs) {
        FileVersion ours = folder.version(theirs.path());
        if (theirs.copy()) {
            folder.markAsCopy(theirs.path());
        }
        folder.adopt(ours == null ? theirs : theirs.withVector(theirs.vector().merge(ours.vector())));
    }

    private void cutOff(Transfer transfer) {
        String path = transfer.path();
        String temporary = transfer.temporary;
        tool.log(folder.name(), SyncAction.CUT_OFF, path);
        if (temporary != null
                && arrival.style() == ArrivalStyle.RENAMED_UNLESS_CUT_OFF
                && folder.noticeNow(path)
                && verdict(transfer.version) == Verdict.TAKE) {
            folder.disk().move(temporary, path);
            folder.show(temporary);
            leftovers.remove(path);
            folder.know(path);
            tool.log(folder.name(), SyncAction.PARTIAL, path);
        }
    }

    private void discard(Transfer transfer) {
        String temporary = transfer.temporary;
        if (temporary != null) {
            folder.disk().delete(temporary);
            folder.show(temporary);
            leftovers.remove(transfer.path());
            transfer.temporary = null;
        }
    }

    private void guarded(String path, Runnable step) {
        try {
            step.run();
        } catch (UncheckedIOException e) {
            refused(path, String.valueOf(e.getCause()));
        } catch (InvalidPathException e) {
            refused(path, "not a name on this disk");
        }
    }

    private void refused(String path, String reason) {
        active.remove(path);
        if (arrival.style() == ArrivalStyle.IN_PLACE) {
            folder.know(path);
        }
        block(path, reason);
    }

    private void block(String path, String reason) {
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
