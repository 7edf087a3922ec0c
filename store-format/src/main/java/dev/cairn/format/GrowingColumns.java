package dev.cairn.format;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * {@link ChangeColumns} which still grow: the arrays have room for more than {@link #size} changes. Not thread-safe.
 */
final class GrowingColumns {
    private static final byte[] LABEL = "cairn/v1/change".getBytes(StandardCharsets.US_ASCII);

    private static final int PREFIX_BYTES = LABEL.length + ChainPoint.HASH_SIZE + Integer.BYTES;

    private final MessageDigest sha256 = Bytes.newSha256();
    /** What is hashed in front of a change, and the change itself if it is small: one call costs less than four. */
    private final byte[] hashed = Arrays.copyOf(LABEL, 256);

    private final byte[] chainBefore;
    private final long writerHigh;
    private final long writerLow;
    private final long seqBefore;
    private final ByteWriter bytes = new ByteWriter();
    private long lastLamport;
    private long lastTime;
    int size;
    int[] changeStart;
    int[] operationsStart;
    int[] messageLength;
    long[] lamport;
    long[] time;
    byte[] chain;
    int[] parentStart;
    long[] parents = new long[ChangeColumns.PARENT_WIDTH];

    GrowingColumns(WriterId writer, ChainPoint before) {
        this(writer, before, 4);
    }

    /** Columns with room for {@code capacity} changes after {@code before}. */
    GrowingColumns(WriterId writer, ChainPoint before, int capacity) {
        this(writer, before.hash().toArray(), before.seq(), capacity);
        this.lastLamport = before.lamport();
        this.lastTime = before.timeMillis();
    }

    /** Columns which are only copied to. */
    GrowingColumns(int capacity) {
        this(new WriterId(0, 0), new byte[0], 0, capacity);
    }

    private GrowingColumns(WriterId writer, byte[] chainBefore, long seqBefore, int capacity) {
        this.writerHigh = writer.high();
        this.writerLow = writer.low();
        this.chainBefore = chainBefore;
        this.seqBefore = seqBefore;
        this.changeStart = new int[capacity + 1];
        this.operationsStart = new int[capacity];
        this.messageLength = new int[capacity];
        this.lamport = new long[capacity];
        this.time = new long[capacity];
        this.chain = new byte[capacity * ChainPoint.HASH_SIZE];
        this.parentStart = new int[capacity + 1];
    }

    int size() {
        return size;
    }

    int changeBytes() {
        return bytes.size();
    }

    ChainPoint lastPoint() {
        int at = (size - 1) * ChainPoint.HASH_SIZE;
        return new ChainPoint(seqBefore + size, Bytes.copyOf(chain, at, ChainPoint.HASH_SIZE), lastLamport, lastTime);
    }

    void add(Change change) {
        int from = bytes.size();
        boolean added = false;
        try {
            change.encode(lastLamport, lastTime, bytes);
            append(bytes.array(), from, bytes.size());
            added = true;
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            if (!added) {
                bytes.truncate(from);
            }
        }
    }

    ChangeColumns build() {
        byte[] buffer = Arrays.copyOf(bytes.array(), bytes.size());
        GrowingColumns copy = new GrowingColumns(size);
        copy.copy(new ChangeColumns(this, buffer), 0, size, 0);
        return new ChangeColumns(copy, buffer);
    }

    /** Reads the change at {@code array[from, to)} and extends the chain over it. */
    void append(byte[] array, int from, int to) throws MalformedException {
        if (size == Limits.CHANGES_MAX || seqBefore + size >= Limits.NUMBER_MAX) {
            throw new MalformedException("more than " + Limits.CHANGES_MAX + " changes, or no number left for one");
        }
        if (to - from > Limits.CHANGE_BYTES_MAX) {
            throw new MalformedException(
                    "a change of " + (to - from) + " bytes, it has at most " + Limits.CHANGE_BYTES_MAX);
        }
        reserve();
        ByteReader reader = new ByteReader(array, from, to);
        long nextLamport = lastLamport + step(reader.varint());
        long nextTime = lastTime + reader.zigzag();
        if (nextLamport > Limits.NUMBER_MAX || Math.abs(nextTime) > Limits.NUMBER_MAX) {
            throw new MalformedException("lamport number " + nextLamport + ", wall time " + nextTime);
        }
        readParents(reader);
        int message = reader.varint(Limits.MESSAGE_BYTES_MAX);
        if (message > 0) {
            Utf8.decode(reader.bytes(message));
        }
        changeStart[size + 1] = to;
        operationsStart[size] = from + reader.position();
        messageLength[size] = message;
        lamport[size] = nextLamport;
        time[size] = nextTime;
        extendChain(array, from, to);
        lastLamport = nextLamport;
        lastTime = nextTime;
        size++;
    }

    private static long step(long step) throws MalformedException {
        if (step < 1 || step > Limits.NUMBER_MAX) {
            throw new MalformedException("a lamport step of " + step);
        }
        return step;
    }

    private void readParents(ByteReader reader) throws MalformedException {
        int count = reader.varint(Limits.PARENTS_MAX);
        int at = parentStart[size] * ChangeColumns.PARENT_WIDTH;
        if (at + count * ChangeColumns.PARENT_WIDTH > parents.length) {
            parents = Arrays.copyOf(parents, Math.max(2 * parents.length, at + count * ChangeColumns.PARENT_WIDTH));
        }
        for (int p = 0; p < count; p++, at += ChangeColumns.PARENT_WIDTH) {
            long high = reader.u64();
            long low = reader.u64();
            long seq = reader.varint();
            long hash8 = reader.u64();
            requireParent(high, low, seq);
            if (p > 0) {
                requireAscending(at - ChangeColumns.PARENT_WIDTH, high, low, seq, hash8);
            }
            parents[at] = high;
            parents[at + 1] = low;
            parents[at + 2] = seq;
            parents[at + 3] = hash8;
        }
        parentStart[size + 1] = parentStart[size] + count;
    }

    private void requireParent(long high, long low, long seq) throws MalformedException {
        if (seq < 1 || seq > Limits.NUMBER_MAX) {
            throw new MalformedException("a parent with sequence number " + seq);
        }
        if (high == writerHigh && low == writerLow) {
            throw new MalformedException("the writer itself among the parents");
        }
    }

    /** A writer is named twice only when it has forked, and then with two different changes. */
    private void requireAscending(int before, long high, long low, long seq, long hash8) throws MalformedException {
        int order = Long.compareUnsigned(parents[before], high);
        order = order != 0 ? order : Long.compareUnsigned(parents[before + 1], low);
        order = order != 0 ? order : Long.compare(parents[before + 2], seq);
        order = order != 0 ? order : Long.compareUnsigned(parents[before + 3], hash8);
        if (order >= 0) {
            throw new MalformedException("parents not ascending");
        }
    }

    private void extendChain(byte[] array, int from, int to) {
        int bytesInChange = to - from;
        if (size == 0) {
            System.arraycopy(chainBefore, 0, hashed, LABEL.length, ChainPoint.HASH_SIZE);
        } else {
            int at = (size - 1) * ChainPoint.HASH_SIZE;
            System.arraycopy(chain, at, hashed, LABEL.length, ChainPoint.HASH_SIZE);
        }
        BigEndian.putInt(hashed, PREFIX_BYTES - Integer.BYTES, bytesInChange);
        if (bytesInChange <= hashed.length - PREFIX_BYTES) {
            System.arraycopy(array, from, hashed, PREFIX_BYTES, bytesInChange);
            sha256.update(hashed, 0, PREFIX_BYTES + bytesInChange);
        } else {
            sha256.update(hashed, 0, PREFIX_BYTES);
            sha256.update(array, from, bytesInChange);
        }
        try {
            sha256.digest(chain, size * ChainPoint.HASH_SIZE, ChainPoint.HASH_SIZE);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 of this Java platform failed", e);
        }
    }

    void copy(ChangeColumns from, int start, int end, int shift) {
        int count = end - start;
        for (int i = 0; i < count; i++) {
            changeStart[size + i] = from.changeStart[start + i] + shift;
            operationsStart[size + i] = from.operationsStart[start + i] + shift;
            parentStart[size + i + 1] = parentStart[size] + from.parentStart[start + i + 1] - from.parentStart[start];
        }
        changeStart[size + count] = from.changeStart[end] + shift;
        System.arraycopy(from.messageLength, start, messageLength, size, count);
        System.arraycopy(from.lamport, start, lamport, size, count);
        System.arraycopy(from.time, start, time, size, count);
        int hash = ChainPoint.HASH_SIZE;
        System.arraycopy(from.chain, start * hash, chain, size * hash, count * hash);
        copyParents(from, from.parentStart[start], from.parentStart[end]);
        size += count;
    }

    private void copyParents(ChangeColumns from, int start, int end) {
        int at = parentStart[size] * ChangeColumns.PARENT_WIDTH;
        int width = (end - start) * ChangeColumns.PARENT_WIDTH;
        if (at + width > parents.length) {
            parents = Arrays.copyOf(parents, Math.max(2 * parents.length, at + width));
        }
        System.arraycopy(from.parents, start * ChangeColumns.PARENT_WIDTH, parents, at, width);
    }

    private void reserve() {
        if (size < lamport.length) {
            return;
        }
        int capacity = 2 * size;
        changeStart = Arrays.copyOf(changeStart, capacity + 1);
        operationsStart = Arrays.copyOf(operationsStart, capacity);
        messageLength = Arrays.copyOf(messageLength, capacity);
        lamport = Arrays.copyOf(lamport, capacity);
        time = Arrays.copyOf(time, capacity);
        chain = Arrays.copyOf(chain, capacity * ChainPoint.HASH_SIZE);
        parentStart = Arrays.copyOf(parentStart, capacity + 1);
    }
}
