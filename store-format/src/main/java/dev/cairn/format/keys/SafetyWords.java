package dev.cairn.format.keys;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Six words which two people compare before one lets the other in.
 *
 * <p>They are the first 66 bits of SHA-256("cairn/v1/safety-words" || inviting device || joining device || invite), 11
 * for each word of the list of BIP 39. Equal words on both screens mean that nobody put another device between them.
 */
public record SafetyWords(List<String> words) {
    /** How many words there are. */
    public static final int COUNT = 6;

    private static final int BITS_PER_WORD = 11;
    private static final Bytes LABEL = Bytes.utf8("cairn/v1/safety-words");
    private static final List<String> LIST = readList();

    /** Checks the number of words. */
    public SafetyWords {
        words = List.copyOf(words);
        if (words.size() != COUNT) {
            throw new IllegalArgumentException(words.size() + " safety words instead of " + COUNT);
        }
    }

    /** The words for one joining. */
    public static SafetyWords of(DeviceId inviting, DeviceId joining, InviteId invite) {
        Bytes digest = Bytes.concat(LABEL, inviting.bytes(), joining.bytes(), invite.bytes())
                .sha256();
        List<String> words = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            int firstBit = i * BITS_PER_WORD;
            int aligned = digest.getInt(firstBit / 8) << (firstBit % 8);
            words.add(LIST.get(aligned >>> (Integer.SIZE - BITS_PER_WORD)));
        }
        return new SafetyWords(words);
    }

    /** All 2,048 words, in order. */
    static List<String> list() {
        return LIST;
    }

    private static List<String> readList() {
        try (InputStream in = SafetyWords.class.getResourceAsStream("safety-words.txt")) {
            if (in == null) {
                throw new IllegalStateException("the resource safety-words.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading safety-words.txt", e);
        }
    }

    /** The words with a space between them. */
    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
