package dev.cairn.format.columns;

import java.util.Arrays;

/** The sequence number named last of each writer of a dictionary; arithmetic is modulo 2^64. */
final class LastSeqs {
    private long[] last = new long[8];

    /** Takes a sequence number, and returns by how much it exceeds the last one. */
    long advance(int writer, long seq) {
        reserve(writer);
        long step = seq - last[writer];
        last[writer] = seq;
        return step;
    }

    /** The sequence number which exceeds the last one by so much. */
    long after(int writer, long step) {
        reserve(writer);
        last[writer] += step;
        return last[writer];
    }

    private void reserve(int writer) {
        if (writer >= last.length) {
            last = Arrays.copyOf(last, Math.max(2 * last.length, writer + 1));
        }
    }
}
