package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.folder.ForeignNames;
import java.util.Optional;

/**
 * What is known of a file in the folder, as it was when it was last looked at.
 *
 * @param path its path below the folder
 * @param size its size in bytes
 * @param modifiedNanos its time of modification
 * @param fileKey the file system's key for it, or 0
 * @param state what it is
 * @param ordinal the number in its header once it was verified, of a head its counter; 0 before
 * @param digest the SHA-256 of its bytes, once they were whole
 * @param reason a stable code, empty when there is nothing to say
 * @param text one line for a person, empty when there is nothing to say
 * @param attempts how often it was looked at without being taken in, and with the like result
 * @param retryAtMillis when it is worth another look; only for what may change by itself
 */
public record KnownFile(
        String path,
        long size,
        long modifiedNanos,
        int fileKey,
        State state,
        long ordinal,
        Optional<Bytes> digest,
        String reason,
        String text,
        int attempts,
        long retryAtMillis) {

    /**
     * So often a file is looked at whose name and first bytes are none of ours: a user may have named the only copy of
     * one of ours anew, and its first bytes may have been read wrong.
     */
    private static final int FOREIGN_LOOKS = 3;

    /** What a file turned out to be. */
    public enum State {
        /** Verified and taken in. */
        IMPORTED,
        /** Verified and taken in, from another name or place than its own. */
        MISPLACED,
        /** A verified file which is known under another path. */
        DUPLICATE,
        /** Not one of ours. */
        FOREIGN,
        /** Not whole yet. */
        INCOMPLETE,
        /** Not readable now. */
        UNREADABLE,
        /** Whole; a key or a member entry is missing. */
        WAITING,
        /** Whole and false or not allowed. */
        REFUSED,
        /** Of a newer version. */
        TOO_NEW;

        /** Whether the bytes were verified. */
        public boolean verified() {
            return this == IMPORTED || this == MISPLACED || this == DUPLICATE;
        }

        /** Whether the file is likely to become whole or readable soon. */
        public boolean unfinished() {
            return this == INCOMPLETE || this == UNREADABLE;
        }
    }

    /**
     * Whether another look may give another answer although the file has not changed. So it may for a verdict: memory
     * and disks that fail for a moment show bytes which are not those of the file.
     */
    public boolean worthAnotherLook() {
        return state.unfinished()
                || state == State.REFUSED
                || state == State.TOO_NEW
                || (state == State.FOREIGN && (attempts < FOREIGN_LOOKS || isNamedLikeOurs()));
    }

    private boolean isNamedLikeOurs() {
        return ForeignNames.resemblesOurs(path.substring(path.lastIndexOf('/') + 1));
    }
}
