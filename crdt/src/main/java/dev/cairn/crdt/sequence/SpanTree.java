package dev.cairn.crdt.sequence;

import java.util.Arrays;

/** The spans of an {@link ItemTree} in their order: a tree of counts in columns, in several versions at once. */
final class SpanTree {
    // The tree: leaves of up to LEAF spans, inner nodes of up to FAN children, in one space of node numbers; all in
    // columns. A span is a stretch of items with consecutive ids, one state, each the left origin of the next.
    // Ids from PLACE on are the units which were visible before the stretch began; their order is that of their ids,
    // so they are found by prefix sums (`base`), and all others by `placeOf` at the first id of their span.
    static final int PLACE = 1 << 30;
    static final int NONE = -1;
    static final int LEAF_BITS = 5;
    static final int LEAF = 1 << LEAF_BITS;
    private static final int FAN = 16;

    /** Most replays are of a few spans: their columns begin small. */
    private static final int FEW_NODES = 4;

    // spans, at offset[leaf] + i
    int[] id = new int[LEAF];
    int[] len = new int[LEAF];
    int[] left = new int[LEAF];
    int[] right = new int[LEAF];
    boolean[] gone = new boolean[LEAF];
    private int leafCount;

    // children, at offset[inner] + i
    int[] child = new int[FAN];
    private int innerCount;

    // nodes
    private int nodeCount;
    int[] offset = new int[FEW_NODES];
    int[] count = new int[FEW_NODES];
    int[] parent = new int[FEW_NODES];
    int[] next = new int[FEW_NODES];
    int[] previous = new int[FEW_NODES];
    int[] end = new int[FEW_NODES];
    int[] base = new int[FEW_NODES];
    int root;
    int height;
    int firstLeaf;

    // per unit, where a span of inserted units starts: the leaf, and the index in it when it was last looked for
    int[] placeOf = new int[LEAF];
    long[] starts = new long[1];

    // Several versions can be kept at once, each with a state of every span, and its counts of visible and of existing
    // items per node; the current one's columns are at hand. A new item exists in the current version alone.
    private static final class Version {
        int[] state;
        int[] cur;
        int[] known;

        Version(int[] state, int[] cur, int[] known) {
            this.state = state;
            this.cur = cur;
            this.known = known;
        }
    }

    private Version[] versions = {new Version(new int[LEAF], new int[FEW_NODES], new int[FEW_NODES])};
    private Version version = versions[0];
    int[] state = version.state;
    int[] cur = version.cur;
    int[] known = version.known;

    // what the current counts above a leaf still lack
    private int dueLeaf;
    private int due;
    private int dueKnown;

    // results of looking something up and of making room
    int foundLeaf;
    int foundIndex;
    int foundOffset;
    int foundEnd;

    /** How far into its span the place was at which it was cut last. */
    int cutOff;

    /** The position in the current version which was looked up last, while nothing changes. */
    int lookedAt = NONE;

    SpanTree(int placeholders) {
        root = newLeaf();
        firstLeaf = root;
        parent[root] = NONE;
        next[root] = NONE;
        previous[root] = NONE;
        if (placeholders > 0) {
            count[root] = 1;
            set(offset[root], PLACE, placeholders, NONE, NONE, 1);
            cur[root] = placeholders;
            known[root] = placeholders;
            end[root] = placeholders;
            base[root] = placeholders;
        }
    }

    /** Returns where in the columns the found span is. */
    int found() {
        return offset[foundLeaf] + foundIndex;
    }

    /** Returns how many units are visible at the current version. */
    int currentLength() {
        return cur[root] + due;
    }

    /** Returns how many spans there is room for. */
    int size() {
        return leafCount * LEAF;
    }

    /** Makes one of the versions that are kept the current one. */
    void use(int index) {
        settle();
        lookedAt = NONE;
        version = versions[index];
        bind();
    }

    /** Keeps a copy of the current version as one more, or in the place of one which was kept. */
    void keepCopy(int index) {
        settle();
        if (index == versions.length) {
            versions = Arrays.copyOf(versions, index + 1);
        }
        versions[index] = new Version(state.clone(), cur.clone(), known.clone());
    }

    /** Makes room for that many units in all. */
    void reserve(int units) {
        if (units > placeOf.length) {
            placeOf = Arrays.copyOf(placeOf, Math.max(units, placeOf.length + (placeOf.length >> 1)));
        }
        if (units >>> 6 >= starts.length) {
            starts = Arrays.copyOf(starts, Math.max((units >>> 6) + 1, starts.length * 2));
        }
    }

    private void bind() {
        state = version.state;
        cur = version.cur;
        known = version.known;
    }

