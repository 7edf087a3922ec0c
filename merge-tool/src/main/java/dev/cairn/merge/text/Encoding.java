package dev.cairn.merge.text;

import dev.cairn.format.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How the characters of a text file are written, with or without a byte order mark. */
@SuppressWarnings("ImmutableEnumChecker") // bytes never change
public enum Encoding {
    /** UTF-8, which is also plain ASCII. */
    UTF_8(StandardCharsets.UTF_8, Bytes.empty()),
    /** UTF-8 behind a byte order mark. */
    UTF_8_MARKED(StandardCharsets.UTF_8, Bytes.of(0xEF, 0xBB, 0xBF)),
    /** UTF-16, little end first, behind a byte order mark. */
    UTF_16_LITTLE(StandardCharsets.UTF_16LE, Bytes.of(0xFF, 0xFE)),
    /** UTF-16, big end first, behind a byte order mark. */
    UTF_16_BIG(StandardCharsets.UTF_16BE, Bytes.of(0xFE, 0xFF)),
    /** One byte a character: whatever is no UTF-8 and has no control characters; every byte survives. */
    LATIN_1(StandardCharsets.ISO_8859_1, Bytes.empty());

    private final Charset charset;

    @SuppressWarnings("ImmutableEnumChecker") // Bytes is immutable, but no annotation says so
    private final Bytes mark;

    Encoding(Charset charset, Bytes mark) {
        this.charset = charset;
        this.mark = mark;
    }

    /** The encoding of a file's bytes and its characters; nothing for what is not text. */
    static Optional<Decoded> decode(Bytes file) {
        for (Encoding marked : new Encoding[] {UTF_8_MARKED, UTF_16_LITTLE, UTF_16_BIG}) {
            if (file.startsWith(marked.mark)) {
                return marked.text(file.slice(marked.mark.size())).map(text -> new Decoded(marked, text));
            }
        }
        return UTF_8.text(file)
                .map(text -> new Decoded(UTF_8, text))
                .or(() -> LATIN_1.text(file).map(text -> new Decoded(LATIN_1, text)));
    }

    private Optional<String> text(Bytes content) {
        try {
            CharBuffer decoded = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(content.asByteBuffer());
            return Optional.of(decoded.toString()).filter(text -> text.chars().noneMatch(this::isBinary));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Control characters that no editor writes: a file with them is an image, an archive or the like. */
    private boolean isBinary(int character) {
        return character == 0 || (this == LATIN_1 && character < ' ' && "\t\n\r\f\u001b".indexOf(character) < 0);
    }

    /** The bytes of a text; nothing if some character cannot be written so. */
    Optional<Bytes> encode(String text) {
        try {
            ByteBuffer content = charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            return Optional.of(Bytes.concat(mark, Bytes.copyOf(content)));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Characters with the way they were written. */
    record Decoded(Encoding encoding, String text) {}
}
