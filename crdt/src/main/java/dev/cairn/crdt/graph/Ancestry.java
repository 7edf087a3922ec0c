package dev.cairn.crdt.graph;

import java.util.Arrays;

/** Answers what of others is in the past of a run, as a vector of sequence numbers by actor. */
final class Ancestry {
    // Devices which work at the same time make runs that go on from their own last change and nothing else. Such a run
    // has the past of the first one of that kind, the root of its line, but for own changes: all of these are in it, so
    // that nobody has to ask. Vectors belong to roots alone; a change of a device that hears of nobody costs the same
    // whatever the number of devices is.
    //
    //   A  a0 ------- a1 ------------ a2        a0 is the root of a1 and a2, b0 that of b1 and c0 of c1
    //   B      b0 -------- b1
    //   C           c0 ---------- c1
    //
    // The past of a run is that of its first change's parents with these:
    //
    //   0 ............. complete ............ newest parent .... run
    //   all in the past | some of it          | none of it
    //
    // What is below "complete" needs no graph: it is whatever each actor had made by then. Above, the vector is the
    // join of the parents' vectors if all of these are kept, as they are for recent runs: that costs parents times
    // actors, however often branches have crossed. Otherwise the graph is walked backwards, in descending order of
    // local versions, and wherever a vector is kept everything that it covers is skipped.
    //
    // Kept vectors take a bounded number of ints. When there are more, the oldest go, but for those of every n-th
    // level of the graph (a level is 1 + the greatest among the parents'), so that a walk meets one after a few runs;
    // n doubles each time all of the graph has been thinned out.
    private static final int INTS_MAX = 6 << 20;

    /** What a vector takes besides its numbers. */
    private static final int INTS_EACH = 4;

    private static final int FIRST_STRIDE = 16;

    /** No graph has as many levels, so that everything goes. */
    private static final int STRIDE_MAX = 1 << 29;

    /** As many missing vectors are computed on the way to another; a walk is dearer than those. */
    private static final int MISSING_MAX = 64;

    private static final int[] NOTHING = {};

    private final EventGraph graph;
    private final IntList level = new IntList();
    private final IntList root = new IntList();
    private int[][] vectors = new int[16][];
    private long kept;
    private int thinnedTo;
    private int stride = FIRST_STRIDE;
    private final int[] missing = new int[MISSING_MAX];
    private int[] heap = new int[16];
    private int heapSize;

    /** How many ints kept vectors take; fewer in tests. */
    int intsMax = INTS_MAX;

    /** How many changes were looked at in walks. */
    long walked;

    Ancestry(EventGraph graph) {
        this.graph = graph;
    }

    /** Notes a new run, the last one of the graph. */
    void started() {
        int run = graph.runCount() - 1;
        if (run == vectors.length) {
            vectors = Arrays.copyOf(vectors, run * 2);
        }
        int from = graph.parentsFrom(run);
        int count = graph.parentsTo(run) - from;
        if (count == 1 && graph.actorOf(graph.parentLv(from)) == graph.actorOfRun(run)) {
            int ownRoot = rootOfChange(graph.parentLv(from));
            root.add(ownRoot);
            level.add(level.get(ownRoot));
            return;
        }
        int greatest = 0;
        for (int i = from; i < from + count; i++) {
            greatest = Math.max(greatest, level.get(rootOfChange(graph.parentLv(i))));
        }
        level.add(greatest + 1);
        root.add(run);
        if (!graph.runDominates(run) && count > 0) {
            pastOf(run);
        }
    }

    private int rootOfChange(int lv) {
        return root.get(graph.runOf(lv));
    }

    /** Forgets the last run. */
    void ended(int run) {
        level.truncate(run);
        root.truncate(run);
        if (vectors[run] != null) {
            kept -= vectors[run].length + INTS_EACH;
            vectors[run] = null;
        }
    }

    /** Returns the run since which the actor of a run heard of nobody else. */
    int rootOf(int run) {
        return root.get(run);
    }

    int[] pastOf(int run) {
        return pastOfRoot(root.get(run));
    }

    private int[] pastOfRoot(int run) {
        int[] vector = vectors[run];
        if (vector != null) {
            return vector;
        }
        return graph.parentsFrom(run) == graph.parentsTo(run) ? NOTHING : compute(run);
    }

    /** Tells whether the vector of a root is here. */
    private boolean isKept(int run) {
        return vectors[run] != null || graph.parentsFrom(run) == graph.parentsTo(run);
    }

