package dev.cairn.merge.text;

import java.util.List;

/** What ends a line. */
public enum LineEnding {
    /** A line feed, as on Unix. */
    LF("\n"),
    /** A carriage return and a line feed, as on Windows. */
    CRLF("\r\n"),
    /** A carriage return alone, as on the first Macintosh. */
    CR("\r");

    private final String text;

    LineEnding(String text) {
        this.text = text;
    }

    /** The characters. */
    String text() {
        return text;
    }

    /** The ending which most of the ends are; a line feed when there are none. */
    static LineEnding mostOf(List<String> ends) {
        LineEnding most = LF;
        long count = 0;
        for (LineEnding ending : values()) {
            long found = ends.stream().filter(ending.text::equals).count();
            if (found > count) {
                most = ending;
                count = found;
            }
        }
        return most;
    }
}
