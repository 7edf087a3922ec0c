package dev.cairn.format;

/**
 * A reference from one change to another writer's: its writer, its sequence number and the first 8 bytes of its chain
 * hash.
 *
 * @param hash8 the bytes as one big-endian number, so that two branches of a forked writer are told apart
 */
public record ChangeRef(WriterId writer, long seq, long hash8) implements Comparable<ChangeRef> {
    /** Checks the sequence number. */
    public ChangeRef {
        if (seq < 1 || seq > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("sequence number " + seq);
        }
    }

    /** By writer, then sequence number, then hash as unsigned bytes. */
    @Override
    public int compareTo(ChangeRef other) {
        int order = writer.compareTo(other.writer);
        if (order == 0) {
            order = Long.compare(seq, other.seq);
        }
        return order != 0 ? order : Long.compareUnsigned(hash8, other.hash8);
    }

    @Override
    public String toString() {
        return writer + ":" + seq + "#" + String.format("%016x", hash8);
    }
}
