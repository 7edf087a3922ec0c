package dev.cairn.format.members;

import dev.cairn.format.Bytes;

/** The name of an entry of the member log: the SHA-256 of its content, signatures not included. */
public record EntryId(Bytes bytes) implements Comparable<EntryId> {
    /** The size of an id in bytes. */
    public static final int SIZE = 32;

    /** Checks the size. */
    public EntryId {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an entry's id has 32 bytes, not " + bytes.size());
        }
        bytes = bytes.compact();
    }

    /** Order by unsigned bytes. */
    @Override
    public int compareTo(EntryId other) {
        return bytes.compareTo(other.bytes);
    }

    /** The 64 hexadecimal digits. */
    @Override
    public String toString() {
        return bytes.toHex();
    }
}
