package dev.cairn.format.columns;

import java.util.Arrays;

/** Where the next edit at a place is expected: where the last one there left off. */
final class Expectation {
    private long[] positions = new long[8];
    private int place;

    void arrive(int at) {
        if (at >= positions.length) {
            positions = Arrays.copyOf(positions, Math.max(2 * positions.length, at + 1));
        }
        place = at;
    }

    long position() {
        return positions[place];
    }

    void follow(int kind, int count, int position) {
        positions[place] = (long) position + (kind == Field.INSERT ? count : 0);
    }
}
