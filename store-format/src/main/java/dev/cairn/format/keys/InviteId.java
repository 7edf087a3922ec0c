package dev.cairn.format.keys;

import dev.cairn.format.Bytes;

/**
 * The name of an invite: the first 16 bytes of SHA-256("cairn/v1/invite" || Ed25519 key || X25519 key) of its keys.
 *
 * <p>Whoever holds the code computes it, and so finds the invite's entry in the member log.
 */
public record InviteId(Bytes bytes) {
    /** The size of an id in bytes. */
    public static final int SIZE = 16;

    private static final Bytes LABEL = Bytes.utf8("cairn/v1/invite");

    /** Checks the size. */
    public InviteId {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an id has 16 bytes, not " + bytes.size());
        }
        bytes = bytes.compact();
    }

    /** The id of the invite with these keys. */
    public static InviteId of(DevicePublic keys) {
        Bytes digest = Bytes.concat(
                        LABEL, keys.signing().bytes(), keys.sealing().bytes())
                .sha256();
        return new InviteId(digest.slice(0, SIZE));
    }

    /** The 32 hexadecimal digits. */
    @Override
    public String toString() {
        return bytes.toHex();
    }
}
