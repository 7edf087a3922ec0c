package dev.cairn.format.file;

import java.util.Optional;

/** The record types of this version; numbers are never used again for something else. */
public enum RecordType {
    /** Who wrote the changes which follow, and where in the chain they start. */
    START(0x81),
    /** Changes, a run in columns. */
    CHANGES(0x82),
    /** The signature of the device, 64 bytes. */
    SIGNATURE(0x83),
    /** The body of a head, in CBOR. */
    HEAD(0x84),
    /** An entry of the member log, in CBOR, with its signatures. */
    MEMBER_ENTRY(0x85),
    /** The manifest of a checkpoint, in CBOR. */
    CHECKPOINT(0x86),
    /** Some of the bytes of a checkpoint's image. */
    PART(0x87),
    /** A retirement list, in CBOR. */
    RETIREMENT(0x88),
    /** What an election file says, in CBOR. */
    ELECTION(0x90);

    static final int CRITICAL = 0x80;

    private final int code;

    RecordType(int code) {
        this.code = code;
    }

    /** The number in the file. */
    public int code() {
        return code;
    }

    /** The type with the given number. */
    public static Optional<RecordType> ofCode(int code) {
        for (RecordType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
