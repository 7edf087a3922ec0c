package dev.cairn.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of a file, shared by all devices that have it, and never changed. */
final class Content implements Comparable<Content> {

    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    static Content read(Path file) throws IOException {
        return new Content(Files.readAllBytes(file));
    }

    int size() {
        return bytes.length;
    }

    boolean sameAs(Content other) {
        return Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int compareTo(Content other) {
        return Arrays.compare(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that && sameAs(that);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Writes the first {@code length} bytes, replacing what the file held. */
    void write(Path file, int length) throws IOException {
        Files.write(file, length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
