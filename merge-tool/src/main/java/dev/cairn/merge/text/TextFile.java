package dev.cairn.merge.text;

import dev.cairn.format.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a text file as lines and style.
 *
 * @param encoding how characters are written
 * @param ending the line end most lines have
 * @param lines the lines without their ends; an empty file has none
 * @param ends the end of each line as it was written; the last may be empty
 */
public record TextFile(Encoding encoding, LineEnding ending, List<String> lines, List<String> ends) {
    public TextFile {
        lines = List.copyOf(lines);
        ends = List.copyOf(ends);
        if (lines.size() != ends.size()) {
            throw new IllegalArgumentException(lines.size() + " lines with " + ends.size() + " ends");
        }
    }

    /** Reads a file; nothing if it is no text. */
    public static Optional<TextFile> of(Bytes file) {
        return Encoding.decode(file).map(decoded -> split(decoded.encoding(), decoded.text()));
    }

    private static TextFile split(Encoding encoding, String text) {
        boolean carriage = text.indexOf('\n') < 0;
        List<String> lines = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int stop = text.indexOf(carriage ? '\r' : '\n', start);
            int next = stop < 0 ? text.length() : stop + 1;
            int end = stop < 0 ? text.length() : stop;
            if (!carriage && stop > start && text.charAt(stop - 1) == '\r') {
                end--;
            }
            lines.add(text.substring(start, end));
            ends.add(text.substring(end, next));
            start = next;
        }
        return new TextFile(encoding, LineEnding.mostOf(ends), lines, ends);
    }

    /** Whether the last line has no end. */
    boolean endsOpen() {
        return !ends.isEmpty() && ends.get(ends.size() - 1).isEmpty();
    }

    /** Whether every line but an open last one ends alike. */
    boolean isUniform() {
        return ends.stream().allMatch(end -> end.isEmpty() || end.equals(ending.text()));
    }

    /** The file again, byte for byte. */
    Bytes bytes() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(lines.get(i)).append(ends.get(i));
        }
        return encoding.encode(text.toString()).orElseThrow();
    }
}
