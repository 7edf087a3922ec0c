package dev.cairn.cli.fleet;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for the bytes of devices' key files in what lies in a folder, raw and in hexadecimal.
 *
 * <p>Any 24 bytes in a row count: half of what a key has would be found, and the ids which are in the open, of 16
 * bytes, are not.
 */
final class KeySearch {
    private static final int WINDOW = 24;

    private final Set<String> windows = new HashSet<>();
    private final Set<Long> beginnings = new HashSet<>();
    private final Set<Bytes> searched = new HashSet<>();

    /** A search for the content of a key file. */
    void add(Bytes keys) {
        for (int i = 0; i + WINDOW <= keys.size(); i++) {
            Bytes window = keys.slice(i, i + WINDOW);
            windows.add(window.toHex());
            beginnings.add(window.getLong(0));
        }
    }

    /** The files which hold key bytes. */
    List<String> found(Path folder) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                Bytes content = Bytes.owning(Files.readAllBytes(file));
                boolean again = !searched.add(content.sha256());
                if (!again && (holds(content) || holdsInHex(content) || holdsInHex(Bytes.utf8(file.toString())))) {
                    lines.add("bytes of a key can be read in " + file);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot search " + folder, e);
        }
    }

    private boolean holds(Bytes content) {
        for (int i = 0; i + WINDOW <= content.size(); i++) {
            if (beginnings.contains(content.getLong(i))
                    && windows.contains(content.slice(i, i + WINDOW).toHex())) {
                return true;
            }
        }
        return false;
    }

    /** Digits in a row are read as bytes, from an even and from an odd place. */
    private boolean holdsInHex(Bytes content) {
        String text = new String(content.toArray(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int from = 0;
        for (int to = 0; to <= text.length(); to++) {
            if (to == text.length() || Character.digit(text.charAt(to), 16) < 0) {
                if (to - from >= 2 * WINDOW && (holdsDigits(text, from, to) || holdsDigits(text, from + 1, to))) {
                    return true;
                }
                from = to + 1;
            }
        }
        return false;
    }

    private boolean holdsDigits(String text, int from, int to) {
        int even = to - (to - from) % 2;
        return holds(Bytes.owning(HexFormat.of().parseHex(text.substring(from, even))));
    }
}
