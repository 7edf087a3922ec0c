package dev.cairn.crdt.sequence;

import java.util.Arrays;

/**
 * The temporary tree through which a concurrent stretch of history is replayed: all items of a sequence that matter
 * there, in their final order, in two states at once.
 *
 * <p>An <em>item</em> is an inserted unit. Its <em>current</em> state is that at the version at which the next
 * operation was made; its <em>final</em> state is that after everything replayed so far.
 */
final class ItemTree {
    // THE ORDER (quoted by the specification).
    //
    // Every inserted unit x has a left origin L(x) and a right parent R(x), fixed at its author's version:
    //   L(x) = the visible unit before the position, or START at position 0; a unit which is not the first of its
    //          insertion has the one before it as left origin, and no right parent;
    //   n    = the first unit behind L(x) which exists at the author's version, visible or deleted;
    //   R(x) = n if n exists and L(n) = L(x), else END.
    // A unit x is placed among the units which its author did not know, as follows. Let c be the place right behind
    // L(x). Walk over the unknown units o behind c, up to the next unit which the author knew:
    //   - if L(o) is before L(x): stop;
    //   - if L(o) is behind L(x): o belongs to a unit already walked over; go on;
    //   - if L(o) = L(x): if R(o) = R(x): stop if (class(x), actor(x)) < (class(o), actor(o)), else c := behind o
    //                                     and its run; anchors which cling to the left are class 0, those which cling
    //                                     to the right class 2, everything else is class 1; actors compare as bytes
    //                     if R(o) is before R(x): walk on without moving c (until the next of these cases);
    //                     if R(o) is behind R(x): c := behind o and its run.
    // x goes to c. "Before" and "behind" mean the order of the tree; END is behind everything.
    //
    // If R(x) is a unit, then everything that can stand between x and R(x) is in the left subtree of R(x), which ends
    // right before R(x). So the walk goes from there backwards, and does not meet what others, at any length, have put
    // between L(x) and that subtree.
    //
    // The tree: leaves of up to LEAF spans, inner nodes of up to FAN children, in one space of node numbers; all in
    // columns. A span is a stretch of items with consecutive ids, one state, each the left origin of the next.
    // Ids from PLACE on are the units which were visible before the stretch began; their order is that of their ids,
    // so they are found by prefix sums (`base`), and all others by `placeOf` at the first id of their span.
    static final int PLACE = 1 << 30;
    static final int NONE = -1;
    private static final int LEAF_BITS = 5;
    private static final int LEAF = 1 << LEAF_BITS;
    private static final int FAN = 16;

    /** Decides between two units of different classes or actors, both inserted at the same place. */
    interface Ties {
        boolean before(int unit, int other);
    }

    /** Takes what an operation does to the final state. */
    interface Effects {
        /** The next {@code count} inserted units go to that final position. */
        void inserted(int position, int count);

        /** The units from that final position on are deleted by the {@code count} deleting units from that one on. */
        void deleted(int position, int unit, int target, int count);

        /** The units from that one on are deleted once more. */
        void deletedAgain(int target, int count);
    }

    /** Takes items in their order. */
    interface Items {
        /** The next items have consecutive ids; the first has that left origin, or NONE. */
        void next(int first, int length, int leftOrigin);
    }

    private final Ties ties;

    // spans, at offset[leaf] + i
    private int[] id = new int[8 * LEAF];
    private int[] len = new int[8 * LEAF];
    private int[] left = new int[8 * LEAF];
    private int[] right = new int[8 * LEAF];
    private boolean[] gone = new boolean[8 * LEAF];
    private int leafCount;

    // children, at offset[inner] + i
    private int[] child = new int[4 * FAN];
    private int innerCount;

    // nodes
    private int nodeCount;
    private int[] offset = new int[16];
    private int[] count = new int[16];
    private int[] parent = new int[16];
    private int[] next = new int[16];
    private int[] previous = new int[16];
    private int[] end = new int[16];
    private int[] base = new int[16];
    private int root;
    private int height;
    private int firstLeaf;

    // per unit, where a span of inserted units starts: the leaf, and the index in it when it was last looked for
    private int[] placeOf = new int[64];
    private long[] starts = new long[1];