    private void set(int at, int newId, int newLen, int newLeft, int newRight, int newState) {
        id[at] = newId;
        len[at] = newLen;
        left[at] = newLeft;
        right[at] = newRight;
        for (Version each : versions) {
            each.state[at] = 0;
        }
        state[at] = newState;
        gone[at] = false;
    }

    void put(int leaf, int index, int unit, int length, int leftOrigin, int rightParent, int newState) {
        int before = offset[leaf] + index - 1;
        boolean joins = index > 0
                && rightParent == NONE
                && leftOrigin == unit - 1
                && id[before] + len[before] == unit
                && state[before] == newState
                && !gone[before]
                && existsNowhereElse(before);
        int at = leaf;
        if (joins) {
            len[before] += length;
        } else {
            makeRoom(leaf, index);
            at = foundLeaf;
            set(offset[at] + foundIndex, unit, length, leftOrigin, rightParent, newState);
            start(unit, at, foundIndex);
        }
        if (newState == 1) {
            addCurrent(at, length, length);
        }
        addEnd(at, length);
    }

    private boolean existsNowhereElse(int span) {
        for (Version each : versions) {
            if (each != version && each.state[span] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Makes the found position the start of a span of at most that many units; returns how many it has. */
    int cut(int most) {
        cutOff = foundOffset;
        if (foundOffset > 0) {
            splitSpan(foundLeaf, foundIndex, foundOffset);
        }
        int at = found();
        if (most < len[at]) {
            splitSpan(foundLeaf, foundIndex, most);
            foundIndex--;
        }
        foundOffset = 0;
        return Math.min(most, len[found()]);
    }

    int startOf(int unit) {
        int word = unit >>> 6;
        long bits = starts[word] & (-1L >>> (63 - (unit & 63)));
        while (bits == 0) {
            bits = starts[--word];
        }
        return (word << 6) + 63 - Long.numberOfLeadingZeros(bits);
    }

    void start(int unit, int leaf, int index) {
        starts[unit >>> 6] |= 1L << (unit & 63);
        placeOf[unit] = leaf << LEAF_BITS | index;
    }

    void addCurrent(int leaf, int by, int byKnown) {
        lookedAt = NONE;
        if (leaf != dueLeaf) {
            settle();
            dueLeaf = leaf;
        }
        due += by;
        dueKnown += byKnown;
    }

    /** Brings the current counts up to date. */
    void settle() {
        if ((due | dueKnown) != 0) {
            for (int node = dueLeaf; node != NONE; node = parent[node]) {
                cur[node] += due;
                known[node] += dueKnown;
            }
            due = 0;
            dueKnown = 0;
        }
    }

    void addEnd(int leaf, int by) {
        lookedAt = NONE;
        if (by != 0) {
            for (int node = leaf; node != NONE; node = parent[node]) {
                end[node] += by;
            }
        }
    }

    /** Splits a span; the found position is that of the second part. */
    void splitSpan(int leaf, int index, int at) {
        makeRoom(leaf, index + 1);
        int second = found();
        int first = second - 1;
        id[second] = id[first] + at;
        len[second] = len[first] - at;
        left[second] = id[second] - 1;
        right[second] = NONE;
        for (Version each : versions) {
            each.state[second] = each.state[first];
        }
        gone[second] = gone[first];
        len[first] = at;
        if (id[second] < PLACE) {
            start(id[second], foundLeaf, foundIndex);
        }
    }

    /**
     * Opens a free place for a span before that index; the found position is the place. The span before it is always
     * in the same leaf, unless the index is 0.
     */
    private void makeRoom(int leaf, int index) {
        lookedAt = NONE;
        int in = leaf;
        int at = index;
        if (count[leaf] == LEAF) {
            int half = LEAF / 2;
            splitLeaf(leaf, half);
            if (index > half) {
                in = next[leaf];
                at = index - half;
            }
        }
        int from = offset[in] + at;
        int moved = count[in] - at;
        System.arraycopy(id, from, id, from + 1, moved);
        System.arraycopy(len, from, len, from + 1, moved);
        System.arraycopy(left, from, left, from + 1, moved);
        System.arraycopy(right, from, right, from + 1, moved);
        for (Version each : versions) {
            System.arraycopy(each.state, from, each.state, from + 1, moved);
        }
        System.arraycopy(gone, from, gone, from + 1, moved);
        count[in]++;
        foundLeaf = in;
        foundIndex = at;
    }

    private void splitLeaf(int leaf, int keep) {
        settle();
        int right2 = newLeaf();
        int from = offset[leaf] + keep;
        int to = offset[right2];
        int moved = count[leaf] - keep;
        System.arraycopy(id, from, id, to, moved);
        System.arraycopy(len, from, len, to, moved);
        System.arraycopy(left, from, left, to, moved);
        System.arraycopy(right, from, right, to, moved);
        System.arraycopy(gone, from, gone, to, moved);
        count[right2] = moved;
        count[leaf] = keep;
        for (Version each : versions) {
            System.arraycopy(each.state, from, each.state, to, moved);
            for (int i = to; i < to + moved; i++) {
                each.cur[right2] += each.state[i] == 1 ? len[i] : 0;
                each.known[right2] += each.state[i] != 0 ? len[i] : 0;
            }
        }
        for (int i = to; i < to + moved; i++) {
            end[right2] += gone[i] ? 0 : len[i];
            if (id[i] >= PLACE) {
                base[right2] += len[i];
            } else {
                placeOf[id[i]] = right2 << LEAF_BITS | i - to;
            }
        }
        next[right2] = next[leaf];
        previous[right2] = leaf;
        if (next[leaf] != NONE) {
            previous[next[leaf]] = right2;
        }
        next[leaf] = right2;
        adopt(leaf, right2);
    }

    /** Hangs a new node, to which contents of {@code node} were moved, right behind that. */
    private void adopt(int node, int fresh) {
        if (parent[node] != NONE && count[parent[node]] == FAN) {
            splitInner(parent[node]);
        }
        for (Version each : versions) {
            each.cur[node] -= each.cur[fresh];
            each.known[node] -= each.known[fresh];
        }
        end[node] -= end[fresh];
        base[node] -= base[fresh];
        if (parent[node] == NONE) {
            int top = newInner();
            parent[top] = NONE;
            child[offset[top]] = node;
            child[offset[top] + 1] = fresh;
            count[top] = 2;
            parent[node] = top;
            parent[fresh] = top;
            sum(top);
            root = top;
            height++;
            return;
        }
        int above = parent[node];
        int at = offset[above];
        while (child[at] != node) {
            at++;
        }
        System.arraycopy(child, at + 1, child, at + 2, offset[above] + count[above] - at - 1);
        child[at + 1] = fresh;
        parent[fresh] = above;
        count[above]++;
    }

    private void splitInner(int inner) {
        int fresh = newInner();
        int keep = FAN / 2;
        count[fresh] = count[inner] - keep;
        System.arraycopy(child, offset[inner] + keep, child, offset[fresh], count[fresh]);
        count[inner] = keep;
        for (int i = 0; i < count[fresh]; i++) {
            parent[child[offset[fresh] + i]] = fresh;
        }
        sum(fresh);
        adopt(inner, fresh);
    }

    private void sum(int inner) {
        end[inner] = 0;
        base[inner] = 0;
        for (int i = offset[inner]; i < offset[inner] + count[inner]; i++) {
            end[inner] += end[child[i]];
            base[inner] += base[child[i]];
        }
        for (Version each : versions) {
            each.cur[inner] = 0;
            each.known[inner] = 0;
            for (int i = offset[inner]; i < offset[inner] + count[inner]; i++) {
                each.cur[inner] += each.cur[child[i]];
                each.known[inner] += each.known[child[i]];
            }
        }
    }

    private int newLeaf() {
        int node = newNode();
        if ((leafCount + 1) * LEAF > id.length) {
            int capacity = id.length * 2;
            id = Arrays.copyOf(id, capacity);
            len = Arrays.copyOf(len, capacity);
            left = Arrays.copyOf(left, capacity);
            right = Arrays.copyOf(right, capacity);
            for (Version each : versions) {
                each.state = Arrays.copyOf(each.state, capacity);
            }
            bind();
            gone = Arrays.copyOf(gone, capacity);
        }
        offset[node] = leafCount++ * LEAF;
        return node;
    }

    private int newInner() {
        int node = newNode();
        if ((innerCount + 1) * FAN > child.length) {
            child = Arrays.copyOf(child, child.length * 2);
        }
        offset[node] = innerCount++ * FAN;
        return node;
    }

    private int newNode() {
        if (nodeCount == offset.length) {
            int capacity = nodeCount * 2;
            offset = Arrays.copyOf(offset, capacity);
            count = Arrays.copyOf(count, capacity);
            parent = Arrays.copyOf(parent, capacity);
            next = Arrays.copyOf(next, capacity);
            previous = Arrays.copyOf(previous, capacity);
            for (Version each : versions) {
                each.cur = Arrays.copyOf(each.cur, capacity);
                each.known = Arrays.copyOf(each.known, capacity);
            }
            bind();
            end = Arrays.copyOf(end, capacity);
            base = Arrays.copyOf(base, capacity);
        }
        return nodeCount++;
    }
}
