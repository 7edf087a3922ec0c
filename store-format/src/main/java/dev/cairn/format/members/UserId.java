package dev.cairn.format.members;

import dev.cairn.format.Bytes;

/**
 * The name of a user, who is a set of devices with one role.
 *
 * <p>The first 16 bytes of SHA-256("cairn/v1/user" || id of the entry which brought the user's first device).
 */
public record UserId(Bytes bytes) implements Comparable<UserId> {
    /** The size of an id in bytes. */
    public static final int SIZE = 16;

    private static final Bytes LABEL = Bytes.utf8("cairn/v1/user");

    /** Checks the size. */
    public UserId {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an id has 16 bytes, not " + bytes.size());
        }
        bytes = bytes.compact();
    }

    /** The user whose first device came by {@code introduction}: a genesis, a join or a join request. */
    public static UserId of(EntryId introduction) {
        return new UserId(Bytes.concat(LABEL, introduction.bytes()).sha256().slice(0, SIZE));
    }

    @Override
    public int compareTo(UserId other) {
        return bytes.compareTo(other.bytes);
    }

    /** The 32 hexadecimal digits. */
    @Override
    public String toString() {
        return bytes.toHex();
    }
}
