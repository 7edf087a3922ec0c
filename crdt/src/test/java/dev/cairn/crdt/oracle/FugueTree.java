package dev.cairn.crdt.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A text or list as the tree of Fugue (Weidner and Kleppmann, 2023): one node a unit, deleted ones stay.
 *
 * <p>A unit with a right parent is a left child of it, one without is a right child of its left origin; siblings on one
 * side stand in the order of (class, id). The text is the tree read from left to right. Nothing here scans or skips:
 * the order is a function of the set of units alone.
 */
final class FugueTree {
    /** One character, element, slot or anchor. */
    static final class Unit {
        final @Nullable OpId id;
        final @Nullable Unit left;
        final @Nullable Content content;
        boolean deleted;
        private final TreeSet<Unit> leftChildren = new TreeSet<>(SIBLINGS);
        private final TreeSet<Unit> rightChildren = new TreeSet<>(SIBLINGS);

        private final Place place;

        private Unit(@Nullable OpId id, @Nullable Unit left, Place place, @Nullable Content content) {
            this.id = id;
            this.left = left;
            this.place = place;
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

        private int order() {
            if (value() instanceof Content.Anchor anchor) {
                return anchor.clingsLeft() ? 0 : 2;
            }
            return 1;
        }
    }

    /**
     * Where a new unit goes.
     *
     * @param left the visible one before it, null at the start
     * @param right the next existing one if it has the same left origin, else null
     */
    record Place(@Nullable OpId left, @Nullable OpId right) {}

    private static final Comparator<Unit> SIBLINGS =
            Comparator.comparingInt(Unit::order).thenComparing(Unit::name);

    private final Unit start = new Unit(null, null, new Place(null, null), null);
    private final Map<OpId, Unit> units = new HashMap<>();
    private final List<Unit> made = new ArrayList<>();

    /** Returns a tree of the same units. */
    FugueTree copy() {
        FugueTree copy = new FugueTree();
        made.forEach(unit -> {
            copy.insert(unit.name(), unit.place, unit.value());
            copy.unit(unit.name()).deleted = unit.deleted;
        });
        return copy;
    }

    /** Returns all units, deleted ones included, without the start. */
    List<Unit> all() {
        List<Unit> order = new ArrayList<>();
        read(start, order);
        order.remove(start);
        return lineages == null ? order : new Blocks(order, lineages).order();
    }

    private @Nullable StandIns lineages;

    /** Lets what was inserted behind a unit that stands for another stand behind that one. */
    void standBehind(StandIns known) {
        lineages = known;
    }

    /**
     * The order in which units that stand for others, with what was inserted behind them, are next to these. A block is
     * such a unit and all units behind it which lead to it by their left origins.
     */
    private static final class Blocks {
        private final StandIns lineages;
        private final Map<OpId, List<Unit>> blocks = new LinkedHashMap<>();
        private final List<Unit> outside = new ArrayList<>();
        private final List<Unit> order = new ArrayList<>();

        Blocks(List<Unit> raw, StandIns lineages) {
            this.lineages = lineages;
            for (Unit unit : raw) {
                Optional<Unit> head = head(unit);
                if (head.isEmpty()) {
                    outside.add(unit);
                } else {
                    blocks.computeIfAbsent(head.get().name(), any -> new ArrayList<>())
                            .add(unit);
                }
            }
            outside.forEach(this::add);
        }

        List<Unit> order() {
            return order;
        }

        private Optional<Unit> head(Unit unit) {
            Unit at = unit;
            while (at != null && at.id != null && lineages.root(at.id).equals(at.id)) {
                at = at.left;
            }
            return at == null || at.id == null ? Optional.empty() : Optional.of(at);
        }

        private void add(Unit unit) {
            order.add(unit);
            for (OpId standIn : lineages.standIns(unit.name())) {
                blocks.getOrDefault(standIn, List.of()).forEach(inner -> {
                    if (inner.name().equals(standIn)) {
                        order.add(inner);
                    } else {
                        add(inner);
                    }
                });
            }
        }
    }

    /** Returns what positions count. */
    List<Unit> visible() {
        return all().stream().filter(unit -> !unit.deleted).toList();
    }

    private void read(Unit unit, List<Unit> order) {
        unit.leftChildren.forEach(child -> read(child, order));
        order.add(unit);
        unit.rightChildren.forEach(child -> read(child, order));
    }

    /** Returns where a unit goes that its author wants before the visible one at that index. */
    Place placeAt(int index) {
        List<Unit> order = all();
        Unit left = index == 0 ? start : visible().get(index - 1);
        int next = order.indexOf(left) + 1;
        if (next == order.size() || order.get(next).left != left) {
            return new Place(left.id, null);
        }
        return new Place(left.id, order.get(next).id);
    }

    void insert(OpId id, Place place, Content content) {
        Unit left = place.left() == null ? start : unit(place.left());
        Unit unit = new Unit(id, left, place, content);
        if (units.putIfAbsent(id, unit) != null) {
            throw new IllegalStateException("inserted twice: " + id);
        }
        made.add(unit);
        if (place.right() == null) {
            left.rightChildren.add(unit);
        } else {
            unit(place.right()).leftChildren.add(unit);
        }
    }

    /** Deletes a unit, once or often, and returns it. */
    Unit delete(OpId target) {
        Unit unit = unit(target);
        unit.deleted = true;
        return unit;
    }

    private Unit unit(OpId id) {
        Unit unit = units.get(id);
        if (unit == null) {
            throw new IllegalStateException("unknown unit " + id);
        }
        return unit;
    }
}
