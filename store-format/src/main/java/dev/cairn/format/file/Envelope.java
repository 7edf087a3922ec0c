package dev.cairn.format.file;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.Cobblestone;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.file.ReadOutcome.Defect;
import dev.cairn.format.file.ReadOutcome.Incomplete;
import dev.cairn.format.file.ReadOutcome.Need;
import dev.cairn.format.file.ReadOutcome.NotOurs;
import dev.cairn.format.file.ReadOutcome.Refused;
import dev.cairn.format.file.ReadOutcome.TooNew;
import dev.cairn.format.file.ReadOutcome.Verified;
import dev.cairn.format.file.ReadOutcome.Waiting;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * The frame of every file: header, encrypted payload, trailer.
 *
 * <pre>
 * 0    header (80 bytes)      80   salt 24 | commitment 32      136  chunks of AES-256-GCM
 * end-48   SHA-256 of all bytes before | u64 length of the file | end magic
 * </pre>
 *
 * Reading checks in the order of SPEC section "Reader": is it ours, is it whole, can this version read it, is it of
 * this space, is there a key, does it decrypt, does it unpack.
 */
public final class Envelope {
    static final int TRAILER_SIZE = 48;

    private static final int DIGEST_SIZE = 32;
    private static final int PREFIX_SIZE = Cobblestone.SALT_SIZE + Cobblestone.COMMITMENT_SIZE;

    /** The smallest size of a file in bytes: one empty chunk. */
    public static final int BYTES_MIN = EnvelopeHeader.SIZE + PREFIX_SIZE + Cobblestone.TAG_SIZE + TRAILER_SIZE;

    private Envelope() {}

    static long sealedSize(int payloadSize) {
        return EnvelopeHeader.SIZE + Cobblestone.sealedSize(payloadSize) + TRAILER_SIZE;
    }

    static Bytes frame(Bytes header, Bytes message) {
        Bytes body = Bytes.concat(header, message);
        return new ByteWriter(body.size() + TRAILER_SIZE)
                .bytes(body)
                .bytes(body.sha256())
                .u64(body.size() + TRAILER_SIZE)
                .bytes(EnvelopeHeader.END_MAGIC)
                .toBytes();
    }

    /**
     * The header which a whole file claims to have, and its digest, without any key.
     *
     * <p>Together they identify the file wherever it lies. The outcome is never {@code Waiting}.
     */
    public static ReadOutcome<Identity> inspect(Bytes file) {
        int magic = Math.min(file.size(), EnvelopeHeader.MAGIC.size());
        if (magic == 0 || !file.slice(0, magic).equals(EnvelopeHeader.MAGIC.slice(0, magic))) {
            return new NotOurs<>();
        }
        return whole(file).then(digest -> {
            try {
                return header(file).then(header -> new Verified<>(new Identity(header, digest)));
            } catch (MalformedException e) {
                return new Refused<>(Refusal.MALFORMED, String.valueOf(e.getMessage()));
            }
        });
    }

    /** The records of {@code file} if it is a whole file of {@code space} and one of {@code keys} opens it. */
    public static ReadOutcome<OpenedFile> open(Bytes file, SpaceId space, KeyRing keys) {
        return inspect(file).then(identity -> decrypt(file, identity, space, keys));
    }

    /** The same, refusing files of any other kind than {@code kind}. */
    public static ReadOutcome<OpenedFile> open(Bytes file, FileKind kind, SpaceId space, KeyRing keys) {
        return inspect(file).then(identity -> {
            EnvelopeHeader header = identity.header();
            return header.kind() == kind || !header.space().equals(space)
                    ? decrypt(file, identity, space, keys)
                    : new Refused<>(Refusal.WRONG_KIND, "found " + header.kind() + ", expected " + kind);
        });
    }

    /** The digest of {@code file} if it is whole. */
    private static ReadOutcome<Bytes> whole(Bytes file) {
        if (file.size() < BYTES_MIN) {
            return new Incomplete<>(Defect.TOO_SHORT);
        }
        if (file.getLong(EnvelopeHeader.LENGTH_AT) != file.size()) {
            return new Incomplete<>(Defect.LENGTH_DIFFERS);
        }
        int trailer = file.size() - TRAILER_SIZE;
        boolean ended = file.slice(trailer + DIGEST_SIZE + Long.BYTES).equals(EnvelopeHeader.END_MAGIC)
                && file.getLong(trailer + DIGEST_SIZE) == file.size();
        return ended ? digests(file, trailer) : new Incomplete<>(Defect.NO_END);
    }

