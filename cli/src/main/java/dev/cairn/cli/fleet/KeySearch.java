package dev.cairn.cli.fleet;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for the bytes of devices' key files in what lies in a folder, raw, in hexadecimal and in Base64.
 *
 * <p>Any 24 bytes in a row count: half of what a key has would be found, and the ids which are in the open, of 16
 * bytes, are not.
 */
final class KeySearch {
    private static final int WINDOW = 24;

    private static final BitSet HEX = setOf("0123456789abcdef");
    private static final BitSet BASE64 = setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

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
                if (!again && (inAnyForm(content) || inAnyForm(Bytes.utf8(file.toString())))) {
                    lines.add("bytes of a key can be read in " + file);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot search " + folder, e);
        }
    }

    private boolean inAnyForm(Bytes content) {
        return holds(content) || holdsInHex(content) || holdsInBase64(content);
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
        return anyRun(text, HEX, 2 * WINDOW, digits -> holdsDigits(digits) || holdsDigits(digits.substring(1)));
    }

    private boolean holdsDigits(String digits) {
        return holds(Bytes.owning(HexFormat.of().parseHex(digits.substring(0, digits.length() & ~1))));
    }

    /** Letters in a row, of either alphabet, are read as bytes from each place in a group of four. */
    private boolean holdsInBase64(Bytes content) {
        String text = new String(content.toArray(), StandardCharsets.ISO_8859_1)
                .replace('-', '+')
                .replace('_', '/');
        return anyRun(
                text,
                BASE64,
                WINDOW * 4 / 3,
                letters -> IntStream.range(0, 4).mapToObj(letters::substring).anyMatch(this::holdsLetters));
    }

    private boolean holdsLetters(String letters) {
        return holds(Bytes.owning(Base64.getDecoder().decode(letters.substring(0, letters.length() & ~3))));
    }

    /** Whether any longest row of these characters passes a test, of those which are long enough. */
    private static boolean anyRun(String text, BitSet characters, int least, Predicate<String> test) {
        int from = 0;
        for (int to = 0; to <= text.length(); to++) {
            if (to == text.length() || !characters.get(text.charAt(to))) {
                if (to - from >= least && test.test(text.substring(from, to))) {
                    return true;
                }
                from = to + 1;
            }
        }
        return false;
    }

    private static BitSet setOf(String characters) {
        BitSet set = new BitSet();
        characters.chars().forEach(set::set);
        return set;
    }
}
