package dev.cairn.crdt.reversal;

import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.ElementLog;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.Slots;
import dev.cairn.crdt.editing.OfMovableList;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.lineage.Lineage;
import dev.cairn.crdt.lineage.PieceLineage;
import dev.cairn.crdt.lineage.Projection;
import dev.cairn.crdt.lineage.SlotUnits;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.view.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Takes back what a change did to the elements of a movable list, or makes it again: which there are, where each stands
 * and what it is, each by itself.
 */
final class ListReversal {
    private final Reversing reversing;
    private final EventGraph graph;
    private final MovableListContainer list;
    private final ElementLog log;
    private final PieceLineage elements;
    private final SlotLineage slots;
    private final SlotUnits units;

    // pieces, of elements which are there
    private final List<Integer> doomed = new ArrayList<>();
    private final List<Integer> workedIn = new ArrayList<>();

    ListReversal(Reversing reversing, MovableListContainer list) {
        this.reversing = reversing;
        this.graph = reversing.past().document().graph();
        this.list = list;
        this.log = reversing.past().journal().elements(list);
        this.elements = reversing.after().of(list);
        this.units = new SlotUnits(list, reversing.past().units(list));
        this.slots = new SlotLineage(reversing.after(), list, elements, log, units);
        for (int piece : elements.doomed(reversing.changeLv(), reversing.again(), Lineage.NOW)) {
            (isWorkedIn(piece) ? workedIn : doomed).add(piece);
        }
    }

