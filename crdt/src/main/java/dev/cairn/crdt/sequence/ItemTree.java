package dev.cairn.crdt.sequence;

/**
 * The temporary tree through which a concurrent stretch of history is replayed: all items of a sequence that matter
 * there, in their final order, in two states at once.
 *
 * <p>An <em>item</em> is an inserted unit. Its <em>current</em> state is that at the version at which the next
 * operation was made; its <em>final</em> state is that after everything replayed so far.
 */
final class ItemTree {
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

    private final SpanTree tree;
    private final SpanSearch search;
    private final ItemOrder order;
    private final Targets targets = new Targets();

    /** How many spans were toggled. */
    private long toggled;

    ItemTree(ItemOrder.Ties ties, int placeholders) {
        this.tree = new SpanTree(placeholders);
        this.search = new SpanSearch(tree);
        this.order = new ItemOrder(tree, search, ties);
    }

    /** Returns how many units are visible at the current version. */
    int currentLength() {
        return tree.currentLength();
    }

    /** Returns how many spans were toggled, or walked over in search of a place. */
    long steps() {
        return toggled + order.steps();
    }

    /** Returns how many spans there is room for. */
    int size() {
        return tree.size();
    }

    /** Returns how many units are visible after everything. */
    int finalLength() {
        return tree.end[tree.root];
    }

    /** Makes one of the versions that are kept the current one. */
    void use(int index) {
        tree.use(index);
    }

    /** Keeps a copy of the current version as one more, or in the place of one which was kept. */
    void keepCopy(int index) {
        tree.keepCopy(index);
    }

    /** Makes room for that many units in all. */
    void reserve(int units) {
        tree.reserve(units);
    }

    // ---- insertion

    void insert(int position, int unit, int length, Effects effects) {
        tree.reserve(unit + length);
        int leaf = tree.firstLeaf;
        int index = 0;
        int leftOrigin = SpanTree.NONE;
        int endPosition = 0;
        if (position > 0) {
            search.findCurrent(position - 1);
            int at = tree.found();
            leftOrigin = tree.id[at] + tree.foundOffset;
            endPosition = tree.foundEnd + (tree.gone[at] ? 0 : tree.foundOffset + 1);
            leaf = tree.foundLeaf;
            index = tree.foundIndex + 1;
            if (tree.foundOffset + 1 < tree.len[at]) {
                tree.splitSpan(leaf, tree.foundIndex, tree.foundOffset + 1);
                tree.put(tree.foundLeaf, tree.foundIndex, unit, length, leftOrigin, leftOrigin + 1, 1);
                effects.inserted(endPosition, length);
                return;
            }
        }
        order.find(leaf, index, unit, leftOrigin, endPosition);
        int end = order.placeEnd;
        tree.put(order.placeLeaf, order.placeIndex, unit, length, leftOrigin, order.placeRight, 1);
        effects.inserted(end, length);
    }

    /** Inserts at a final position, on behalf of a change which knows all items; it is not in the current version. */
    void insertFinal(int position, int unit, int length) {
        tree.reserve(unit + length);
        if (position == 0) {
            putFinal(tree.firstLeaf, 0, unit, length, SpanTree.NONE);
            return;
        }
        search.findFinal(position - 1);
        int at = tree.found();
        int leftOrigin = tree.id[at] + tree.foundOffset;
        if (tree.foundOffset + 1 < tree.len[at]) {
            tree.splitSpan(tree.foundLeaf, tree.foundIndex, tree.foundOffset + 1);
            tree.put(tree.foundLeaf, tree.foundIndex, unit, length, leftOrigin, leftOrigin + 1, 0);
        } else {
            putFinal(tree.foundLeaf, tree.foundIndex + 1, unit, length, leftOrigin);
        }
    }

    private void putFinal(int leaf, int index, int unit, int length, int leftOrigin) {
        int nextLeaf = index < tree.count[leaf] ? leaf : tree.next[leaf];
        int rightParent = SpanTree.NONE;
        if (nextLeaf != SpanTree.NONE) {
            int at = tree.offset[nextLeaf] + (nextLeaf == leaf ? index : 0);
            rightParent = tree.left[at] == leftOrigin ? tree.id[at] : SpanTree.NONE;
        }
        tree.put(leaf, index, unit, length, leftOrigin, rightParent, 0);
    }

