package dev.cairn.crdt.document;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntMap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The assignments to one key that nothing has superseded, when there are or were several of them. */
final class Rivals {
    // In triples (lv, index, content), ascending, with holes where some were taken away:
    //
    //   position   0    1    2    3    4
    //   lv         7    9   12   13   20         an actor has one assignment at most, for each of its changes
    //   index      0  HOLE   2    0  HOLE        supersedes its own
    //
    // A change of an actor which has heard of nobody since its assignment here supersedes that one and nothing else,
    // so that a thousand writers of one key do not look at one another's assignments again and again.
    private static final int HOLE = -1;

    /** Up to so many the assignment of an actor is looked for, beyond it has its position in a map. */
    private static final int SEARCHED_MAX = 16;

    private int[] triples = new int[6];
    private int end;
    private int holes;
    private @Nullable IntMap positionOfActor;

    /** How many assignments were looked at to find out which go, or moved. */
    private long steps;

    long steps() {
        return steps;
    }

    int count() {
        return end - holes;
    }

    void clear() {
        end = 0;
        holes = 0;
        positionOfActor = null;
    }

    private int lvAt(int position) {
        return triples[3 * position];
    }

    private boolean isHole(int position) {
        return triples[3 * position + 1] == HOLE;
    }

    /** Tells whether they are of changes below the base, which every other change knows. */
    boolean areBelowBase() {
        return lvAt(0) < 0;
    }

    int lv(int i) {
        compact();
        return triples[3 * i];
    }

    int opIndex(int i) {
        compact();
        return triples[3 * i + 1];
    }

    int content(int i) {
        compact();
        return triples[3 * i + 2];
    }

    void add(EventGraph graph, int lv, int index, int content) {
        if (holes > 8 && holes > end / 2) {
            compact();
        }
        if (3 * end == triples.length) {
            triples = Arrays.copyOf(triples, 6 * end);
        }
        triples[3 * end] = lv;
        triples[3 * end + 1] = index;
        triples[3 * end + 2] = content;
        if (positionOfActor != null) {
            positionOfActor.put(graph.actorOf(lv), end);
        }
        end++;
    }

    /** Closes the holes. */
    private void compact() {
        if (holes == 0) {
            return;
        }
        steps += end;
        int to = 0;
        for (int from = 0; from < end; from++) {
            if (!isHole(from)) {
                System.arraycopy(triples, 3 * from, triples, 3 * to++, 3);
            }
        }
        end = to;
        holes = 0;
        positionOfActor = null;
    }

    private void remove(int position) {
        triples[3 * position + 1] = HOLE;
        holes++;
        if (holes == end) {
            clear();
        }
    }

    /** Takes away the assignments in the past of a change which does not know all others. */
    void supersede(EventGraph graph, int byLv) {
        int run = graph.runOf(byLv);
        int own = find(graph, graph.actorOfRun(run));
        if (own >= 0) {
            boolean heardOfNobody = graph.havePastInCommon(graph.runOf(lvAt(own)), run);
            remove(own);
            if (heardOfNobody) {
                return;
            }
        }
        int open = countUpTo(graph.newestParentOfLine(run));
        steps += open;
        for (int i = 0; i < open; i++) {
            if (!isHole(i) && graph.inPast(lvAt(i), byLv)) {
                remove(i);
            }
        }
    }

    private int find(EventGraph graph, int actor) {
        if (end <= SEARCHED_MAX) {
            for (int i = 0; i < end; i++) {
                if (!isHole(i) && graph.actorOf(lvAt(i)) == actor) {
                    return i;
                }
            }
            return -1;
        }
        int at = positions(graph).get(actor);
        return at >= 0 && !isHole(at) ? at : -1;
    }

    private IntMap positions(EventGraph graph) {
        IntMap known = positionOfActor;
        if (known == null) {
            known = new IntMap();
            for (int i = 0; i < end; i++) {
                known.put(graph.actorOf(lvAt(i)), i);
            }
            positionOfActor = known;
        }
        return known;
    }

    /** Returns how many positions are of changes up to that one. */
    private int countUpTo(int last) {
        int low = 0;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lvAt(middle) <= last) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
