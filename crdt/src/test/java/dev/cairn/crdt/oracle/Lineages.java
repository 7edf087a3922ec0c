package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which units and elements stand for which others that were deleted, by the words of section 12.10: found anew for
 * every change that takes back another, each in front of its own past.
 */
final class Lineages {
    private final Oracle oracle;
    private final Takings takings;
    private final Map<OpId, OpId> roots = new LinkedHashMap<>();

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
        return roots.getOrDefault(unit, unit);
    }

    /** Returns the units which stand for one, the newest first. */
    List<OpId> standIns(OpId unit) {
        List<OpId> standIns = new ArrayList<>();
        roots.forEach((standIn, root) -> {
            if (root.equals(unit)) {
                standIns.add(0, standIn);
            }
        });
        return standIns;
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
        inserted.forEach((container, units) -> {
            List<OpId> back = back(taking, container, before, by);
            for (int i = 0; i < Math.min(units.size(), back.size()); i++) {
                roots.put(units.get(i), back.get(i));
            }
        });
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
