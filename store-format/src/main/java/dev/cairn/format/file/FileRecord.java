package dev.cairn.format.file;

import dev.cairn.format.Bytes;

/**
 * One record of a file's plaintext: {@code varint length | u8 type | body}.
 *
 * <p>A type with bit 0x80 is critical: a reader which does not know it must not read on. Others may be passed over.
 *
 * @param type the number of the type, see {@link RecordType}
 */
public record FileRecord(int type, Bytes body) {
    /** Checks the type. */
    public FileRecord {
        if (type < 0 || type > 0xff) {
            throw new IllegalArgumentException("record type " + type);
        }
    }

    /** A record of a known type. */
    public static FileRecord of(RecordType type, Bytes body) {
        return new FileRecord(type.code(), body);
    }

    /** Whether a reader which does not know the type must stop. */
    public boolean critical() {
        return (type & RecordType.CRITICAL) != 0;
    }

    /** Whether this record is of {@code known}. */
    public boolean is(RecordType known) {
        return type == known.code();
    }
}