    // the targets of deleting units: from aimUnit[i] on, aimLength[i] ascending ones from aimTarget[i] on, or
    // descending
    // ones if the length is negative
    private int[] aimUnit = new int[8];
    private int[] aimTarget = new int[8];
    private int[] aimLength = new int[8];
    private int aimCount;

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

    private Version[] versions = {new Version(new int[8 * LEAF], new int[16], new int[16])};
    private Version version = versions[0];
    private int[] state = version.state;
    private int[] cur = version.cur;
    private int[] known = version.known;

    // what the current counts above a leaf still lack
    private int dueLeaf;
    private int due;
    private int dueKnown;

    /** How many spans were toggled, or walked over in search of a place. */
    private long steps;

    // results of find and of makeRoom
    private int foundLeaf;
    private int foundIndex;
    private int foundOffset;
    private int foundEnd;

    // the last result of findCurrent, while nothing changes: whoever looks at a unit often takes it away then
    private int lookedAt = NONE;
    private int lookedLeaf;
    private int lookedIndex;
    private int lookedOffset;
    private int lookedEnd;

    // result of the search for the place of an insertion
    private int placeLeaf;
    private int placeIndex;
    private int placeEnd;
    private int placeRight;

    ItemTree(Ties ties, int placeholders) {
        this.ties = ties;
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

    /** Returns how many units are visible at the current version. */
    int currentLength() {
        return cur[root] + due;
    }

    /** Returns how many spans were toggled, or walked over in search of a place. */
    long steps() {
        return steps;
    }

    /** Returns how many spans there is room for. */
    int size() {
        return leafCount * LEAF;
    }

    /** Returns how many units are visible after everything. */
    int finalLength() {
        return end[root];
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

    // ---- insertion

    void insert(int position, int unit, int length, Effects effects) {
        reserve(unit + length);
        int leaf = firstLeaf;
        int index = 0;
        int leftOrigin = NONE;
        int endPosition = 0;
        if (position > 0) {
            findCurrent(position - 1);
            int at = offset[foundLeaf] + foundIndex;
            leftOrigin = id[at] + foundOffset;
            endPosition = foundEnd + (gone[at] ? 0 : foundOffset + 1);
            leaf = foundLeaf;
            index = foundIndex + 1;
            if (foundOffset + 1 < len[at]) {
                splitSpan(leaf, foundIndex, foundOffset + 1);
                put(foundLeaf, foundIndex, unit, length, leftOrigin, leftOrigin + 1, 1);
                effects.inserted(endPosition, length);
                return;
            }
        }
        place(leaf, index, unit, length, leftOrigin, endPosition, effects);
    }

    private void place(int leaf, int index, int unit, int length, int leftOrigin, int atEnd, Effects effects) {
        boolean isLast = !findKnown(leaf, index);
        int at = offset[foundLeaf] + foundIndex;
        if (isLast || left[at] != leftOrigin) {
            placeForwards(leaf, index, unit, leftOrigin, atEnd);
        } else if (foundLeaf == leaf && foundIndex == index) {
            placeAt(leaf, index, atEnd, id[at]);
        } else {
            placeBackwards(unit, leftOrigin, id[at]);
        }
        int endPosition = placeEnd;
        put(placeLeaf, placeIndex, unit, length, leftOrigin, placeRight, 1);
        effects.inserted(endPosition, length);
    }

    private void placeAt(int leaf, int index, int atEnd, int rightParent) {
        placeLeaf = leaf;
        placeIndex = index;
        placeEnd = atEnd;
        placeRight = rightParent;
    }

    /** Finds the place of a unit without a right parent. */
    private void placeForwards(int leaf, int index, int unit, int leftOrigin, int atEnd) {
        placeAt(leaf, index, atEnd, NONE);
        int scanLeaf = leaf;
        int scanIndex = index;
        int scanEnd = atEnd;
        boolean scanning = false;
        while (true) {
            while (scanIndex == count[scanLeaf] && next[scanLeaf] != NONE) {
                scanLeaf = next[scanLeaf];
                scanIndex = 0;
            }
            int at = offset[scanLeaf] + scanIndex;
            if (scanIndex == count[scanLeaf] || state[at] != 0) {
                return;
            }
            if (left[at] == leftOrigin) {
                scanning = right[at] != NONE;
                if (!scanning && ties.before(unit, id[at])) {
                    return;
                }
            } else if (left[at] == NONE || (leftOrigin != NONE && isBefore(left[at], leftOrigin))) {
                return;
            }
            steps++;
            scanEnd += gone[at] ? 0 : len[at];
            scanIndex++;
            if (!scanning) {
                placeAt(scanLeaf, scanIndex, scanEnd, NONE);
            }
        }
    }

    /** Finds the place of a unit before its right parent, which was found. */
    private void placeBackwards(int unit, int leftOrigin, int rightParent) {
        int scanLeaf = foundLeaf;
        int scanIndex = foundIndex;
        int scanEnd = finalBefore(scanLeaf, scanIndex);
        placeAt(scanLeaf, scanIndex, scanEnd, rightParent);
        while (true) {
            while (scanIndex == 0 && previous[scanLeaf] != NONE) {
                scanLeaf = previous[scanLeaf];
                scanIndex = count[scanLeaf];
            }
            int at = offset[scanLeaf] + scanIndex - 1;
            if (scanIndex == 0 || state[at] != 0) {
                return;
            }
            steps++;
            scanEnd -= gone[at] ? 0 : len[at];
            scanIndex--;
            if (left[at] == leftOrigin) {
                boolean isBehind = right[at] == rightParent
                        ? ties.before(unit, id[at])
                        : right[at] != NONE && isBefore(right[at], rightParent);
                if (!isBehind) {
                    return;
                }
                placeAt(scanLeaf, scanIndex, scanEnd, rightParent);
            } else if (left[at] == NONE || (leftOrigin != NONE && isBefore(left[at], leftOrigin))) {
                return;
            }
        }
    }

    /** Finds the first item from a place on which exists at the current version, visible or deleted. */
    private boolean findKnown(int fromLeaf, int fromIndex) {
        foundLeaf = fromLeaf;
        for (foundIndex = fromIndex; foundIndex < count[fromLeaf]; foundIndex++) {
            if (state[offset[fromLeaf] + foundIndex] != 0) {
                return true;
            }
        }
        settle();
        int node = fromLeaf;
        for (int h = 0; parent[node] != NONE; h++) {
            int above = parent[node];
            int at = offset[above];
            while (child[at] != node) {
                at++;
            }
            for (at++; at < offset[above] + count[above]; at++) {
                if (known[child[at]] > 0) {
                    findFirstKnown(child[at], h);
                    return true;
                }
            }
            node = above;
        }
        return false;
    }

    private void findFirstKnown(int below, int levels) {
        int node = below;
        for (int h = levels; h > 0; h--) {
            int at = offset[node];
            while (known[child[at]] == 0) {
                at++;
            }
            node = child[at];
        }
        foundLeaf = node;
        foundIndex = 0;
        while (state[offset[node] + foundIndex] == 0) {
            foundIndex++;
        }
    }

    /** Returns how many units before a place are visible after everything. */
    private int finalBefore(int leaf, int index) {
        int before = 0;
        for (int at = offset[leaf]; at < offset[leaf] + index; at++) {
            before += gone[at] ? 0 : len[at];
        }
        for (int node = leaf; parent[node] != NONE; node = parent[node]) {
            for (int at = offset[parent[node]]; child[at] != node; at++) {
                before += end[child[at]];
            }
        }
        return before;
    }

    /** Tells whether one item is before another in the tree; NONE stands for the end. */
    private boolean isBefore(int a, int b) {
        if (a == b || a == NONE) {
            return false;
        }
        if (b == NONE) {
            return true;
        }
        findId(a);
        int leafA = foundLeaf;
        int indexA = foundIndex;
        int offsetA = foundOffset;
        findId(b);
        if (leafA != foundLeaf) {
            return isLeafBefore(leafA, foundLeaf);
        }
        return indexA != foundIndex ? indexA < foundIndex : offsetA < foundOffset;
    }

    private boolean isLeafBefore(int leafA, int leafB) {
        int a = leafA;
        int b = leafB;
        while (parent[a] != parent[b]) {
            a = parent[a];
            b = parent[b];
        }
        int from = offset[parent[a]];
        while (child[from] != a && child[from] != b) {
            from++;
        }
        return child[from] == a;
    }

    private void put(int leaf, int index, int unit, int length, int leftOrigin, int rightParent, int newState) {
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

    /** Inserts at a final position, on behalf of a change which knows all items; it is not in the current version. */
    void insertFinal(int position, int unit, int length) {
        reserve(unit + length);
        if (position == 0) {
            putFinal(firstLeaf, 0, unit, length, NONE);
            return;
        }
        findFinal(position - 1);
        int at = offset[foundLeaf] + foundIndex;
        int leftOrigin = id[at] + foundOffset;
        if (foundOffset + 1 < len[at]) {
            splitSpan(foundLeaf, foundIndex, foundOffset + 1);
            put(foundLeaf, foundIndex, unit, length, leftOrigin, leftOrigin + 1, 0);
        } else {
            putFinal(foundLeaf, foundIndex + 1, unit, length, leftOrigin);
        }
    }

    private void putFinal(int leaf, int index, int unit, int length, int leftOrigin) {
        int nextLeaf = index < count[leaf] ? leaf : next[leaf];
        int rightParent = NONE;
        if (nextLeaf != NONE) {
            int at = offset[nextLeaf] + (nextLeaf == leaf ? index : 0);
            rightParent = left[at] == leftOrigin ? id[at] : NONE;
        }
        put(leaf, index, unit, length, leftOrigin, rightParent, 0);
    }

    // ---- deletion

    /** Deletes; the deleting units get their targets in ascending order, or in descending order if {@code reversed}. */
    void delete(int position, int unit, int length, boolean reversed, Effects effects) {
        int done = 0;
        while (done < length) {
            findCurrent(position);
            int endPosition = foundEnd;
            int some = cut(Math.min(length - done, len[offset[foundLeaf] + foundIndex] - foundOffset));
            int at = offset[foundLeaf] + foundIndex;
            endPosition += gone[at] ? 0 : cutOff;
            int first = aim(unit, length, done, some, reversed, id[at]);
            state[at] = 2;
            boolean again = gone[at];
            gone[at] = true;
            addCurrent(foundLeaf, -some, 0);
            addEnd(foundLeaf, again ? 0 : -some);
            if (again) {
                effects.deletedAgain(id[at], some);
            } else {
                effects.deleted(endPosition, first, id[at], some);
            }
            done += some;
        }
    }

    /** Deletes at a final position, on behalf of a change which knows all items; it is not in the current version. */
    void deleteFinal(int position, int unit, int length, boolean reversed, Effects effects) {
        int done = 0;
        while (done < length) {
            findFinal(position);
            int some = cut(Math.min(length - done, len[offset[foundLeaf] + foundIndex] - foundOffset));
            int at = offset[foundLeaf] + foundIndex;
            int first = aim(unit, length, done, some, reversed, id[at]);
            gone[at] = true;
            addEnd(foundLeaf, -some);
            effects.deleted(position, first, id[at], some);
            done += some;
        }
    }

    /** Notes the targets of some deleting units and returns the first of these. */
    private int aim(int unit, int length, int done, int some, boolean reversed, int target) {
        int first = reversed ? unit + length - done - some : unit + done;
        if (aimCount == aimUnit.length) {
            aimUnit = Arrays.copyOf(aimUnit, aimCount * 2);
            aimTarget = Arrays.copyOf(aimTarget, aimCount * 2);
            aimLength = Arrays.copyOf(aimLength, aimCount * 2);
        }
        int at = aimCount++;
        for (; at > 0 && aimUnit[at - 1] > first; at--) {
            aimUnit[at] = aimUnit[at - 1];
            aimTarget[at] = aimTarget[at - 1];
            aimLength[at] = aimLength[at - 1];
        }
        aimUnit[at] = first;
        aimTarget[at] = reversed ? target + some - 1 : target;
        aimLength[at] = reversed ? -some : some;
        return first;
    }

    private int cutOff;

    /** Makes the found position the start of a span of at most that many units; returns how many it has. */
    private int cut(int most) {
        cutOff = foundOffset;
        if (foundOffset > 0) {
            splitSpan(foundLeaf, foundIndex, foundOffset);
        }
        int at = offset[foundLeaf] + foundIndex;
        if (most < len[at]) {
            splitSpan(foundLeaf, foundIndex, most);
            foundIndex--;
        }
        foundOffset = 0;
        return Math.min(most, len[offset[foundLeaf] + foundIndex]);
    }

    // ---- moving between versions

    /**
     * Adds to the state of items with consecutive ids: -1 takes their insertion or a deletion back, +1 makes it again.
     */
    void toggle(int first, int length, int by) {
        int end = first + length;
        int wanted = first;
        findId(first);
        while (true) {
            int at = offset[foundLeaf] + foundIndex;
            int some = Math.min(end - wanted, len[at] - foundOffset);
            if (foundOffset > 0 || some < len[at]) {
                some = cut(some);
                at = offset[foundLeaf] + foundIndex;
            }
            steps++;
            int before = state[at];
            state[at] = before + by;
            if (before == 1) {
                addCurrent(foundLeaf, -some, by < 0 ? -some : 0);
            } else if (before + by == 1) {
                addCurrent(foundLeaf, some, by > 0 ? some : 0);
            }
            wanted += some;
            if (wanted == end) {
                return;
            }
            findNext(wanted);
        }
    }

    /** Toggles the targets of deleting units. */
    void toggleTargets(int from, int to, int by) {
        int at = aimOf(from);
        int unit = from;
        while (unit < to) {
            int skipped = unit - aimUnit[at];
            int some = Math.min(to - unit, Math.abs(aimLength[at]) - skipped);
            int target = aimLength[at] > 0 ? aimTarget[at] + skipped : aimTarget[at] - skipped - some + 1;
            toggle(target, some, by);
            unit += some;
            at++;
        }
    }

    /** Returns which item a deleting unit deleted. */
    int target(int unit) {
        int at = aimOf(unit);
        int skipped = unit - aimUnit[at];
        return aimLength[at] > 0 ? aimTarget[at] + skipped : aimTarget[at] - skipped;
    }

    private int aimOf(int unit) {
        int at = Arrays.binarySearch(aimUnit, 0, aimCount, unit);
        return at < 0 ? -at - 2 : at;
    }

    // ---- finding

    /** Looks up the unit at a position of the current version, about which the next methods tell. */
    void seek(int position) {
        findCurrent(position);
    }

    /** Returns the item which was looked up. */
    int soughtItem() {
        return id[offset[foundLeaf] + foundIndex] + foundOffset;
    }

    /** Returns how many items from that one on are known to follow each other and to be of the same state. */
    int soughtRun() {
        return len[offset[foundLeaf] + foundIndex] - foundOffset;
    }

    /** Returns the final position of that item, or -1 if it is gone. */
    int soughtFinal() {
        return gone[offset[foundLeaf] + foundIndex] ? -1 : foundEnd + foundOffset;
    }

    /** Visits all inserted items in their order. */
    void forEach(Items visitor) {
        for (int leaf = firstLeaf; leaf != NONE; leaf = next[leaf]) {
            for (int at = offset[leaf]; at < offset[leaf] + count[leaf]; at++) {
                if (id[at] < PLACE) {
                    visitor.next(id[at], len[at], left[at]);
                }
            }
        }
    }

    private void findCurrent(int position) {
        if (position == lookedAt) {
            foundLeaf = lookedLeaf;
            foundIndex = lookedIndex;
            foundOffset = lookedOffset;
            foundEnd = lookedEnd;
            return;
        }
        descend(position);
        lookedAt = position;
        lookedLeaf = foundLeaf;
        lookedIndex = foundIndex;
        lookedOffset = foundOffset;
        lookedEnd = foundEnd;
    }

    private void descend(int position) {
        settle();
        int node = root;
        int rest = position;
        int before = 0;
        for (int h = height; h > 0; h--) {
            int at = offset[node];
            while (rest >= cur[child[at]]) {
                rest -= cur[child[at]];
                before += end[child[at]];
                at++;
            }
            node = child[at];
        }
        int at = offset[node];
        while (true) {
            if (state[at] == 1) {
                if (rest < len[at]) {
                    break;
                }
                rest -= len[at];
            }
            before += gone[at] ? 0 : len[at];
            at++;
        }
        foundLeaf = node;
        foundIndex = at - offset[node];
        foundOffset = rest;
        foundEnd = before;
    }

    private void findFinal(int position) {
        int node = root;
        int rest = position;
        for (int h = height; h > 0; h--) {
            int at = offset[node];
            while (rest >= end[child[at]]) {
                rest -= end[child[at]];
                at++;
            }
            node = child[at];
        }
        int at = offset[node];
        while (gone[at] || rest >= len[at]) {
            rest -= gone[at] ? 0 : len[at];
            at++;
        }
        foundLeaf = node;
        foundIndex = at - offset[node];
        foundOffset = rest;
    }

    private void findId(int wanted) {
        if (wanted >= PLACE) {
            findPlaceholder(wanted);
            return;
        }
        int start = startOf(wanted);
        foundLeaf = placeOf[start] >>> LEAF_BITS;
        foundIndex = placeOf[start] & (LEAF - 1);
        foundOffset = wanted - start;
        if (id[offset[foundLeaf] + foundIndex] != start) {
            int at = offset[foundLeaf];
            while (id[at] != start) {
                at++;
            }
            foundIndex = at - offset[foundLeaf];
            start(start, foundLeaf, foundIndex);
        }
    }

    private void findPlaceholder(int wanted) {
        int leaf = leafOfPlaceholder(wanted - PLACE);
        int at = offset[leaf];
        while (wanted < id[at] || wanted - id[at] >= len[at]) {
            at++;
        }
        foundLeaf = leaf;
        foundIndex = at - offset[leaf];
        foundOffset = wanted - id[at];
    }

    /** Finds the item with which a span starts, from the place right before it in the order of ids. */
    private void findNext(int wanted) {
        int at = offset[foundLeaf] + foundIndex + 1;
        if (foundIndex + 1 < count[foundLeaf] && id[at] == wanted) {
            foundIndex++;
            foundOffset = 0;
        } else {
            findId(wanted);
        }
    }

    private int leafOfPlaceholder(int index) {
        int node = root;
        int rest = index;
        for (int h = height; h > 0; h--) {
            int at = offset[node];
            while (rest >= base[child[at]]) {
                rest -= base[child[at]];
                at++;
            }
            node = child[at];
        }
        return node;
    }

    private int startOf(int unit) {
        int word = unit >>> 6;
        long bits = starts[word] & (-1L >>> (63 - (unit & 63)));
        while (bits == 0) {
            bits = starts[--word];
        }
        return (word << 6) + 63 - Long.numberOfLeadingZeros(bits);
    }

    private void start(int unit, int leaf, int index) {
        starts[unit >>> 6] |= 1L << (unit & 63);
        placeOf[unit] = leaf << LEAF_BITS | index;
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

    private void addCurrent(int leaf, int by, int byKnown) {
        lookedAt = NONE;
        if (leaf != dueLeaf) {
            settle();
            dueLeaf = leaf;
        }
        due += by;
        dueKnown += byKnown;
    }

    /** Brings the current counts up to date. */
    private void settle() {
        if ((due | dueKnown) != 0) {
            for (int node = dueLeaf; node != NONE; node = parent[node]) {
                cur[node] += due;
                known[node] += dueKnown;
            }
            due = 0;
            dueKnown = 0;
        }
    }

    private void addEnd(int leaf, int by) {
        lookedAt = NONE;
        if (by != 0) {
            for (int node = leaf; node != NONE; node = parent[node]) {
                end[node] += by;
            }
        }
    }

    // ---- structure

    /** Splits a span; the found position is that of the second part. */
    private void splitSpan(int leaf, int index, int at) {
        makeRoom(leaf, index + 1);
        int second = offset[foundLeaf] + foundIndex;
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
