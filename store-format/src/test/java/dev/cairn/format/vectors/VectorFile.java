package dev.cairn.format.vectors;

import dev.cairn.format.Bytes;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One test vector as a text: lines {@code name: value}, an empty line, and the bytes in base64.
 *
 * @param path below the directory of vectors, without the ending
 * @param fields in their order; {@code description}, {@code read} and {@code expect} are always there
 */
public record VectorFile(String path, Map<String, String> fields, Bytes payload) {
    private static final String FIRST_LINE = "cairn test vector 1";
    private static final int LINE_LENGTH = 96;

    /** The value of a field which must be there. */
    public String field(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(path + " has no field " + name);
        }
        return value;
    }

    /** The whole text. */
    public String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        fields.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        text.append('\n');
        String base64 = Base64.getEncoder().encodeToString(payload.toArray());
        for (int at = 0; at < base64.length(); at += LINE_LENGTH) {
            text.append(base64, at, Math.min(base64.length(), at + LINE_LENGTH)).append('\n');
        }
        return text.toString();
    }

    /** The vector in {@code text}. */
    public static VectorFile parse(String path, String text) {
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(FIRST_LINE)) {
            throw new IllegalArgumentException(path + " does not begin with \"" + FIRST_LINE + "\"");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        int line = 1;
        for (; !lines[line].isEmpty(); line++) {
            int colon = lines[line].indexOf(": ");
            fields.put(lines[line].substring(0, colon), lines[line].substring(colon + 2));
        }
        StringBuilder base64 = new StringBuilder();
        for (; line < lines.length; line++) {
            base64.append(lines[line]);
        }
        return new VectorFile(path, fields, Bytes.owning(Base64.getDecoder().decode(base64.toString())));
    }
}
