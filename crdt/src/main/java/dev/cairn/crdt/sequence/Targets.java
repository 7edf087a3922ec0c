package dev.cairn.crdt.sequence;

import java.util.Arrays;

/** Which item each deleting unit deleted. */
final class Targets {
    // from unit[i] on, length[i] ascending ones from item[i] on, or descending ones if the length is negative
    private int[] unit = new int[8];
    private int[] item = new int[8];
    private int[] length = new int[8];
    private int size;

    /**
     * Notes the targets, which follow each other, of some of the units of one deletion, and returns the first of these.
     *
     * @param deleting the first unit of the deletion
     * @param of how many units the deletion has
     * @param done how many of them have their targets
     * @param some how many get them now
     * @param reversed whether the deletion gives its units their targets in descending order
     * @param target the first of the items
     */
    int add(int deleting, int of, int done, int some, boolean reversed, int target) {
        int first = reversed ? deleting + of - done - some : deleting + done;
        if (size == unit.length) {
            unit = Arrays.copyOf(unit, size * 2);
            item = Arrays.copyOf(item, size * 2);
            length = Arrays.copyOf(length, size * 2);
        }
        int at = size++;
        for (; at > 0 && unit[at - 1] > first; at--) {
            unit[at] = unit[at - 1];
            item[at] = item[at - 1];
            length[at] = length[at - 1];
        }
        unit[at] = first;
        item[at] = reversed ? target + some - 1 : target;
        length[at] = reversed ? -some : some;
        return first;
    }

    /** Returns which item a unit deleted. */
    int of(int deleting) {
        int at = indexOf(deleting);
        int skipped = deleting - unit[at];
        return length[at] > 0 ? item[at] + skipped : item[at] - skipped;
    }

    /** Returns in which stretch of units one is. */
    int indexOf(int deleting) {
        int at = Arrays.binarySearch(unit, 0, size, deleting);
        return at < 0 ? -at - 2 : at;
    }

    /** Returns how many units from one on, and before another, are in a stretch. */
    int count(int at, int from, int to) {
        return Math.min(to - from, Math.abs(length[at]) - (from - unit[at]));
    }

    /** Returns the lowest of the items which so many units of a stretch deleted. */
    int lowest(int at, int from, int some) {
        int skipped = from - unit[at];
        return length[at] > 0 ? item[at] + skipped : item[at] - skipped - some + 1;
    }
}
