package dev.cairn.cli.shell;

/** Text of others made safe to print: names and messages come from other devices and must not move the cursor. */
public final class Printable {
    private Printable() {}

    /** The text in one line, with every control and bidirectional-override character written as an escape. */
    public static String line(String text) {
        if (text.codePoints().noneMatch(Printable::isUnsafe)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
    }

    /** The end of a text: its last {@code length} code points in one line, with {@code ...} when there was more. */
    public static String tail(String text, int length) {
        int points = text.codePointCount(0, text.length());
        if (points <= length) {
            return line(text);
        }
        return "..." + line(text.substring(text.offsetByCodePoints(text.length(), -(length - 3))));
    }

    private static void append(StringBuilder safe, int point) {
        switch (point) {
            case '\n' -> safe.append("\\n");
            case '\t' -> safe.append("\\t");
            case '\r' -> safe.append("\\r");
            default -> {
                if (isUnsafe(point)) {
                    safe.append(String.format("\\u%04x", point));
                } else {
                    safe.appendCodePoint(point);
                }
            }
        }
    }

    private static boolean isUnsafe(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
