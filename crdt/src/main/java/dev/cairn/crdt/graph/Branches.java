package dev.cairn.crdt.graph;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ids inside operations mean where an actor has branches.
 *
 * <p>Whoever wrote an id may not have known of a branch. So an id means the change of that number, by the actor or on a
 * branch of it, which is in the past of the change that carries the id; where that is not exactly one, it means
 * nothing. The id to write is the one nearest to the root which has the one meaning: it says no more of branches than
 * what is in the past of its change, and so whoever has integrated that change can read it.
 */
public final class Branches {
    private final EventGraph graph;
    private final Map<ActorId, Branch> branches = new HashMap<>();
    private final Map<ActorId, List<Branch>> children = new HashMap<>();

    Branches(EventGraph graph, Collection<Branch> known) {
        this.graph = graph;
        for (Branch branch : known) {
            branches.put(branch.actor(), branch);
            children.computeIfAbsent(branch.parent(), actor -> new ArrayList<>())
                    .add(branch);
        }
    }

    /** Tells whether every id means what it says. */
    public boolean isEmpty() {
        return branches.isEmpty();
    }

    /** Returns the change which an id means that is carried by the change with that local version; null for none. */
    public @Nullable ChangeId meaning(ChangeId id, int carrier) {
        if (!children.containsKey(id.actor())) {
            return id;
        }
        ChangeId found = null;
        ArrayDeque<ChangeId> candidates = new ArrayDeque<>();
        candidates.add(id);
        for (ChangeId next = candidates.poll(); next != null; next = candidates.poll()) {
            if (graph.inPast(next, carrier)) {
                if (found != null) {
                    return null;
                }
                found = next;
            }
            for (Branch branch : children.getOrDefault(next.actor(), List.of())) {
                if (branch.fork() < next.seq() && graph.inPast(new ChangeId(branch.actor(), 1), carrier)) {
                    candidates.add(new ChangeId(branch.actor(), next.seq() - branch.fork()));
                }
            }
        }
        return found;
    }

    /** Returns the id to write for a change into the change with that local version. */
    public ChangeId idOf(ChangeId change, int carrier) {
        ChangeId id = change;
        ChangeId name = change;
        if (!branches.containsKey(change.actor()) || !graph.inPast(change, carrier)) {
            return change;
        }
        for (Branch branch = branches.get(name.actor()); branch != null; branch = branches.get(name.actor())) {
            name = new ChangeId(branch.parent(), name.seq() + branch.fork());
            if (change.equals(meaning(name, carrier))) {
                id = name;
            }
        }
        return id;
    }
}