    /** Tells whether the vectors of all parents are here that are not among what is complete. */
    private boolean parentsKept(int run) {
        int complete = graph.completeBelow(run);
        for (int i = graph.parentsFrom(run); i < graph.parentsTo(run); i++) {
            int parent = graph.parentLv(i);
            if (parent >= complete && !isKept(rootOfChange(parent))) {
                return false;
            }
        }
        return true;
    }

    private int[] compute(int run) {
        int[] vector;
        if (parentsKept(run) || fill(run)) {
            vector = joined(run);
        } else {
            int complete = graph.completeBelow(run);
            vector = graph.versionBelow(complete);
            walk(run, complete, vector);
            keep(run, vector);
        }
        // not before: what was filled in must stay until it is joined
        thinOut();
        return vector;
    }

    /** Computes the vectors which are missing on the way to those that are kept; false if they are too many. */
    private boolean fill(int run) {
        int count = 0;
        missing[count++] = run;
        for (int i = 0; i < count; i++) {
            int complete = graph.completeBelow(missing[i]);
            for (int p = graph.parentsFrom(missing[i]); p < graph.parentsTo(missing[i]); p++) {
                int parent = rootOfChange(graph.parentLv(p));
                if (graph.parentLv(p) >= complete && !isKept(parent) && !isMissing(parent, count)) {
                    if (count == MISSING_MAX) {
                        return false;
                    }
                    missing[count++] = parent;
                }
            }
        }
        int[] ascending = Arrays.copyOfRange(missing, 1, count);
        Arrays.sort(ascending);
        for (int ancestor : ascending) {
            joined(ancestor);
        }
        return true;
    }

    private boolean isMissing(int run, int count) {
        for (int i = 0; i < count; i++) {
            if (missing[i] == run) {
                return true;
            }
        }
        return false;
    }

    private int[] joined(int run) {
        int complete = graph.completeBelow(run);
        int[] vector = graph.versionBelow(complete);
        joinParents(run, complete, vector);
        keep(run, vector);
        return vector;
    }

    private void joinParents(int run, int complete, int[] vector) {
        for (int i = graph.parentsFrom(run); i < graph.parentsTo(run); i++) {
            int parent = graph.parentLv(i);
            if (parent >= complete) {
                join(vector, pastOfRoot(rootOfChange(parent)));
                int actor = graph.actorOf(parent);
                vector[actor] = Math.max(vector[actor], graph.seqOf(parent));
            }
        }
    }

    private static void join(int[] vector, int[] other) {
        for (int i = 0; i < other.length; i++) {
            vector[i] = Math.max(vector[i], other[i]);
        }
    }

    private void walk(int run, int complete, int[] covered) {
        int[] greatest = covered.clone();
        int last = -1;
        heapSize = 0;
        pushParents(run, complete);
        while (heapSize > 0) {
            int lv = pop();
            walked++;
            int actor = graph.actorOf(lv);
            int seq = graph.seqOf(lv);
            if (seq <= covered[actor]) {
                continue;
            }
            greatest[actor] = Math.max(greatest[actor], seq);
            int parentRun = graph.runOf(lv);
            if (parentRun != last) {
                last = parentRun;
                cover(parentRun, complete, covered);
            }
        }
        join(covered, greatest);
    }

    private void cover(int run, int complete, int[] covered) {
        int[] vector = vectors[root.get(run)];
        if (vector != null) {
            join(covered, vector);
        } else if (graph.runDominates(run)) {
            join(covered, graph.versionBelow(graph.runStart(run)));
        } else {
            pushParents(root.get(run), complete);
        }
    }

    private void keep(int run, int[] vector) {
        vectors[run] = vector;
        kept += vector.length + INTS_EACH;
    }

    private void thinOut() {
        boolean more = kept > intsMax;
        while (more) {
            thinOut(intsMax - intsMax / 4);
            more = kept > intsMax && stride < STRIDE_MAX;
        }
    }

    /** Drops the oldest vectors, but for some levels, until there are few enough or all were looked at. */
    private void thinOut(int wanted) {
        int runs = level.size();
        while (kept > wanted && thinnedTo < runs) {
            int[] vector = vectors[thinnedTo];
            if (vector != null && level.get(thinnedTo) % stride != 0) {
                kept -= vector.length + INTS_EACH;
                vectors[thinnedTo] = null;
            }
            thinnedTo++;
        }
        if (thinnedTo >= runs) {
            thinnedTo = 0;
            stride = Math.min(2 * stride, STRIDE_MAX);
        }
    }

    private void pushParents(int run, int complete) {
        for (int i = graph.parentsFrom(run); i < graph.parentsTo(run); i++) {
            if (graph.parentLv(i) >= complete) {
                push(graph.parentLv(i));
            }
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
