package dev.cairn.crdt.graph;

import dev.cairn.crdt.version.ActorId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The actors of a graph, numbered at first sight. */
final class Actors {
    private final Map<ActorId, Integer> indexes = new HashMap<>();
    private final List<ActorId> ids = new ArrayList<>();

    // the actor asked for last, which is often asked for again
    private @Nullable ActorId lastId;
    private int last;

    /** Returns the number of an actor, or -1 if it was never seen. */
    int find(ActorId id) {
        Integer index = indexes.get(id);
        return index == null ? -1 : index;
    }

    /** Tells whether it is the actor asked for last. */
    boolean isLast(ActorId id) {
        return id.equals(lastId);
    }

    /** Returns the number of the actor asked for last. */
    int last() {
        return last;
    }

    /** Looks an actor up, and numbers it if it is new; tells whether it is. */
    boolean look(ActorId id) {
        Integer index = indexes.get(id);
        lastId = id;
        last = index == null ? ids.size() : index;
        if (index == null) {
            indexes.put(id, last);
            ids.add(id);
        }
        return index == null;
    }

    ActorId id(int actor) {
        return ids.get(actor);
    }

    int size() {
        return ids.size();
    }
}
