package dev.cairn.replica;

import java.util.Locale;

/**
 * A refusal the caller can act on: one line saying what failed, which file or directory, and what to do, with a stable
 * code for programs.
 *
 * <p>Faults of a disk are {@link java.io.UncheckedIOException} instead, and mistakes in a program
 * {@link IllegalArgumentException} or {@link IllegalStateException}.
 */
public final class SpaceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Code code;

    public SpaceException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public SpaceException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The reason; {@link Code#text()} is its stable spelling. */
    public Code code() {
        return code;
    }

    /** What can be refused. The texts are part of the API and never change meaning. */
    public enum Code {
        /** The synced folder does not exist or is not a directory. */
        FOLDER_MISSING,
        /** The folder holds no space. */
        NOT_A_SPACE,
        /** The folder already holds a space, or already has this device as a member. */
        ALREADY_A_SPACE,
        /** This device has no identity for the space of the folder: join it first. */
        NO_IDENTITY,
        /** The identity's files are damaged, unreadable or open to other users. */
        BAD_IDENTITY,
        /** The state directory lies inside the synced folder, or the folder inside the state directory. */
        STATE_INSIDE_FOLDER,
        /** The state directory is not on the default file system, or is no directory. */
        STATE_UNSUPPORTED,
        /** The state directory was written by a newer version. */
        TOO_NEW,
        /** The invite is misspelled, of another space, used up or closed. */
        BAD_INVITE,
        /** The request to join has not been approved yet. */
        AWAITING_APPROVAL,
        /** The device's role does not allow this. */
        READ_ONLY_ROLE,
        /** Only the leader writes there, and this device does not lead, or does not write as the leader. */
        LEADER_ONLY,
        /** A limit would be exceeded; the message names it with its unit. */
        LIMIT,
        /** The version names changes which this device does not have. */
        UNKNOWN_VERSION;

        /** The code as printed in JSON: lower case with underscores, such as {@code folder_missing}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
