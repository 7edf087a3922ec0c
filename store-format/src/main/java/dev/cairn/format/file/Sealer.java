package dev.cairn.format.file;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.Cobblestone;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.HedgedSalt;
import java.util.List;

/**
 * Seals the files of one writer under one epoch key: compress, pad, encrypt, frame.
 *
 * <p>Thread-safe if its salt's random generator is. A file above the limit of its kind is a bug of the caller and
 * throws {@link IllegalArgumentException}.
 */
public final class Sealer {
    private final SpaceId space;
    private final WriterId writer;
    private final EpochKey key;
    private final HedgedSalt salt;
    private final Compression compression;
    private final Padding padding;

    private Sealer(
            SpaceId space, WriterId writer, EpochKey key, HedgedSalt salt, Compression compression, Padding padding) {
        this.space = space;
        this.writer = writer;
        this.key = key;
        this.salt = salt;
        this.compression = compression;
        this.padding = padding;
    }

    /** A sealer which deflates and pads. */
    public static Sealer of(SpaceId space, WriterId writer, EpochKey key, HedgedSalt salt) {
        return new Sealer(space, writer, key, salt, Compression.DEFLATE, Padding.PADME);
    }

    /** The same with another padding. */
    public Sealer with(Padding other) {
        return new Sealer(space, writer, key, salt, compression, other);
    }

    /** The same with another compression. */
    public Sealer with(Compression other) {
        return new Sealer(space, writer, key, salt, other, padding);
    }

    /** The space of the files. */
    public SpaceId space() {
        return space;
    }

    /** The writer of the files. */
    public WriterId writer() {
        return writer;
    }

    /** The file with {@code records}; {@code ordinal} is its running number, of a head its counter. */
    public SealedFile seal(FileKind kind, long ordinal, List<FileRecord> records) {
        Bytes content = frame(kind, ordinal, Payload.seal(records, compression, padding));
        return new SealedFile(writer, name(kind, ordinal, content), content);
    }

    private Bytes frame(FileKind kind, long ordinal, Bytes payload) {
        long size = Envelope.sealedSize(payload.size());
        if (size > kind.bytesMax()) {
            throw new IllegalArgumentException(
                    "a file of kind " + kind + " of " + size + " bytes, more than " + kind.bytesMax());
        }
        Bytes header =
                new EnvelopeHeader(kind, EnvelopeHeader.MINOR, size, space, writer, ordinal, key.epoch()).encode();
        Bytes fresh = salt.salt(header, payload);
        return Envelope.frame(header, Cobblestone.seal(key.inputKey(kind), header, fresh, payload));
    }

    private static FileName name(FileKind kind, long ordinal, Bytes content) {
        if (kind.numbered()) {
            return FileName.Numbered.of(kind, ordinal, content);
        }
        return kind.election() ? new FileName.Election(kind) : new FileName.HeadSlot((int) (ordinal & 1));
    }
}
