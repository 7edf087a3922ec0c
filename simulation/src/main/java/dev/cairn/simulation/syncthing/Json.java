package dev.cairn.simulation.syncthing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reader of the JSON which the daemons answer: objects, lists, strings, numbers, and words as they are written. */
final class Json {

    private static final int DEPTH_MAX = 64;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if {@code text} is anything else
     */
    static Map<String, Object> object(String text) {
        Json reader = new Json(text);
        reader.skipSpace();
        Map<String, Object> object = reader.readObject(0);
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw reader.unexpected();
        }
        return object;
    }

    private Object readValue(int depth) {
        if (depth > DEPTH_MAX) {
            throw unexpected();
        }
        return switch (peek()) {
            case '{' -> readObject(depth);
            case '[' -> readList(depth);
            case '"' -> readString();
            default -> readWord();
        };
    }

    private Map<String, Object> readObject(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        expect('{');
        for (boolean more = !skip('}'); more; more = moreUntil('}')) {
            skipSpace();
            String key = readString();
            skipSpace();
            expect(':');
            skipSpace();
            object.put(key, readValue(depth + 1));
        }
        return object;
    }

    private List<Object> readList(int depth) {
        List<Object> list = new ArrayList<>();
        expect('[');
        for (boolean more = !skip(']'); more; more = moreUntil(']')) {
            skipSpace();
            list.add(readValue(depth + 1));
        }
        return list;
    }

    private String readString() {
        StringBuilder string = new StringBuilder();
        expect('"');
        for (char next = next(); next != '"'; next = next()) {
            string.append(next == '\\' ? readEscape() : next);
        }
        return string.toString();
    }

    private char readEscape() {
        char escaped = next();
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> escaped;
        };
    }

    private String readWord() {
        int start = at;
        while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0 && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
        return text.substring(start, at);
    }

    private boolean moreUntil(char end) {
        skipSpace();
        if (skip(',')) {
            return true;
        }
        expect(end);
        return false;
    }

    private boolean skip(char wanted) {
        skipSpace();
        if (peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw unexpected();
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private char next() {
        char next = peek();
        at++;
        return next;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("not the JSON we expect, at " + at + " of " + text);
    }
}
