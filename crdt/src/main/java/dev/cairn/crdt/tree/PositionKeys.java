package dev.cairn.crdt.tree;

import java.util.Arrays;
import java.util.Optional;

/**
 * Makes the position keys by which siblings are ordered: byte strings between which there is always room for another.
 *
 * <p>A key is {@code prefix, run, counter}: the shortest prefix that leads between the neighbours, two bytes that are
 * another for each run, and two bytes that count along the run. What one author puts behind or before what it has put
 * there last continues the run, so that the nodes of two authors at one place do not mix, and keys stay short.
 */
public final class PositionKeys {
    /** The length beyond which a key is not worth its bytes, and its neighbours get new ones. */
    public static final int LENGTH_MAX = 64;

    /** The key of what has no neighbour on that side. */
    private static final byte[] NONE = {};

    private static final int RUN_BYTES = 2;
    private static final int COUNTER_BYTES = 2;
    private static final int MIDDLE = 0x8080;

    // room for two more between any two of a run
    private static final int STEP = 8;

    private PositionKeys() {}

    /** The neighbours of a place: their keys, empty where there is none, and whether the author has put them there. */
    public static final class Gap {
        private final byte[] before;
        private final boolean ownBefore;
        private final byte[] after;
        private final boolean ownAfter;

        /** Returns the gap between two keys, which are not copied. */
        public Gap(byte[] before, boolean ownBefore, byte[] after, boolean ownAfter) {
            this.before = before;
            this.ownBefore = ownBefore;
            this.after = after;
            this.ownAfter = ownAfter;
        }
    }

    /**
     * Returns a key between two neighbours, if there is one of at most {@link #LENGTH_MAX} bytes.
     *
     * @param gap the neighbours
     * @param run any number, another for each run
     */
    public static Optional<byte[]> between(Gap gap, long run) {
        byte[] key = next(gap.ownBefore, gap.before, STEP);
        if (key.length == 0 || !isBetween(gap, key)) {
            key = next(gap.ownAfter, gap.after, -STEP);
        }
        if (key.length > 0 && isBetween(gap, key)) {
            return Optional.of(key);
        }
        Optional<byte[]> prefix = prefix(gap.before, gap.after, LENGTH_MAX - RUN_BYTES - COUNTER_BYTES);
        return prefix.map(bytes -> key(bytes, run, COUNTER_BYTES, MIDDLE));
    }

    /**
     * Returns that many ascending keys between two neighbours, if there is room at a prefix of at most half the length.
     */
    public static Optional<byte[][]> spread(byte[] before, byte[] after, int count, long run) {
        return prefix(before, after, LENGTH_MAX / 2).map(prefix -> {
            boolean few = count < (1 << (8 * COUNTER_BYTES)) / STEP / 2;
            byte[][] keys = new byte[count][];
            for (int i = 0; i < count; i++) {
                long counter = (few ? MIDDLE / 2 : 1L << 30) + (long) i * STEP;
                keys[i] = key(prefix, run, few ? COUNTER_BYTES : 4, (counter & 0xff) == 0 ? counter + 1 : counter);
            }
            return keys;
        });
    }

    private static byte[] key(byte[] prefix, long run, int counterBytes, long counter) {
        byte[] key = Arrays.copyOf(prefix, prefix.length + RUN_BYTES + counterBytes);
        key[prefix.length] = (byte) (run >>> 8);
        key[prefix.length + 1] = (byte) run;
        for (int i = 0; i < counterBytes; i++) {
            key[key.length - 1 - i] = (byte) (counter >>> (8 * i));
        }
        return key;
    }

    private static byte[] next(boolean own, byte[] key, int step) {
        if (!own || key.length <= RUN_BYTES + COUNTER_BYTES || key.length > LENGTH_MAX) {
            return NONE;
        }
        int last = key.length - 1;
        int counter = (((key[last - 1] & 0xff) << 8) | (key[last] & 0xff)) + step;
        if ((counter & 0xff) == 0) {
            counter += step > 0 ? 1 : -1;
        }
        if (counter <= 0 || counter > 0xffff) {
            return NONE;
        }
        byte[] next = key.clone();
        next[last - 1] = (byte) (counter >>> 8);
        next[last] = (byte) counter;
        return next;
    }

    private static boolean isBetween(Gap gap, byte[] key) {
        return Arrays.compareUnsigned(gap.before, key) < 0
                && (gap.after.length == 0 || Arrays.compareUnsigned(key, gap.after) < 0);
    }

    /** Returns the shortest bytes with which every key between the two neighbours may start. */
    private static Optional<byte[]> prefix(byte[] before, byte[] after, int lengthMax) {
        if (after.length > 0 && Arrays.compareUnsigned(before, after) >= 0) {
            return Optional.empty();
        }
        boolean bounded = after.length > 0;
        for (int i = 0; i < lengthMax; i++) {
            int low = i < before.length ? before[i] & 0xff : 0;
            int high = !bounded ? 256 : i < after.length ? after[i] & 0xff : 0;
            if (high - low >= 2) {
                byte[] prefix = Arrays.copyOf(before, i + 1);
                prefix[i] = (byte) choice(low, high, before.length == 0, after.length == 0);
                return Optional.of(prefix);
            }
            bounded &= low == high;
        }
        return Optional.empty();
    }

    /** At the ends of all siblings the next byte, so that there is room for many more; else the middle. */
    private static int choice(int low, int high, boolean first, boolean last) {
        if (first == last) {
            return (low + high) >>> 1;
        }
        return last ? low + 1 : high - 1;
    }
}
