package dev.cairn.format;

import java.util.Locale;
import java.util.Optional;

/** The kinds of Cairn files; {@link #code()} is byte 8 of the envelope. */
public enum FileKind {
    /** A sealed run of changes of one writer; immutable. */
    SEGMENT(1, 'c', "changes"),
    /** The heartbeat of a writer with its newest changes; two slots replaced alternately. */
    HEAD(2, '\0', "head"),
    /** Encrypted pieces of large values. */
    BLOB_PACK(3, 'b', "blobs"),
    /** The manifest of a checkpoint. */
    CHECKPOINT(4, 'k', "checkpoints"),
    /** A part of a checkpoint. */
    CHECKPOINT_PART(5, 'p', "parts"),
    /** A list of files which a checkpoint replaces. */
    RETIREMENT_LIST(6, 'r', "retired"),
    /** An entry of the member log, under the key of epoch 0. */
    MEMBER_ENTRY(7, 'e', "keys"),
    /** A device's sign of life in the election. */
    LOCK(8, '\0', "lock"),
    /** A device's candidacy. */
    BALLOT(9, '\0', "ballot"),
    /** A device's vote. */
    VOTE(10, '\0', "vote"),
    /** The claim of a won election. */
    CLAIM(11, '\0', "claim"),
    /** A wish to lead. */
    REQUEST(12, '\0', "request"),
    /** A user's answer to a question. */
    CHOICE(13, '\0', "choice");

    private static final FileKind[] BY_CODE = values();

    private final int code;
    private final char letter;
    private final String place;

    FileKind(int code, char letter, String place) {
        this.code = code;
        this.letter = letter;
        this.place = place;
    }

    /** The number in the envelope. */
    public int code() {
        return code;
    }

    /** The kind with the given number. */
    public static Optional<FileKind> ofCode(int code) {
        return code >= 1 && code <= BY_CODE.length ? Optional.of(BY_CODE[code - 1]) : Optional.empty();
    }

    /** Whether files of this kind carry their ordinal in the name and are never replaced. */
    public boolean numbered() {
        return letter != '\0';
    }

    /** Whether files of this kind lie in directories of {@link Limits#FILES_PER_DIRECTORY}, named by number. */
    public boolean fannedOut() {
        return this == SEGMENT || this == BLOB_PACK;
    }

    /** Whether this is one of the files of the election, each with a fixed name. */
    public boolean election() {
        return code >= LOCK.code;
    }

    /** The label of the key derivation: the constant's name in lower case with '-'. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The greatest size of a file of this kind in bytes. */
    public int bytesMax() {
        if (election()) {
            return Limits.ELECTION_FILE_BYTES_MAX;
        }
        return switch (this) {
            case HEAD -> Limits.HEAD_FILE_BYTES_MAX;
            case MEMBER_ENTRY -> Limits.MEMBER_FILE_BYTES_MAX;
            default -> Limits.FILE_BYTES_MAX;
        };
    }

    char letter() {
        return letter;
    }

    String place() {
        return place;
    }
}
