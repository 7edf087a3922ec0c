package dev.cairn.crdt.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing column of ints which takes as many bytes as neighbours are off a straight line: for what there is of every
 * change.
 */
final class PackedIntList {
    // The last numbers, 16,384 at most, are as they are: most of what is asked for is among them, and they can be taken
    // back and set. When there are more, the older half is packed in chunks of 256: a line through the first and the
    // last number of a chunk, moved down until no number is below it, and how much each of them is above it, in 0, 4,
    // 8, 16 or 32 bits. All of it is arithmetic modulo 2^32.
    private static final int BITS = 8;
    private static final int CHUNK = 1 << BITS;
    private static final int MASK = CHUNK - 1;
    private static final int TAIL_MAX = 1 << 14;
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] STRAIGHT = {};

    private byte[][] packed = {};
    private int[] bases = {};
    private int[] slopes = {};

    /** How many numbers are packed. */
    private int packedSize;

    private int[] tail = new int[8];
    private int tailSize;

    /** Appends a number. */
    void add(int item) {
        if (tailSize == tail.length) {
            makeRoom();
        }
        tail[tailSize++] = item;
    }

    private void makeRoom() {
        if (tailSize < TAIL_MAX) {
            tail = Arrays.copyOf(tail, 2 * tailSize);
            return;
        }
        int half = TAIL_MAX / 2;
        int chunks = (packedSize + half) >>> BITS;
        if (chunks > packed.length) {
            int capacity = chunks + (chunks >> 1);
            packed = Arrays.copyOf(packed, capacity);
            bases = Arrays.copyOf(bases, capacity);
            slopes = Arrays.copyOf(slopes, capacity);
        }
        for (int from = 0; from < half; from += CHUNK) {
            pack(from);
        }
        tailSize -= half;
        System.arraycopy(tail, half, tail, 0, tailSize);
    }

    private void pack(int from) {
        int slope = (tail[from + CHUNK - 1] - tail[from]) / (CHUNK - 1);
        int base = tail[from];
        for (int i = 0; i < CHUNK; i++) {
            base = Math.min(base, tail[from + i] - i * slope);
        }
        int[] above = new int[CHUNK];
        for (int i = 0; i < CHUNK; i++) {
            above[i] = tail[from + i] - base - i * slope;
        }
        int chunk = packedSize >>> BITS;
        bases[chunk] = base;
        slopes[chunk] = slope;
        packed[chunk] = bytes(above);
        packedSize += CHUNK;
    }

    private static byte[] bytes(int[] above) {
        int all = 0;
        for (int each : above) {
            all |= each;
        }
        if (all == 0) {
            return STRAIGHT;
        }
        int bits = all >>> 4 == 0 ? 4 : all >>> 8 == 0 ? 8 : all >>> 16 == 0 ? 16 : 32;
        byte[] bytes = new byte[CHUNK / 8 * bits];
        for (int i = 0; i < CHUNK; i++) {
            switch (bits) {
                case 4 -> bytes[i >>> 1] |= (byte) (above[i] << (4 * (i & 1)));
                case 8 -> bytes[i] = (byte) above[i];
                case 16 -> SHORTS.set(bytes, 2 * i, (short) above[i]);
                default -> INTS.set(bytes, 4 * i, above[i]);
            }
        }
        return bytes;
    }

    /** Returns the number at the index. */
    int get(int index) {
        return index >= packedSize ? tail[index - packedSize] : unpacked(index >>> BITS, index & MASK);
    }

    private int unpacked(int chunk, int at) {
        byte[] bytes = packed[chunk];
        int above = switch (8 * bytes.length / CHUNK) {
            case 0 -> 0;
            case 4 -> (bytes[at >>> 1] >>> (4 * (at & 1))) & 0xf;
            case 8 -> bytes[at] & 0xff;
            case 16 -> (short) SHORTS.get(bytes, 2 * at) & 0xffff;
            default -> (int) INTS.get(bytes, 4 * at);
        };
        return bases[chunk] + at * slopes[chunk] + above;
    }

    /** Returns the last number. */
    int last() {
        return get(size() - 1);
    }

    /** Replaces the last number, which was just added. */
    void setLast(int item) {
        tail[tailSize - 1] = item;
    }

    /** Returns how many numbers there are. */
    int size() {
        return packedSize + tailSize;
    }

    /** Forgets everything from that size on. */
    void truncate(int to) {
        if (to < packedSize) {
            int chunk = to >>> BITS;
            for (int i = 0; i < CHUNK; i++) {
                tail[i] = unpacked(chunk, i);
            }
            Arrays.fill(packed, chunk, packedSize >>> BITS, null);
            packedSize = chunk << BITS;
        }
        tailSize = to - packedSize;
    }
}