    /** Hashes the file once for both of its digests, the one in the trailer and the one of the whole. */
    private static ReadOutcome<Bytes> digests(Bytes file, int trailer) {
        MessageDigest sha256 = Bytes.newSha256();
        file.slice(0, trailer).updateTo(sha256);
        MessageDigest whole = copy(sha256);
        if (!Bytes.owning(sha256.digest()).equals(file.slice(trailer, trailer + DIGEST_SIZE))) {
            return new Incomplete<>(Defect.DIGEST_DIFFERS);
        }
        file.slice(trailer).updateTo(whole);
        return new Verified<>(Bytes.owning(whole.digest()));
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this Java platform cannot be copied", e);
        }
    }

    private static ReadOutcome<EnvelopeHeader> header(Bytes file) throws MalformedException {
        int major = file.unsigned(9);
        int suite = file.unsigned(11);
        Optional<FileKind> kind = FileKind.ofCode(file.unsigned(8));
        if (major == 0 || suite == 0) {
            throw new MalformedException("version " + major + ", suite " + suite);
        }
        if (major > EnvelopeHeader.MAJOR || suite != EnvelopeHeader.SUITE_COBBLESTONE_256 || kind.isEmpty()) {
            return new TooNew<>("version " + major + ", suite " + suite + ", kind " + file.unsigned(8));
        }
        if (file.size() > kind.get().bytesMax()) {
            return new Refused<>(
                    Refusal.TOO_LARGE,
                    file.size() + " bytes, a " + kind.get() + " has at most "
                            + kind.get().bytesMax());
        }
        return new Verified<>(header(file, kind.get()));
    }

    private static EnvelopeHeader header(Bytes file, FileKind kind) throws MalformedException {
        long ordinal = file.getLong(56);
        int epoch = file.getInt(64);
        if (file.getInt(12) != EnvelopeHeader.SIZE) {
            throw new MalformedException("header length " + file.getInt(12));
        }
        if (file.getInt(68) != 0 || file.getLong(72) != 0) {
            throw new MalformedException("the last bytes of the header are not zero");
        }
        if (!EnvelopeHeader.validOrdinal(kind, ordinal)) {
            throw new MalformedException("ordinal " + ordinal);
        }
        if (!EnvelopeHeader.validEpoch(kind, epoch)) {
            throw new MalformedException("epoch " + epoch + " of a " + kind);
        }
        SpaceId space = SpaceId.of(file.slice(24, 40));
        WriterId writer = WriterId.of(file.slice(40, 56));
        return new EnvelopeHeader(kind, file.unsigned(10), file.size(), space, writer, ordinal, epoch);
    }

    private static ReadOutcome<OpenedFile> decrypt(Bytes file, Identity identity, SpaceId space, KeyRing keys) {
        EnvelopeHeader header = identity.header();
        if (!header.space().equals(space)) {
            return new Refused<>(Refusal.FOREIGN_SPACE, "space " + header.space());
        }
        List<EpochKey> candidates = keys.keys(header.epoch());
        if (candidates.isEmpty()) {
            return new Waiting<>(new Need.Key(header.epoch()));
        }
        Bytes context = file.slice(0, EnvelopeHeader.SIZE);
        Bytes message = file.slice(EnvelopeHeader.SIZE, file.size() - TRAILER_SIZE);
        for (EpochKey key : candidates) {
            if (Cobblestone.committed(key.inputKey(header.kind()), context, message)) {
                return Cobblestone.open(key.inputKey(header.kind()), context, message)
                        .map(payload -> unpack(identity, payload))
                        .orElseGet(() -> new Refused<>(Refusal.TAMPERED, "the encryption's tag does not fit"));
            }
        }
        return new Refused<>(Refusal.WRONG_KEY, "epoch " + header.epoch());
    }

    private static ReadOutcome<OpenedFile> unpack(Identity identity, Bytes payload) {
        try {
            return new Verified<>(new OpenedFile(identity.header(), identity.digest(), payload, Payload.open(payload)));
        } catch (MalformedException e) {
            return new Refused<>(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        } catch (BombException e) {
            return new Refused<>(Refusal.DECOMPRESSION_BOMB, String.valueOf(e.getMessage()));
        } catch (TooNewException e) {
            return new TooNew<>(String.valueOf(e.getMessage()));
        }
    }

    /**
     * What a file is, wherever it lies and whatever its name: two files with one identity are copies.
     *
     * @param header what it claims, authenticated only when the file was opened
     * @param digest the SHA-256 of the whole file
     */
    public record Identity(EnvelopeHeader header, Bytes digest) {}
}
