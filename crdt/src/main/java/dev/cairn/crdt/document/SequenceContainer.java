package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.sequence.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text or a list. The units of a list are addresses of encoded scalars, or the complement of a container's index.
 */
final class SequenceContainer extends Container {
    final Sequence sequence;

    /** The containers which were ever inserted here. */
    final List<Container> made = new ArrayList<>();

    /** Per element deleted below the base: the lost edits inside it. */
    final Map<OpId, int[]> lostElements = new LinkedHashMap<>();

    SequenceContainer(
            Origin origin, ContainerType type, int index, EventGraph graph, Sequence.@Nullable Removals removals) {
        super(origin, type, index);
        this.sequence = new Sequence(graph, removals);
    }

    /** The elements in which conflicts may be. */
    private final Set<Container> suspects = new LinkedHashSet<>();

    @Override
    void suspect(Container container) {
        suspects.add(container);
    }

    /** Returns the suspected elements, and suspects none any more. */
    List<Container> takeSuspects() {
        List<Container> taken = List.copyOf(suspects);
        suspects.clear();
        return taken;
    }
}
