package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The containers of a document, by their numbers and by the operations that made them. */
final class ContainerTable {
    /** Every container that ever was, by its number. */
    final List<Container> all = new ArrayList<>(1);

    private final Document document;
    private final EventGraph graph;
    private Map<OpId, Container> made = Map.of();

    ContainerTable(Document document) {
        this.document = document;
        this.graph = document.graph;
    }

    /** Returns the container made by an operation which inserted it. */
    Container madeBy(int byLv, int byIndex) {
        OpId id = new OpId(graph.actorId(graph.actorOf(byLv)), graph.seqOf(byLv), byIndex);
        return Objects.requireNonNull(made.get(id));
    }

    /** Returns the container made by that operation, or null. */
    @Nullable
    Container made(OpId id) {
        return made.get(id);
    }

    /** Returns the operation which made a container. */
    OpId idOf(Container container) {
        ChangeId change = graph.id(container.madeLv);
        return new OpId(change.actor(), change.seq(), container.madeIndex);
    }

    Container derived(MapContainer map, Entry entry, ContainerType type, @Nullable OpId base) {
        Container found = entry.find(type, base);
        if (found != null) {
            return found;
        }
        Container container = create(Container.Origin.derived(map, entry, base), type);
        entry.addDerived(container);
        return container;
    }

    Container create(Container.Origin origin, ContainerType type) {
        int at = all.size();
        Container container = switch (type) {
            case MAP, REGISTER -> new MapContainer(origin, type, at);
            case COUNTER -> new CounterContainer(origin, at);
            case TEXT -> new SequenceContainer(origin, type, at, graph, null);
            case LIST -> new SequenceContainer(origin, type, at, graph, this::elementRemoved);
            case MOVABLE_LIST -> new MovableListContainer(origin, at, document);
            case TREE ->
                new TreeContainer(
                        origin, at, graph, document.log, document.trees().table());
        };
        all.add(container);
        return container;
    }

    private void elementRemoved(int content, int byLv) {
        Container container = all.get(~content);
        container.deletedBy(graph, byLv);
        if (!graph.runDominates(graph.runOf(byLv))) {
            document.suspect(container);
        }
    }

    /** Makes a container which is named by the operation that makes it. */
    Container createMade(Container.Origin origin, ContainerType type) {
        Container container = create(origin, type);
        name(container);
        return container;
    }

    private void name(Container container) {
        if (container.entry != null) {
            container.entry.addDerived(container);
        } else if (container.parent instanceof SequenceContainer list) {
            list.made.add(container);
        }
        ChangeId change = graph.id(container.madeLv);
        if (made.isEmpty()) {
            made = new HashMap<>();
        }
        made.put(new OpId(change.actor(), change.seq(), container.madeIndex), container);
    }

    /** Adds a container at its place below the base of the graph. */
    Container restore(Container.Origin origin, ContainerType type) {
        Container container = create(origin, type);
        container.madeBy(-1);
        if (container.isMade()) {
            name(container);
        } else if (origin.entry() != null) {
            origin.entry().addDerived(container);
        }
        return container;
    }
}