    /** Tells whether somebody moved an element later, assigned to it or worked inside of it. */
    private boolean isWorkedIn(int piece) {
        for (int other : elements.standIns(piece)) {
            int element = log.elementOf(other);
            for (int slot = list.slots().lastMove(element);
                    slot != Slots.NONE;
                    slot = list.slots().moveBefore(slot)) {
                if (reversing.isLater(list.slots().lvOfSlot(slot))) {
                    return true;
                }
            }
            IntList operations = reversing.past().journal().operations(list, element);
            for (int i = 0; i < operations.size(); i += 3) {
                int content = operations.get(i + 2);
                if (reversing.isLater(operations.get(i))
                        || (content < 0 && reversing.isWorkedIn(reversing.container(content)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the containers in the elements that are to go. */
    List<Container> leaving() {
        List<Container> leaving = new ArrayList<>();
        for (int piece : doomed) {
            IntList operations = reversing.past().journal().operations(list, log.elementOf(piece));
            for (int i = 0; i < operations.size(); i += 3) {
                if (operations.get(i + 2) < 0) {
                    leaving.add(reversing.container(operations.get(i + 2)));
                }
            }
        }
        return leaving;
    }

    // ---- what an element is, by which changes count

    /** Returns what an element was assigned last, as a triple; empty if nothing of it counts. */
    private IntList assigned(int root, IntPredicate changes) {
        Entry merged = Entry.ofRegister();
        for (int[] operation : operations(root)) {
            if (changes.test(operation[0])) {
                merged.supersede(graph, operation[0]);
                merged.add(graph, operation[0], operation[1], operation[2]);
            }
        }
        return merged.count() == 0 ? new IntList() : triple(merged);
    }

    private IntList triple(Entry entry) {
        IntList triple = new IntList();
        int winner = entry.winner(graph);
        triple.add(entry.lv(winner));
        triple.add(entry.opIndex(winner));
        triple.add(entry.content(winner));
        return triple;
    }

    private List<int[]> operations(int root) {
        List<int[]> all = new ArrayList<>();
        for (int piece : elements.standIns(root)) {
            IntList operations = reversing.past().journal().operations(list, log.elementOf(piece));
            for (int i = 0; i < operations.size(); i += 3) {
                all.add(new int[] {operations.get(i), operations.get(i + 1), operations.get(i + 2)});
            }
        }
        all.sort((a, b) -> a[0] != b[0] ? Integer.compare(a[0], b[0]) : Integer.compare(a[1], b[1]));
        return all;
    }

    private static int content(IntList assigned) {
        return assigned.size() == 0 ? Projection.ABSENT : assigned.last();
    }

    /** Returns what an element shows; of an assignment that only brings one about, that one. */
    private int shown(int piece) {
        int element = log.elementOf(piece);
        Entry entry = Entry.ofRegister();
        IntList operations = reversing.past().journal().operations(list, element);
        for (int i = 0; i < operations.size(); i += 3) {
            entry.supersede(graph, operations.get(i));
            entry.add(graph, operations.get(i), operations.get(i + 1), operations.get(i + 2));
        }
        IntList winner = triple(entry);
        int lv = winner.get(0);
        if (!reversing.after().isMechanical(lv)) {
            return winner.last();
        }
        int meant = content(
                assigned(elements.root(piece), other -> reversing.after().counts(other, lv)));
        return meant == Projection.ABSENT ? winner.last() : meant;
    }

    // ---- the edits

    void apply(MovableListContainer live) {
        new Edits(live).run();
    }

    /** The edits of the list as it is now. */
    private final class Edits {
        private final MovableListContainer live;
        private final OfMovableList editor;
        private final Arrangement arrangement;
        private final int[] things;

        // by piece: the unit in whose place the element stands now; the slot of one that comes back is there for it
        private final int[] standsAt;

        private final List<Left> left = new ArrayList<>();

        private record Left(int piece, LeftAlone.Reason reason) {}

        Edits(MovableListContainer live) {
            this.live = live;
            this.editor = new OfMovableList(reversing.editing(), live);
            UnitOrder order = reversing.past().units(list);
            CanonicalOrder canonical = new CanonicalOrder(order, slots);
            boolean[] visible = order.visible(lv -> true);
            this.arrangement = new Arrangement(2 * canonical.size());
            this.things = new int[order.operations()];
            for (int i = 0; i < canonical.size(); i++) {
                things[canonical.unit(i)] = 2 * i;
                if (visible[canonical.unit(i)]) {
                    arrangement.add(2 * i);
                }
            }
            this.standsAt = new int[log.operations()];
            for (int element = 0; element < log.elementCount(); element++) {
                standsAt[log.pieceOf(element)] = things[units.unit(list.slots().greatest(element))];
            }
        }

        void run() {
            editor.prepare();
            for (int piece : touched()) {
                assign(piece);
                move(piece);
            }
            for (int root : elements.revived(reversing.changeLv(), reversing.again(), Lineage.NOW)) {
                int thing = things[units.unit(slots.place(root, reversing::countsAfter))] + 1;
                editor.insertAt(arrangement.position(thing), node(content(assigned(root, reversing::countsAfter))));
                arrangement.add(thing);
            }
            delete();
            report();
        }

        /** Returns the elements which stay and of which the change was about. */
        private List<Integer> touched() {
            List<Integer> touched = new ArrayList<>();
            for (int element = 0; element < log.elementCount(); element++) {
                int piece = log.pieceOf(element);
                int there = elements.root(piece) == piece ? elements.visible(piece, Lineage.NOW) : -1;
                if (there >= 0 && elements.isWanted(piece, Lineage.NOW) && isTouched(piece)) {
                    touched.add(there);
                }
            }
            return touched;
        }

        private boolean isTouched(int root) {
            return slots.isOf(root, reversing.changeLv())
                    || operations(root).stream().anyMatch(operation -> operation[0] == reversing.changeLv());
        }

        private void move(int piece) {
            int root = elements.root(piece);
            if (!slots.isOf(root, reversing.changeLv())) {
                return;
            }
            int before = slots.place(root, reversing::countsBefore);
            int after = slots.place(root, reversing::countsAfter);
            int now = slots.meant(list.slots().greatest(log.elementOf(piece)));
            int deciding = reversing.again() ? after : before;
            if (now == before && before != after && after != Slots.NONE) {
                int thing = things[units.unit(after)] + 1;
                int from = arrangement.position(standsAt[piece]);
                arrangement.remove(standsAt[piece]);
                editor.moveAt(from, arrangement.position(thing));
                arrangement.add(thing);
                standsAt[piece] = thing;
            } else if (deciding != Slots.NONE
                    && (list.slots().lvOfSlot(deciding) != reversing.changeLv() || now != after)) {
                left.add(new Left(piece, LeftAlone.Reason.EDITED_SINCE));
            }
        }

        private void assign(int piece) {
            int root = elements.root(piece);
            if (operations(root).stream().noneMatch(operation -> operation[0] == reversing.changeLv())) {
                return;
            }
            IntList before = assigned(root, reversing::countsBefore);
            IntList after = assigned(root, reversing::countsAfter);
            int now = shown(piece);
            if (content(after) == Projection.ABSENT || reversing.isSame(now, content(after))) {
                if (!decides(reversing.again() ? after : before) && before.size() > 0) {
                    left.add(new Left(piece, LeftAlone.Reason.EDITED_SINCE));
                }
            } else if (!reversing.isSame(now, content(before))) {
                left.add(new Left(piece, LeftAlone.Reason.EDITED_SINCE));
            } else if (now < 0 && reversing.isWorkedIn(reversing.container(now))) {
                left.add(new Left(piece, LeftAlone.Reason.WORKED_IN));
            } else {
                set(piece, content(after));
            }
        }

        private boolean decides(IntList assigned) {
            return assigned.size() > 0 && assigned.get(0) == reversing.changeLv();
        }

        private void set(int piece, int content) {
            int position = arrangement.position(standsAt[piece]);
            if (content >= 0) {
                editor.setAt(position, reversing.value(content));
                return;
            }
            Container container = reversing.live(content);
            MapContainer register = live.register(live.elementIn(position));
            if (container.parent() == register) {
                editor.setAgainAt(position, container);
            } else {
                editor.setAt(position, reversing.editing().view(container));
            }
        }

        private Node node(int content) {
            return content < 0 ? reversing.editing().view(reversing.live(content)) : reversing.value(content);
        }

        private void delete() {
            int[] positions = doomed.stream()
                    .mapToInt(piece -> arrangement.position(standsAt[piece]))
                    .sorted()
                    .toArray();
            for (int end = positions.length; end > 0; ) {
                int start = end - 1;
                while (start > 0 && positions[start - 1] == positions[start] - 1) {
                    start--;
                }
                editor.deleteAt(positions[start], end - start);
                end = start;
            }
            doomed.forEach(piece -> arrangement.remove(standsAt[piece]));
        }

        private void report() {
            workedIn.forEach(piece -> left.add(new Left(piece, LeftAlone.Reason.WORKED_IN)));
            if (!elements.deletedByOthers(reversing.changeLv(), reversing.again(), Lineage.NOW)
                    .isEmpty()) {
                reversing.left(live, LeftAlone.Reason.EDITED_SINCE);
            }
            if (left.isEmpty()) {
                return;
            }
            int[] indexes = new int[live.sequence().size()];
            int index = 0;
            for (int i = 0; i < indexes.length; i++) {
                indexes[i] = live.isShown(~live.sequence().get(i)) ? index++ : index;
            }
            LivePaths paths = new LivePaths(reversing.editing().document());
            left.forEach(one ->
                    reversing.left(paths.of(live, indexes[arrangement.position(standsAt[one.piece])]), one.reason));
        }
    }
}
