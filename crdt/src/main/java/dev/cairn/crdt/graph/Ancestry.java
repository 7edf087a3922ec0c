package dev.cairn.crdt.graph;

import java.util.Arrays;

/** Answers what is in the past of a run, as a vector of sequence numbers by actor. */
final class Ancestry {
    // The vector of a run is the join over its first change's parents. It is computed on demand by walking the graph
    // backwards in descending order of local versions, and stops wherever a vector is known already: everything that
    // vector covers is skipped. Computed vectors are kept. When they take more than VECTOR_INTS_MAX ints, only those
    // of every 16th level of the graph stay (a level is 1 + the greatest among the parents'), so that a later walk
    // meets one after a few runs.
    private static final int VECTOR_INTS_MAX = 8 << 20;

    private static final int[] NOTHING = {};

    private final EventGraph graph;
    private final IntList level = new IntList();
    private int[][] vectors = new int[16][];
    private long kept;
    private int[] heap = new int[16];
    private int heapSize;

    Ancestry(EventGraph graph) {
        this.graph = graph;
    }

    /** Notes a new run, the last one of the graph. */
    void started() {
        int run = graph.runCount() - 1;
        int greatest = 0;
        for (int i = graph.parentsFrom(run); i < graph.parentsTo(run); i++) {
            greatest = Math.max(greatest, level.get(graph.runOf(graph.parentLv(i))));
        }
        level.add(greatest + 1);
        if (run == vectors.length) {
            vectors = Arrays.copyOf(vectors, run * 2);
        }
        if (((greatest + 1) & 15) == 0 && !graph.runDominates(run)) {
            pastOf(run);
        }
    }

    /** Forgets the last run. */
    void ended(int run) {
        level.truncate(run);
        vectors[run] = null;
    }

    int[] pastOf(int run) {
        int[] vector = vectors[run];
        if (vector != null) {
            return vector;
        }
        return graph.parentsFrom(run) == graph.parentsTo(run) ? NOTHING : compute(run);
    }

    private int[] compute(int run) {
        int[] greatest = new int[graph.actorCount()];
        int[] covered = new int[graph.actorCount()];
        int last = -1;
        heapSize = 0;
        pushParents(run);
        while (heapSize > 0) {
            int lv = pop();
            int actor = graph.actorOf(lv);
            int seq = graph.seqOf(lv);
            if (seq <= covered[actor]) {
                continue;
            }
            greatest[actor] = Math.max(greatest[actor], seq);
            int parentRun = graph.runOf(lv);
            if (parentRun != last) {
                last = parentRun;
                cover(parentRun, covered);
            }
        }
        for (int i = 0; i < greatest.length; i++) {
            greatest[i] = Math.max(greatest[i], covered[i]);
        }
        keep(run, greatest);
        return greatest;
    }

    private void cover(int run, int[] covered) {
        int[] vector = vectors[run];
        if (vector == null) {
            pushParents(run);
            return;
        }
        for (int i = 0; i < vector.length; i++) {
            covered[i] = Math.max(covered[i], vector[i]);
        }
    }

    private void keep(int run, int[] vector) {
        kept += vector.length;
        if (kept > VECTOR_INTS_MAX) {
            forget();
        }
        vectors[run] = vector;
    }

    private void forget() {
        kept = 0;
        for (int run = 0; run < level.size(); run++) {
            int[] vector = vectors[run];
            if (vector != null && (level.get(run) & 15) != 0) {
                vectors[run] = null;
            } else if (vector != null) {
                kept += vector.length;
            }
        }
        kept /= 2;
    }

    private void pushParents(int run) {
        for (int i = graph.parentsFrom(run); i < graph.parentsTo(run); i++) {
            push(graph.parentLv(i));
        }
    }

    private void push(int lv) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heapSize * 2);
        }
        int i = heapSize++;
        while (i > 0 && heap[(i - 1) >>> 1] < lv) {
            heap[i] = heap[(i - 1) >>> 1];
            i = (i - 1) >>> 1;
        }
        heap[i] = lv;
    }

    private int pop() {
        int top = heap[0];
        int item = heap[--heapSize];
        int i = 0;
        while (2 * i + 1 < heapSize) {
            int child = 2 * i + 1;
            if (child + 1 < heapSize && heap[child + 1] > heap[child]) {
                child++;
            }
            if (heap[child] <= item) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = item;
        return top;
    }
}
