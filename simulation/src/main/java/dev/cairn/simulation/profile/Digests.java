package dev.cairn.simulation.profile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes which tools build names from. */
final class Digests {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SHORT_ID_LENGTH = 7;

    private Digests() {}

    static String sha256Hex(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    /** Seven characters like those with which Syncthing names a device. */
    static String shortId(String device) {
        byte[] hash = sha256(device);
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < SHORT_ID_LENGTH; i++) {
            id.append(BASE32.charAt(hash[i] & 31));
        }
        return id.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
