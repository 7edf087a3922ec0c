package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.checkpoint.RetirementBody;

/**
 * A retirement list, of this device or of another.
 *
 * @param digest the SHA-256 of its file
 * @param ordinal its number among its author's lists
 * @param body what it says
 * @param state how far it is; lists of other devices are always {@link State#FOREIGN}
 * @param since the running time of this device when it got this far, in milliseconds
 */
public record KnownList(Bytes digest, long ordinal, RetirementBody body, State state, long since) {
    /** The way of a list. */
    public enum State {
        /** Another device's: to be acknowledged. */
        FOREIGN,
        /** An own one, which waits for acknowledgements. */
        PROPOSED,
        /** All conditions held: the next head says so. */
        WITHDRAWN,
        /** The head which says so is in the folder: the files may go. */
        DELETING
    }
}
