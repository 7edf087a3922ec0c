package dev.cairn.format.vectors;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.crypto.Cobblestone;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Hkdf;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.log.Fixture;
import java.util.function.UnaryOperator;

/**
 * A file put together from SPEC byte by byte, without the writers under test, so that any rule can be broken.
 *
 * <p>Header, payload and the frame can each be changed before the next layer is laid around it.
 */
final class RawFile {
    static final EpochKey KEY = Fixture.EPOCH;
    private static final Bytes MAGIC = Bytes.hex("8943524e0d0a1a0a");
    private static final Bytes END = Bytes.utf8("CRN-END\n");
    private static final Bytes SALT = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7");

    private int kind = 1;
    private long ordinal = 1;
    private int epoch = 1;
    private Bytes payload = payload(Bytes.empty(), 0);
    private UnaryOperator<Bytes> header = bytes -> bytes;
    private UnaryOperator<Bytes> message = bytes -> bytes;
    private UnaryOperator<Bytes> afterSealing = bytes -> bytes;
    private UnaryOperator<Bytes> file = bytes -> bytes;

    static RawFile segment(Bytes... records) {
        return new RawFile().payload(payload(Bytes.concat(records), 1024));
    }

    static RawFile of(int kind, Bytes... records) {
        RawFile raw = segment(records);
        raw.kind = kind;
        return raw;
    }

    static RawFile head(long counter, Bytes... records) {
        RawFile raw = segment(records);
        raw.kind = 2;
        raw.ordinal = counter;
        return raw;
    }

    static RawFile of(FileKind kind, long number, Bytes... records) {
        RawFile raw = segment(records);
        raw.kind = kind.code();
        raw.ordinal = number;
        return raw;
    }

    RawFile payload(Bytes bytes) {
        payload = bytes;
        return this;
    }

    RawFile epoch(int number) {
        epoch = number;
        return this;
    }

    RawFile ordinal(long number) {
        ordinal = number;
        return this;
    }

    /** Changes the header before it is bound to the encryption. */
    RawFile header(int at, String hex) {
        header = bytes -> replace(bytes, at, Bytes.hex(hex));
        return this;
    }

    /** Changes header, salt, commitment and chunks after the encryption and before the trailer. */
    RawFile afterSealing(UnaryOperator<Bytes> change) {
        afterSealing = change;
        return this;
    }

    /** Changes salt, commitment and chunks. */
    RawFile message(UnaryOperator<Bytes> change) {
        message = change;
        return this;
    }

    /** Changes the finished file. */
    RawFile file(UnaryOperator<Bytes> change) {
        file = change;
        return this;
    }

    Bytes build() {
        long length = 80 + Cobblestone.sealedSize(payload.size()) + 48;
        Bytes plain = new ByteWriter()
                .bytes(MAGIC)
                .u8(kind)
                .u8(1)
                .u8(0)
                .u8(1)
                .u32(80)
                .u64(length)
                .bytes(Fixture.SPACE.bytes())
                .bytes(Fixture.WRITER.bytes())
                .u64(ordinal)
                .u32(epoch)
                .zeros(12)
                .toBytes();
        Bytes bound = header.apply(plain);
        Bytes sealed = message.apply(Cobblestone.seal(inputKey(), bound, SALT, payload));
        Bytes body = afterSealing.apply(Bytes.concat(withLength(bound, 128L + sealed.size(), length), sealed));
        return file.apply(new ByteWriter()
                .bytes(body)
                .bytes(body.sha256())
                .u64(body.size() + 48L)
                .bytes(END)
                .toBytes());
    }

    private static Bytes withLength(Bytes header, long actual, long bound) {
        return actual == bound
                ? header
                : replace(header, 16, new ByteWriter().u64(actual).toBytes());
    }

    private Secret inputKey() {
        return Hkdf.SHA256.derive(KEY.secret(), "cairn/v1/" + label(), 32);
    }

    /** A kind that there is not is sealed as a segment. */
    private String label() {
        return FileKind.ofCode(kind)
                .filter(known -> known != FileKind.SEGMENT)
                .map(FileKind::label)
                .orElse("segment");
    }

    static Bytes replace(Bytes bytes, int at, Bytes with) {
        byte[] array = bytes.toArray();
        with.copyTo(array, at < 0 ? array.length + at : at);
        return Bytes.owning(array);
    }

    static Bytes flip(Bytes bytes, int at) {
        int index = at < 0 ? bytes.size() + at : at;
        return replace(bytes, index, Bytes.of(bytes.get(index) ^ 0x20));
    }

    /** An uncompressed payload with zeros up to {@code size} bytes. */
    static Bytes payload(Bytes raw, int size) {
        return payload(0, raw.size(), raw, Math.max(0, size - 12 - raw.size()));
    }

    static Bytes payload(int compression, int rawLength, Bytes stored, int filling) {
        return new ByteWriter()
                .u8(compression)
                .zeros(3)
                .u32(rawLength)
                .u32(stored.size())
                .bytes(stored)
                .zeros(filling)
                .toBytes();
    }

    static Bytes record(int type, Bytes body) {
        return new ByteWriter().varint(body.size()).u8(type).bytes(body).toBytes();
    }
}
