package dev.cairn.crdt.reversal;

/**
 * Where things stand that come and go in a fixed order: a Fenwick tree over those which are there. All in logarithmic
 * time.
 */
final class Arrangement {
    private final int[] sums;

    /** Nothing is there of so many things. */
    Arrangement(int size) {
        this.sums = new int[size + 1];
    }

    /** Notes that a thing is there now, which was not. */
    void add(int thing) {
        change(thing, 1);
    }

    /** Notes that a thing is there no more, which was. */
    void remove(int thing) {
        change(thing, -1);
    }

    private void change(int thing, int by) {
        for (int i = thing + 1; i < sums.length; i += i & -i) {
            sums[i] += by;
        }
    }

    /** Returns how many things before that one are there: its position, if it is there or comes. */
    int position(int thing) {
        int before = 0;
        for (int i = thing; i > 0; i -= i & -i) {
            before += sums[i];
        }
        return before;
    }
}
