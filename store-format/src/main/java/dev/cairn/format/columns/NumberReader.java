package dev.cairn.format.columns;

import dev.cairn.format.MalformedException;

/** Reads a column which {@link NumberWriter} has written, and refuses any other form of it. */
final class NumberReader {
    private final byte[] bytes;
    private int at;
    private final int end;
    private long left;
    private boolean repeating;
    private boolean begun;
    private long value;
    /** How many equal numbers in a row were read last, of one stretch of literals. */
    private int equal;

    NumberReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** The next number. */
    long next() throws MalformedException {
        if (left == 0) {
            block();
        } else if (!repeating) {
            literal();
        }
        left--;
        return value;
    }

    /** The next number, below 2^31. */
    int next31() throws MalformedException {
        long number = next();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedException("a number beyond 2^31 in a column");
        }
        return (int) number;
    }

    /** The next number, which was written as zigzag. */
    long nextZigzag() throws MalformedException {
        long number = next();
        return (number >>> 1) ^ -(number & 1);
    }

    /** Checks that every number was read. */
    void end() throws MalformedException {
        if (left != 0 || at != end) {
            throw new MalformedException("a column with more numbers than belong to the changes");
        }
    }

    private void block() throws MalformedException {
        boolean behindLiterals = begun && !repeating;
        long header = varint();
        long before = value;
        repeating = (header & 1) != 0;
        left = (header >>> 1) + (repeating ? NumberWriter.REPEATS_MIN : 1);
        value = varint();
        equal = 1;
        boolean joins = begun && (repeating || !behindLiterals) && value == before;
        if (joins || (behindLiterals && !repeating)) {
            throw new MalformedException("two blocks of a column which belong together");
        }
        begun = true;
    }

    private void literal() throws MalformedException {
        long before = value;
        value = varint();
        equal = value == before ? equal + 1 : 1;
        if (equal == NumberWriter.REPEATS_MIN) {
            throw new MalformedException("a repeated number of a column written one by one");
        }
    }

    private long varint() throws MalformedException {
        if (at < end && bytes[at] >= 0) {
            return bytes[at++];
        }
        long number = 0;
        for (int shift = 0; shift < 64 && at < end; shift += 7) {
            int b = bytes[at++];
            number |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                if ((b == 0 && shift > 0) || (shift == 63 && b > 1)) {
                    break;
                }
                return number;
            }
        }
        throw new MalformedException("a column which ends too soon, or a number not in its shortest form");
    }
}
