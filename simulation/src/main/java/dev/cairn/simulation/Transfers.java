package dev.cairn.simulation;

import dev.cairn.simulation.profile.Arrival;
import dev.cairn.simulation.profile.ArrivalStyle;
import dev.cairn.simulation.profile.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files on their way into one folder. A file arrives in steps, between which time passes and the application may
 * look and act:
 *
 * <pre>
 *   begin: a part is visible -> finish: whole -> (hole: the old one is gone) -> place: the new one is there
 * </pre>
 *
 * Before each step the folder is asked for changes nobody has noticed yet and the {@link Verdict} is found again, so
 * that a change of the application in the middle of a transfer is a conflict and never overwritten.
 */
final class Transfers {

    /** Until the tool looks again at a file which another thread was just writing. */
    static final Span WHILE_WRITTEN = Span.millis(10, 10);

    private final SyncedFolder folder;
    private final Tool tool;
    private final Exchange exchange;
    private final Receiver receiver;
    private final Arrival arrival;
    private final Placeholders placeholders;
    private final Map<String, Transfer> active = new HashMap<>();
    private final Map<String, String> leftovers = new HashMap<>();

    Transfers(SyncedFolder folder, Tool tool, Exchange exchange, Receiver receiver, Placeholders placeholders) {
        this.folder = folder;
        this.tool = tool;
        this.exchange = exchange;
        this.receiver = receiver;
        this.arrival = tool.profile().arrival();
        this.placeholders = placeholders;
    }

    boolean isActive(String path) {
        return active.containsKey(path);
    }

    /**
     * Gives a transfer up which the disk refused. What it left under the final name is not a change of the application.
     */
    void abandon(String path) {
        active.remove(path);
        if (arrival.style() == ArrivalStyle.IN_PLACE) {
            folder.know(path);
        }
    }

    /** Begins to receive a file, or finishes at once if that takes no time. */
    void begin(Transfer transfer, Verdict verdict) {
        String path = transfer.path();
        if (tool.profile().names().isTooLong(path)) {
            receiver.block(path, "the name is too long");
            return;
        }
        Optional<Disk.Stat> there = folder.disk().stat(path);
        if (there.isPresent() && there.get().directory() && !folder.disk().delete(path)) {
            receiver.block(path, "there is a directory of that name which is not empty");
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
        tool.plan(arrival.transfer(), () -> receiver.guarded(path, () -> finish(transfer)));
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
        Verdict verdict = receiver.verdict(transfer.version);
        if (verdict != Verdict.TAKE && verdict != Verdict.TAKE_AND_SET_OURS_ASIDE) {
            discard(transfer);
            receiver.receive(transfer.from, path);
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
        tool.plan(arrival.hole(), () -> receiver.guarded(path, () -> fillHole(transfer)));
    }

    private void fillHole(Transfer transfer) {
        active.remove(transfer.path());
        if (folder.isAvailable() && prepare(transfer)) {
            place(transfer);
        }
    }

    /** Puts the whole file where it belongs. */
    void place(Transfer transfer) {
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
        receiver.forgive(path);
        tool.log(
                folder.name(),
                transfer.replaces ? SyncAction.REPLACED : SyncAction.ARRIVED,
                path + " (" + transfer.version.describe() + ")");
        tool.moved(content.size());
        receiver.adopt(transfer.version);
        if (!transfer.version.copy() && tool.chance(arrival.duplicates())) {
            folder.duplicate(transfer.version, content);
        }
        exchange.catchUp(folder, path);
    }

    private void cutOff(Transfer transfer) {
        String path = transfer.path();
        String temporary = transfer.temporary;
        tool.log(folder.name(), SyncAction.CUT_OFF, path);
        if (temporary != null
                && arrival.style() == ArrivalStyle.RENAMED_UNLESS_CUT_OFF
                && folder.noticeNow(path)
                && receiver.verdict(transfer.version) == Verdict.TAKE) {
            folder.disk().move(temporary, path);
            folder.show(temporary);
            leftovers.remove(path);
            folder.know(path);
            tool.log(folder.name(), SyncAction.PARTIAL, path);
            exchange.adoptLeftovers(path);
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
}
