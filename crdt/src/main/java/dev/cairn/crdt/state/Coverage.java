package dev.cairn.crdt.state;

import dev.cairn.crdt.graph.EventGraph;
import java.util.Arrays;

/** The changes of which whoever made some others knew; immutable. */
final class Coverage {
    /** Those of which nobody knew. */
    static final Coverage NONE = new Coverage(Integer.MIN_VALUE, new int[0]);

    private final int upTo;
    private final int[] past;

    private Coverage(int upTo, int[] past) {
        this.upTo = upTo;
        this.past = past;
    }

    /** Adds what is in the past of a change, and the change itself if wanted. */
    Coverage with(EventGraph graph, int lv, boolean itself) {
        int run = graph.runOf(lv);
        if (graph.runDominates(run)) {
            return new Coverage(Math.max(upTo, itself ? lv : lv - 1), past);
        }
        int[] other = graph.pastOf(run);
        int actor = graph.actorOfRun(run);
        int[] joined = Arrays.copyOf(past, Math.max(past.length, Math.max(other.length, actor + 1)));
        for (int i = 0; i < other.length; i++) {
            joined[i] = Math.max(joined[i], other[i]);
        }
        joined[actor] = Math.max(joined[actor], itself ? graph.seqOf(lv) : graph.seqOf(lv) - 1);
        return new Coverage(upTo, joined);
    }

    /** Tells whether one of them knew of that change; what is below the base of the graph everybody knew. */
    boolean covers(EventGraph graph, int lv) {
        if (lv < 0 || lv <= upTo) {
            return this != NONE;
        }
        int actor = graph.actorOf(lv);
        return actor < past.length && graph.seqOf(lv) <= past[actor];
    }
}
