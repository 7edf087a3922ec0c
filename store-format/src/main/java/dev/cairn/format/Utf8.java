package dev.cairn.format;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: no lone surrogates on writing, no malformed sequences on reading. */
public final class Utf8 {
    private Utf8() {}

    /** The bytes of {@code text}; a lone surrogate is refused with {@link IllegalArgumentException}. */
    public static Bytes encode(String text) {
        try {
            return Bytes.copyOf(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text with a lone surrogate", e);
        }
    }

    /** The text written in {@code bytes}. */
    public static String decode(Bytes bytes) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("a text which is not UTF-8");
        }
    }
}
