package dev.cairn.crdt.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A movable tree as the list of all its operations, which are made again from the first one at every question. */
final class NodeTree {
    /** One operation and its change. */
    record Step(Change change, Operation operation) {}

    /** Where a node is: out because of that operation, or placed by it. */
    record Standing(Step by) {
        boolean isOut() {
            return by.operation() instanceof Operation.DropNode;
        }

        Optional<OpId> above() {
            return by.operation() instanceof Operation.PlaceNode place ? place.above() : Optional.empty();
        }

        PositionKey position() {
            return ((Operation.PlaceNode) by.operation()).position();
        }
    }

    private static final Comparator<Step> ORDER = Comparator.comparing(
                    (Step step) -> step.change().lamport())
            .thenComparing(step -> step.operation().id());

    private final List<Step> steps = new ArrayList<>();

    void add(Change change, Operation operation) {
        steps.add(new Step(change, operation));
    }

    /** Returns where every node ever made is. */
    Map<OpId, Standing> standings() {
        Map<OpId, Standing> standings = new HashMap<>();
        for (Step step : steps.stream().sorted(ORDER).toList()) {
            if (step.operation() instanceof Operation.PlaceNode place) {
                if (place.above().isEmpty()
                        || !isWithin(standings, place.above().get(), place.node())) {
                    standings.put(place.node(), new Standing(step));
                }
            } else {
                standings.put(((Operation.DropNode) step.operation()).node(), new Standing(step));
            }
        }
        return standings;
    }

    private static boolean isWithin(Map<OpId, Standing> standings, OpId node, OpId outer) {
        Optional<OpId> at = Optional.of(node);
        while (at.isPresent() && !at.get().equals(outer)) {
            at = Optional.ofNullable(standings.get(at.get())).flatMap(Standing::above);
        }
        return at.isPresent();
    }

    boolean has(OpId node) {
        return steps.stream()
                .anyMatch(step -> step.operation().id().equals(node)
                        && step.operation() instanceof Operation.PlaceNode place
                        && place.node().equals(node));
    }

    /** Returns a node and those above it, up to one at the top or one that was taken out. */
    List<OpId> chain(OpId node) {
        Map<OpId, Standing> standings = standings();
        List<OpId> chain = new ArrayList<>(List.of(node));
        Optional<OpId> above = standing(standings, node).above();
        while (above.isPresent()) {
            chain.add(above.get());
            above = standing(standings, above.get()).above();
        }
        return chain;
    }

    private static Standing standing(Map<OpId, Standing> standings, OpId node) {
        Standing standing = standings.get(node);
        if (standing == null) {
            throw new IllegalStateException("nobody placed " + node);
        }
        return standing;
    }

    /** Returns the node which was taken out, that one or one above it; none if the node is in the tree. */
    Optional<OpId> outBy(OpId node) {
        List<OpId> chain = chain(node);
        OpId last = chain.get(chain.size() - 1);
        return standing(standings(), last).isOut() ? Optional.of(last) : Optional.empty();
    }

    /** Returns all nodes ever made, in ascending order of their ids. */
    List<OpId> all() {
        return standings().keySet().stream().sorted().toList();
    }

    /** Returns the operations which took out some nodes, or moved them from where they were. */
    List<Oracle.Replacement> movesAndDrops(List<OpId> nodes) {
        return steps.stream()
                .filter(step -> nodes.contains(node(step))
                        && !node(step).equals(step.operation().id()))
                .map(step -> new Oracle.Replacement(
                        step.operation().id(),
                        step.change(),
                        Optional.empty(),
                        step.operation() instanceof Operation.PlaceNode))
                .toList();
    }

    /** Returns the operations which placed a node, its making included. */
    List<Operation> places(OpId node) {
        return steps.stream()
                .map(Step::operation)
                .filter(operation -> operation instanceof Operation.PlaceNode place
                        && place.node().equals(node))
                .toList();
    }

    private static OpId node(Step step) {
        return step.operation() instanceof Operation.PlaceNode place
                ? place.node()
                : ((Operation.DropNode) step.operation()).node();
    }

    /** Returns the nodes at the top, or directly below one, in order. */
    List<OpId> below(Optional<OpId> above) {
        return standings().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().isOut() && entry.getValue().above().equals(above))
                .sorted(Comparator.comparing((Map.Entry<OpId, Standing> entry) ->
                                entry.getValue().position())
                        .thenComparing(entry -> entry.getValue().by(), ORDER))
                .map(Map.Entry::getKey)
                .toList();
    }
}
