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

    /** Returns the operation which took out a node or one above it; none if the node is in the tree. */
    Optional<Step> outBy(OpId node) {
        Map<OpId, Standing> standings = standings();
        Standing standing = standings.get(node);
        while (standing != null && !standing.isOut() && standing.above().isPresent()) {
            standing = standings.get(standing.above().get());
        }
        return standing != null && standing.isOut() ? Optional.of(standing.by()) : Optional.empty();
    }

    /** Returns all operations. */
    List<Step> steps() {
        return steps;
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
