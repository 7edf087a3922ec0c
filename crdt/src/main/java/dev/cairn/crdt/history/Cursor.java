package dev.cairn.crdt.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A place in a text or a list which stays with what is around it while anybody edits: next to one character or element,
 * and where that was once it is deleted.
 *
 * <p>A value for the same document on every device; {@link #toString} and {@link #parse} keep it.
 *
 * @param document the document
 * @param place the rest, which only the engine reads; read-only
 */
public record Cursor(String document, ByteBuffer place) {
    /** To which side a cursor clings when something is inserted right where it is. */
    public enum Side {
        /** It stays behind the character or element before it. */
        LEFT,
        /** It stays before the character or element behind it. */
        RIGHT
    }

    public Cursor {
        ByteBuffer copy = ByteBuffer.allocate(place.remaining());
        copy.put(place.duplicate()).flip();
        place = copy.asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer place() {
        return place.duplicate();
    }

    /** Returns one word of letters, digits, '-', '_' and '.', which {@link #parse} reads. */
    @Override
    public String toString() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        byte[] bytes = new byte[place.remaining()];
        place().get(bytes);
        return encoder.encodeToString(document.getBytes(StandardCharsets.UTF_8)) + "." + encoder.encodeToString(bytes);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if the text is no cursor
     */
    public static Cursor parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("not a cursor: " + text);
        }
        Base64.Decoder decoder = Base64.getUrlDecoder();
        String document = new String(decoder.decode(text.substring(0, dot)), StandardCharsets.UTF_8);
        Cursor cursor = new Cursor(document, ByteBuffer.wrap(decoder.decode(text.substring(dot + 1))));
        if (!cursor.toString().equals(text)) {
            throw new IllegalArgumentException("not a cursor: " + text);
        }
        return cursor;
    }
}
