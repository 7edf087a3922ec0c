package dev.cairn.crdt.graph;

import java.util.Arrays;

/** What each actor had made of the changes below a local version, for versions which are mostly near each other. */
final class Prefix {
    private final EventGraph graph;

    // the version that was asked for last, and what is below it
    private int lv;
    private int[] seqs = {};

    Prefix(EventGraph graph) {
        this.graph = graph;
    }

    /** Returns per actor the highest sequence number among the changes below a local version. */
    int[] version(int wanted) {
        int actors = graph.actorCount();
        if (seqs.length < actors) {
            seqs = Arrays.copyOf(seqs, Math.max(actors, 2 * seqs.length));
        }
        if (runsTo(wanted) > actors) {
            for (int actor = 0; actor < actors; actor++) {
                seqs[actor] = graph.seqBelow(actor, wanted);
            }
        } else if (wanted > lv) {
            forwards(wanted);
        } else {
            backwards(wanted);
        }
        lv = wanted;
        return Arrays.copyOf(seqs, actors);
    }

    /** Returns how many runs begin between both versions, about. */
    private int runsTo(int wanted) {
        int low = Math.min(wanted, lv);
        int high = Math.max(wanted, lv);
        return low == high ? 0 : graph.runOf(high - 1) - graph.runOf(low) + 1;
    }

    private void forwards(int wanted) {
        int at = lv;
        while (at < wanted) {
            int run = graph.runOf(at);
            at = Math.min(wanted, graph.runEnd(run));
            seqs[graph.actorOfRun(run)] = graph.seqOf(at - 1);
        }
    }

    private void backwards(int wanted) {
        int at = lv;
        while (at > wanted) {
            int run = graph.runOf(at - 1);
            at = Math.max(wanted, graph.runStart(run));
            int actor = graph.actorOfRun(run);
            int before = graph.seqOf(at) - 1;
            seqs[actor] = before == graph.baseSeq(actor) ? 0 : before;
        }
    }

    /** Forgets the last change of the graph, of that local version. */
    void ended(int last) {
        if (lv > last) {
            lv = 0;
            Arrays.fill(seqs, 0);
        }
    }
}
