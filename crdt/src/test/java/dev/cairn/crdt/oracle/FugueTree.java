package dev.cairn.crdt.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A text or list as the tree of Fugue (Weidner and Kleppmann, 2023): one node a character, deleted ones stay.
 *
 * <p>A character with a right parent is a left child of it, one without is a right child of its left origin; siblings
 * on one side stand in the order of their ids. The text is the tree read from left to right. Nothing here scans or
 * skips: the order is a function of the set of characters alone.
 */
final class FugueTree {
    /** One character or element. */
    static final class Unit {
        final @Nullable OpId id;
        final @Nullable Unit left;
        final @Nullable Content content;
        boolean deleted;
        private final TreeSet<Unit> leftChildren = new TreeSet<>(BY_ID);
        private final TreeSet<Unit> rightChildren = new TreeSet<>(BY_ID);

        private Unit(@Nullable OpId id, @Nullable Unit left, @Nullable Content content) {
            this.id = id;
            this.left = left;
            this.content = content;
        }

        OpId name() {
            if (id == null) {
                throw new IllegalStateException("the start has no id");
            }
            return id;
        }

        Content value() {
            if (content == null) {
                throw new IllegalStateException("the start has no content");
            }
            return content;
        }
    }

    /** Where a new character goes. */
    record Place(@Nullable OpId left, @Nullable OpId right) {}

    private static final Comparator<Unit> BY_ID = Comparator.comparing(Unit::name);

    private final Unit start = new Unit(null, null, null);
    private final Map<OpId, Unit> units = new HashMap<>();

    /** Returns all characters, deleted ones included, without the start. */
    List<Unit> all() {
        List<Unit> order = new ArrayList<>();
        read(start, order);
        order.remove(start);
        return order;
    }

    List<Unit> visible() {
        return all().stream().filter(unit -> !unit.deleted).toList();
    }

    boolean isVisible(OpId id) {
        Unit unit = units.get(id);
        return unit != null && !unit.deleted;
    }

    private void read(Unit unit, List<Unit> order) {
        unit.leftChildren.forEach(child -> read(child, order));
        order.add(unit);
        unit.rightChildren.forEach(child -> read(child, order));
    }

    /** Returns where a character goes that its author wants before the visible one at that index. */
    Place placeAt(int index) {
        List<Unit> order = all();
        Unit left = index == 0 ? start : visible().get(index - 1);
        int next = order.indexOf(left) + 1;
        if (next == order.size() || order.get(next).left != left) {
            return new Place(left.id, null);
        }
        return new Place(left.id, order.get(next).id);
    }

    void insert(Operation.Insert insert) {
        Unit left = insert.left() == null ? start : unit(insert.left());
        Unit unit = new Unit(insert.id(), left, insert.content());
        if (units.putIfAbsent(insert.id(), unit) != null) {
            throw new IllegalStateException("inserted twice: " + insert.id());
        }
        if (insert.right() == null) {
            left.rightChildren.add(unit);
        } else {
            unit(insert.right()).leftChildren.add(unit);
        }
    }

    /** Deletes a character, once or often, and returns it. */
    Unit delete(OpId target) {
        Unit unit = unit(target);
        unit.deleted = true;
        return unit;
    }

    private Unit unit(OpId id) {
        Unit unit = units.get(id);
        if (unit == null) {
            throw new IllegalStateException("unknown character " + id);
        }
        return unit;
    }
}
