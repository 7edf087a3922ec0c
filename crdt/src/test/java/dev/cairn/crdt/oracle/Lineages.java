package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which units and elements stand for which others that were deleted, by the words of section 12.10: found anew for
 * every change that takes back another, each in front of its own past.
 */
final class Lineages {
    private final Oracle oracle;
    private final Takings takings;
    private final StandIns units = new StandIns();
    private final StandIns slots = new StandIns();

    private Lineages(Oracle oracle, Takings takings) {
        this.oracle = oracle;
        this.takings = takings;
    }

    /** Returns those of one document. */
    static Lineages of(Oracle oracle, Takings takings) {
        Lineages lineages = new Lineages(oracle, takings);
        takings.all().stream()
                .sorted(Comparator.comparingLong(taking -> taking.by().lamport()))
                .forEach(lineages::trace);
        return lineages;
    }

    /** Returns what a unit or element stands for: itself unless it came back. */
    OpId root(OpId unit) {
        return units.root(unit);
    }

    /** Returns which code points and elements stand for which. */
    StandIns units() {
        return units;
    }

    /** Returns which slots of movable lists stand for which. */
    StandIns slots() {
        return slots;
    }

    private void trace(Takings.Taking taking) {
        Change by = oracle.change(taking.by().change());
        Map<ContainerId, List<OpId>> inserted = new LinkedHashMap<>();
        for (Operation operation : by.operations()) {
            if (operation instanceof Operation.Insert || operation instanceof Operation.InsertElement) {
                inserted.computeIfAbsent(operation.container(), any -> new ArrayList<>())
                        .add(operation.id());
            }
        }
        Oracle before = oracle.at(by.past());
        inserted.forEach((container, made) -> {
            List<OpId> back = back(taking, container, before, by);
            for (int i = 0; i < Math.min(made.size(), back.size()); i++) {
                units.put(made.get(i), back.get(i));
            }
        });
        by.operations().forEach(operation -> traceSlot(operation, by));
    }

    /** A slot stands for the greatest one which the changes that counted gave its element. */
    private void traceSlot(Operation operation, Change by) {
        Optional<OpId> element = element(operation);
        if (element.isEmpty()) {
            return;
        }
        Set<ChangeId> gone = takings.goneAsOf(by);
        oracle.changes().stream()
                .filter(change -> by.past().contains(change.id()) && !gone.contains(change.id()))
                .flatMap(change -> change.operations().stream()
                        .filter(other -> element(other).isPresent()
                                && root(element(other).get()).equals(root(element.get())))
                        .map(other -> Map.entry(change.lamport(), other.id())))
                .max(Map.Entry.<Long, OpId>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
                .ifPresent(greatest -> slots.put(operation.id(), greatest.getValue()));
    }

    /** Returns the element to which an operation gives a slot. */
    private static Optional<OpId> element(Operation operation) {
        if (operation instanceof Operation.InsertElement insert) {
            return Optional.of(insert.id());
        }
        return operation instanceof Operation.Move move ? Optional.of(move.element()) : Optional.empty();
    }

    private List<OpId> back(Takings.Taking taking, ContainerId container, Oracle before, Change by) {
        Set<OpId> about = new LinkedHashSet<>();
        for (Operation operation : oracle.change(taking.change()).operations()) {
            if (operation.container().equals(container)) {
                if (taking.again()
                        && (operation instanceof Operation.Insert || operation instanceof Operation.InsertElement)) {
                    about.add(root(operation.id()));
                } else if (!taking.again() && operation instanceof Operation.Delete delete) {
                    about.add(root(deleted(container, delete)));
                }
            }
        }
        List<OpId> order = oracle.sequence(container).all().stream()
                .map(FugueTree.Unit::name)
                .toList();
        return about.stream()
                .filter(unit -> isWanted(unit, container, by) && !isShown(unit, container, before))
                .sorted(Comparator.comparingInt(order::indexOf))
                .toList();
    }

    /** Returns the unit which an operation deletes; of a movable list, the element. */
    OpId deleted(ContainerId container, Operation.Delete delete) {
        return oracle.sequence(container).all().stream()
                .filter(unit -> unit.name().equals(delete.target()))
                .findFirst()
                .map(unit -> unit.value() instanceof Content.Slot slot ? slot.element() : delete.target())
                .orElseThrow();
    }

    /** Tells whether a unit would be there if all changes that are taken back had never been made. */
    private boolean isWanted(OpId unit, ContainerId container, Change by) {
        Set<ChangeId> gone = takings.goneAsOf(by);
        if (gone.contains(unit.change())) {
            return false;
        }
        return oracle.changes().stream()
                .filter(change -> by.past().contains(change.id()) && !gone.contains(change.id()))
                .flatMap(change -> change.operations().stream())
                .noneMatch(operation -> operation instanceof Operation.Delete delete
                        && delete.container().equals(container)
                        && root(deleted(container, delete)).equals(unit));
    }

    private boolean isShown(OpId unit, ContainerId container, Oracle before) {
        if (container.kind() == Kind.MOVABLE_LIST) {
            return before.allElements(container).stream()
                    .anyMatch(element -> root(element).equals(unit)
                            && before.deletions(element).isEmpty());
        }
        return before.sequence(container).visible().stream()
                .anyMatch(shown -> root(shown.name()).equals(unit));
    }
}
