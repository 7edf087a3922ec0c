package dev.cairn.crdt.sequence;

import dev.cairn.crdt.graph.IntList;

/** What the deletions of a list took away: for each unit of the log that deleted something, the content of that. */
final class RemovedContent {
    private final IntList units = new IntList();
    private final IntList contents = new IntList();

    /** Notes the content which a unit of the log, greater than those before, deleted; returns its index here. */
    int add(int unit, int content) {
        units.add(unit);
        contents.add(content);
        return units.size() - 1;
    }

    /** Returns the index of what a unit of the log deleted. */
    int find(int unit) {
        int index = units.floor(unit);
        if (index < 0 || units.get(index) != unit) {
            throw new IllegalStateException("unit " + unit + " deleted nothing that is known");
        }
        return index;
    }

    /** Returns the content at an index. */
    int get(int index) {
        return contents.get(index);
    }
}
