package dev.cairn.format;

/**
 * A point in the chain of one writer's changes: what is needed to read or to make the next change.
 *
 * <pre>
 * c(0) = SHA-256("cairn/v1/chain" || space || writer || Ed25519 key of the device)
 * c(i) = SHA-256("cairn/v1/change" || c(i-1) || u32 length || bytes of change i)
 * </pre>
 *
 * @param seq the number of changes up to this point
 * @param hash the 32 bytes of c(seq), which is the id of change {@code seq} and stands for all changes before it
 * @param lamport the lamport number of change {@code seq}, 0 before the first
 * @param timeMillis the wall time of change {@code seq} in milliseconds since 1970, 0 before the first
 */
public record ChainPoint(long seq, Bytes hash, long lamport, long timeMillis) {
    /** The size of a chain hash in bytes. */
    public static final int HASH_SIZE = 32;

    private static final Bytes ORIGIN_LABEL = Bytes.utf8("cairn/v1/chain");

    /** Checks the ranges. */
    public ChainPoint {
        if (seq < 0 || seq > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("sequence number " + seq);
        }
        if (hash.size() != HASH_SIZE) {
            throw new IllegalArgumentException("a chain hash has " + HASH_SIZE + " bytes, not " + hash.size());
        }
        if (lamport < 0 || lamport > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("lamport number " + lamport);
        }
        if (Math.abs(timeMillis) > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("wall time " + timeMillis);
        }
    }

    /** The start of a writer's chain; {@code deviceKey} is the Ed25519 key of its device, 32 bytes. */
    public static ChainPoint origin(SpaceId space, WriterId writer, Bytes deviceKey) {
        return new ChainPoint(
                0,
                Bytes.concat(ORIGIN_LABEL, space.bytes(), writer.bytes(), deviceKey)
                        .sha256(),
                0,
                0);
    }

    /** The first 8 bytes of the hash as a big-endian number, as in {@link ChangeRef}. */
    public long hash8() {
        return hash.getLong(0);
    }
}
