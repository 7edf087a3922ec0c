package dev.cairn.crdt.document;

import java.util.Arrays;

/**
 * The positions, ascending, of those slots of a movable list which show nothing: what turns indexes of elements into
 * positions. There are such slots only where devices moved or deleted one element at the same time.
 */
final class StaleSlots {
    private int[] positions = {};
    private int size;

    /** Forgets all positions. */
    void clear() {
        size = 0;
    }

    /** Adds a position behind all others. */
    void add(int position) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, Math.max(8, size * 2));
        }
        positions[size++] = position;
    }

    /** Returns the position of the element with that index; of the index after the last, the end. */
    int position(int index) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (positions[middle] - middle <= index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return index + low;
    }

    /** Returns how many positions there are from that one, which is not among these, to the next of these. */
    int gap(int position) {
        int next = firstFrom(position);
        return next < size ? positions[next] - position : Integer.MAX_VALUE;
    }

    private int firstFrom(int position) {
        int found = Arrays.binarySearch(positions, 0, size, position);
        return found < 0 ? -found - 1 : found;
    }

    /** Makes room for a slot that shows an element. */
    void inserted(int position) {
        shift(position, 1);
    }

    /** Closes up where slots that showed elements were. */
    void deleted(int position, int count) {
        shift(position, -count);
    }

    private void shift(int position, int by) {
        for (int i = firstFrom(position); i < size; i++) {
            positions[i] += by;
        }
    }
}
