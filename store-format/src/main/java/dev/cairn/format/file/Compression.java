package dev.cairn.format.file;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How the records of a file are made smaller before they are encrypted; one compressor per file, never two writers'
 * data.
 */
public enum Compression {
    /** Not at all. */
    NONE(0),
    /** Raw Deflate (RFC 1951). */
    DEFLATE(1);

    /** Number 2 is reserved for Zstandard (RFC 8878). */
    private static final int LEVEL = 6;

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    Bytes compress(Bytes raw) {
        return this == NONE ? raw : deflate(raw.toArray());
    }

    private static Bytes deflate(byte[] raw) {
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(raw);
            deflater.finish();
            byte[] out = new byte[Math.max(64, raw.length / 2)];
            int size = 0;
            while (!deflater.finished()) {
                if (size == out.length) {
                    out = Arrays.copyOf(out, 2 * out.length);
                }
                size += deflater.deflate(out, size, out.length - size);
            }
            return Bytes.copyOf(out, 0, size);
        } finally {
            deflater.end();
        }
    }

    /** Exactly {@code rawSize} bytes from {@code stored}; more or fewer are refused. */
    Bytes decompress(Bytes stored, int rawSize) throws MalformedException, BombException {
        if (this == NONE) {
            if (stored.size() != rawSize) {
                throw new MalformedException(stored.size() + " bytes stored, " + rawSize + " declared");
            }
            return stored;
        }
        if (rawSize > (long) Limits.COMPRESSION_RATIO_MAX * stored.size()) {
            throw new BombException(rawSize + " bytes declared for " + stored.size());
        }
        return inflate(stored.toArray(), rawSize);
    }

    private static Bytes inflate(byte[] stored, int rawSize) throws MalformedException, BombException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stored);
            byte[] raw = new byte[rawSize];
            int size = 0;
            while (size < rawSize) {
                int more = inflater.inflate(raw, size, rawSize - size);
                if (more == 0) {
                    throw new MalformedException("only " + size + " of " + rawSize + " declared bytes");
                }
                size += more;
            }
            if (inflater.inflate(new byte[1]) != 0) {
                throw new BombException("more than the " + rawSize + " bytes declared");
            }
            if (!inflater.finished() || inflater.getRemaining() != 0) {
                throw new MalformedException("the compressed bytes do not end where they should");
            }
            return Bytes.owning(raw);
        } catch (DataFormatException e) {
            throw new MalformedException("the compressed bytes are damaged");
        } finally {
            inflater.end();
        }
    }
}
