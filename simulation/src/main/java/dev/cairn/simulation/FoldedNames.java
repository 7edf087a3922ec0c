package dev.cairn.simulation;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names of files which exist, where two names that differ in case or in Unicode form only are the same. */
final class FoldedNames {

    private final Map<String, String> spellings = new HashMap<>();

    /** Notes that a file of this spelling exists or does not. */
    void set(String path, boolean exists) {
        if (exists) {
            spellings.putIfAbsent(fold(path), path);
        } else {
            spellings.remove(fold(path), path);
        }
    }

    /** Whether the same name exists in another spelling. */
    boolean clash(String path) {
        return !spellings.getOrDefault(fold(path), path).equals(path);
    }

    private static String fold(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
