package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointBody;

/**
 * A checkpoint whose manifest was verified, and what was found in its image.
 *
 * @param digest the SHA-256 of the manifest's file
 * @param writer in whose directory it belongs
 * @param ordinal its number there
 * @param body what the manifest says
 * @param verdict what the image is, as far as it was read
 * @param problem one line for a person when it is refused, else empty
 */
public record KnownCheckpoint(
        Bytes digest, WriterId writer, long ordinal, CheckpointBody body, Verdict verdict, String problem) {

    /** What is known of an image. */
    public enum Verdict {
        /** It was not read yet: parts are missing, or a member entry. */
        UNREAD,
        /** Its changes are what their writers signed; the documents in it could not be compared. */
        SOUND,
        /** Its changes are sound, and its documents are those which the changes make. */
        VERIFIED,
        /** It is not what a checkpoint must be. */
        REFUSED;

        /** Whether the changes in it can be relied on. */
        public boolean sound() {
            return this == SOUND || this == VERIFIED;
        }
    }
}
