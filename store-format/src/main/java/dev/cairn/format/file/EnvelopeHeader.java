package dev.cairn.format.file;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;

/**
 * The 80 plaintext bytes at the start of every file, all of which are bound to the encryption (SPEC section
 * "Envelope").
 *
 * <p>Read from a file that was not opened it is only a claim.
 *
 * @param length the size of the whole file in bytes
 * @param ordinal the running number of the file among those of its writer and kind; of a head its counter
 * @param epoch 0 for the member log, else the number of the key epoch
 */
public record EnvelopeHeader(
        FileKind kind, int minor, long length, SpaceId space, WriterId writer, long ordinal, int epoch) {
    /** The size of the header in bytes. */
    public static final int SIZE = 80;

    static final Bytes MAGIC = Bytes.hex("8943524e0d0a1a0a");
    static final Bytes END_MAGIC = Bytes.utf8("CRN-END\n");
    static final int MAJOR = 1;
    static final int MINOR = 0;
    static final int SUITE_COBBLESTONE_256 = 1;
    static final int LENGTH_AT = 16;

    private static final int ZEROS = 12;

    /** Checks what a writer may put into a header. */
    public EnvelopeHeader {
        if (!validOrdinal(kind, ordinal)) {
            throw new IllegalArgumentException("ordinal " + ordinal + " of a file of kind " + kind);
        }
        if (!validEpoch(kind, epoch)) {
            throw new IllegalArgumentException("epoch " + epoch + " of a file of kind " + kind);
        }
    }

    static boolean validOrdinal(FileKind kind, long ordinal) {
        return ordinal >= 1 && ordinal <= (kind.numbered() ? Limits.ORDINAL_MAX : Limits.NUMBER_MAX);
    }

    static boolean validEpoch(FileKind kind, int epoch) {
        return kind == FileKind.MEMBER_ENTRY ? epoch == 0 : epoch >= 1 && epoch <= Limits.EPOCHS_MAX;
    }

    /** Whether {@code bytes}, the first eight or more of a file, begin as a Cairn file does. */
    public static boolean hasMagic(Bytes bytes) {
        return bytes.startsWith(MAGIC);
    }

    Bytes encode() {
        return new ByteWriter(SIZE)
                .bytes(MAGIC)
                .u8(kind.code())
                .u8(MAJOR)
                .u8(minor)
                .u8(SUITE_COBBLESTONE_256)
                .u32(SIZE)
                .u64(length)
                .bytes(space.bytes())
                .bytes(writer.bytes())
                .u64(ordinal)
                .u32(epoch)
                .zeros(ZEROS)
                .toBytes();
    }
}
