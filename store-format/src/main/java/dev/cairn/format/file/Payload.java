package dev.cairn.format.file;

import dev.cairn.format.ByteReader;
import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an envelope encrypts: {@code u8 compression | 3 zero | u32 raw length | u32 stored length | stored | zeros}.
 *
 * <p>The raw bytes are the records one after another.
 */
final class Payload {
    static final int PREFIX_SIZE = 12;

    private static final int RESERVED_SIZE = 3;
    private static final int ZSTD = 2;

    private Payload() {}

    static Bytes seal(List<FileRecord> records, Compression compression, Padding padding) {
        Bytes raw = encode(records);
        if (raw.size() > Limits.RAW_BYTES_MAX) {
            throw new IllegalArgumentException(raw.size() + " bytes of records, more than " + Limits.RAW_BYTES_MAX);
        }
        Bytes compressed = compression.compress(raw);
        boolean smaller = compressed.size() < raw.size();
        Bytes stored = smaller ? compressed : raw;
        Compression used = smaller ? compression : Compression.NONE;
        int size = PREFIX_SIZE + stored.size();
        int padded = padding.padded(size);
        return new ByteWriter(padded)
                .u8(used.code())
                .zeros(RESERVED_SIZE)
                .u32(raw.size())
                .u32(stored.size())
                .bytes(stored)
                .zeros(padded - size)
                .toBytes();
    }

    private static Bytes encode(List<FileRecord> records) {
        if (records.size() > Limits.RECORDS_MAX) {
            throw new IllegalArgumentException(records.size() + " records, more than " + Limits.RECORDS_MAX);
        }
        ByteWriter out = new ByteWriter();
        for (FileRecord record : records) {
            out.varint(record.body().size()).u8(record.type()).bytes(record.body());
        }
        return out.toBytes();
    }

    /** The records of {@code payload}. */
    static List<FileRecord> open(Bytes payload) throws MalformedException, BombException, TooNewException {
        return records(raw(payload));
    }

    static Bytes raw(Bytes payload) throws MalformedException, BombException, TooNewException {
        ByteReader reader = new ByteReader(payload);
        Compression compression = compression(reader.u8());
        for (int i = 0; i < RESERVED_SIZE; i++) {
            requireZero(reader.u8());
        }
        int rawSize = reader.u31();
        Bytes stored = reader.bytes(reader.u31());
        Bytes filling = reader.rest();
        for (int i = 0; i < filling.size(); i++) {
            requireZero(filling.get(i));
        }
        if (rawSize > Limits.RAW_BYTES_MAX) {
            throw new BombException(rawSize + " bytes declared, more than " + Limits.RAW_BYTES_MAX);
        }
        return compression.decompress(stored, rawSize);
    }

    private static List<FileRecord> records(Bytes raw) throws MalformedException {
        ByteReader reader = new ByteReader(raw);
        List<FileRecord> records = new ArrayList<>();
        while (reader.remaining() > 0) {
            if (records.size() == Limits.RECORDS_MAX) {
                throw new MalformedException("more than " + Limits.RECORDS_MAX + " records");
            }
            int length = reader.varint(Limits.RAW_BYTES_MAX);
            records.add(new FileRecord(reader.u8(), reader.bytes(length)));
        }
        return List.copyOf(records);
    }

    private static Compression compression(int code) throws TooNewException {
        for (Compression compression : Compression.values()) {
            if (compression.code() == code) {
                return compression;
            }
        }
        throw new TooNewException(code == ZSTD ? "compression zstd" : "compression " + code);
    }

    private static void requireZero(int value) throws MalformedException {
        if (value != 0) {
            throw new MalformedException("a byte which must be zero is " + (value & 0xff));
        }
    }
}
