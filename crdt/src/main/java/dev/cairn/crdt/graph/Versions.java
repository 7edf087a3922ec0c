package dev.cairn.crdt.graph;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.version.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The versions of a graph, as heads and as what they contain of each actor. */
public final class Versions {
    private final EventGraph graph;
    private final HeadSet heads;

    Versions(EventGraph graph, HeadSet heads) {
        this.graph = graph;
        this.heads = heads;
    }

    /** Returns the current version. */
    public Heads heads() {
        if (graph.isAtBase()) {
            return graph.base().heads();
        }
        List<ChangeId> ids = new ArrayList<>(heads.size());
        for (int i = 0; i < heads.size(); i++) {
            ids.add(graph.id(heads.get(i)));
        }
        return Heads.of(ids);
    }

    /** Returns the heads of other actors, sorted: the parents of that actor's next change if it knows everything. */
    public List<ChangeId> headsOfOthers(int actor) {
        if (!graph.isAtBase() && heads.size() == 1 && graph.actorOf(heads.get(0)) == actor) {
            return List.of();
        }
        ActorId own = graph.actorId(actor);
        return heads().changes().stream()
                .filter(head -> !head.actor().equals(own))
                .toList();
    }

    /** Returns what is integrated. */
    public VersionVector version() {
        Map<ActorId, Long> sequences = new TreeMap<>();
        for (int actor = 0; actor < graph.actorCount(); actor++) {
            sequences.put(graph.actorId(actor), (long) graph.known(actor));
        }
        return VersionVector.of(sequences);
    }

    /**
     * Returns per actor the highest sequence number of the version with those heads.
     *
     * @throws IllegalArgumentException if a head is not integrated above the base
     */
    public int[] vectorOf(Heads version) {
        int[] vector = new int[graph.actorCount()];
        for (ChangeId head : version.changes()) {
            int actor = graph.findActor(head.actor());
            int lv = actor < 0 || head.seq() > graph.known(actor) ? -1 : graph.lvOf(actor, (int) head.seq());
            if (lv < 0) {
                throw new IllegalArgumentException("this version names a change which is not here: " + head);
            }
            int[] past = graph.pastOf(graph.runOf(lv));
            for (int i = 0; i < past.length; i++) {
                vector[i] = Math.max(vector[i], past[i]);
            }
            vector[actor] = Math.max(vector[actor], (int) head.seq());
        }
        return vector;
    }
}