    // ---- deletion

    /** Deletes; the deleting units get their targets in ascending order, or in descending order if {@code reversed}. */
    void delete(int position, int unit, int length, boolean reversed, Effects effects) {
        int done = 0;
        while (done < length) {
            search.findCurrent(position);
            int endPosition = tree.foundEnd;
            int some = tree.cut(Math.min(length - done, tree.len[tree.found()] - tree.foundOffset));
            int at = tree.found();
            endPosition += tree.gone[at] ? 0 : tree.cutOff;
            int first = targets.add(unit, length, done, some, reversed, tree.id[at]);
            tree.state[at] = 2;
            boolean again = tree.gone[at];
            tree.gone[at] = true;
            tree.addCurrent(tree.foundLeaf, -some, 0);
            tree.addEnd(tree.foundLeaf, again ? 0 : -some);
            if (again) {
                effects.deletedAgain(tree.id[at], some);
            } else {
                effects.deleted(endPosition, first, tree.id[at], some);
            }
            done += some;
        }
    }

    /** Deletes at a final position, on behalf of a change which knows all items; it is not in the current version. */
    void deleteFinal(int position, int unit, int length, boolean reversed, Effects effects) {
        int done = 0;
        while (done < length) {
            search.findFinal(position);
            int some = tree.cut(Math.min(length - done, tree.len[tree.found()] - tree.foundOffset));
            int at = tree.found();
            int first = targets.add(unit, length, done, some, reversed, tree.id[at]);
            tree.gone[at] = true;
            tree.addEnd(tree.foundLeaf, -some);
            effects.deleted(position, first, tree.id[at], some);
            done += some;
        }
    }

    // ---- moving between versions

    /**
     * Adds to the state of items with consecutive ids: -1 takes their insertion or a deletion back, +1 makes it again.
     */
    void toggle(int first, int length, int by) {
        int end = first + length;
        int wanted = first;
        search.findId(first);
        while (true) {
            int at = tree.found();
            int some = Math.min(end - wanted, tree.len[at] - tree.foundOffset);
            if (tree.foundOffset > 0 || some < tree.len[at]) {
                some = tree.cut(some);
                at = tree.found();
            }
            toggled++;
            int before = tree.state[at];
            tree.state[at] = before + by;
            if (before == 1) {
                tree.addCurrent(tree.foundLeaf, -some, by < 0 ? -some : 0);
            } else if (before + by == 1) {
                tree.addCurrent(tree.foundLeaf, some, by > 0 ? some : 0);
            }
            wanted += some;
            if (wanted == end) {
                return;
            }
            search.findNext(wanted);
        }
    }

    /** Toggles the targets of deleting units. */
    void toggleTargets(int from, int to, int by) {
        int at = targets.indexOf(from);
        int unit = from;
        while (unit < to) {
            int some = targets.count(at, unit, to);
            toggle(targets.lowest(at, unit, some), some, by);
            unit += some;
            at++;
        }
    }

    /** Returns which item a deleting unit deleted. */
    int target(int unit) {
        return targets.of(unit);
    }

    // ---- finding

    /** Looks up the unit at a position of the current version, about which the next methods tell. */
    void seek(int position) {
        search.findCurrent(position);
    }

    /** Returns the item which was looked up. */
    int soughtItem() {
        return tree.id[tree.found()] + tree.foundOffset;
    }

    /** Returns how many items from that one on are known to follow each other and to be of the same state. */
    int soughtRun() {
        return tree.len[tree.found()] - tree.foundOffset;
    }

    /** Returns the final position of that item, or -1 if it is gone. */
    int soughtFinal() {
        return tree.gone[tree.found()] ? -1 : tree.foundEnd + tree.foundOffset;
    }

    /** Visits all inserted items in their order. */
    void forEach(Items visitor) {
        for (int leaf = tree.firstLeaf; leaf != SpanTree.NONE; leaf = tree.next[leaf]) {
            for (int at = tree.offset[leaf]; at < tree.offset[leaf] + tree.count[leaf]; at++) {
                if (tree.id[at] < SpanTree.PLACE) {
                    visitor.next(tree.id[at], tree.len[at], tree.left[at]);
                }
            }
        }
    }
}
