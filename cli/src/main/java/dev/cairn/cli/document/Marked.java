package dev.cairn.cli.document;

import dev.cairn.cli.shell.Json;
import dev.cairn.crdt.view.Mark;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Marks on texts in words and as plain values. */
public final class Marked {
    private Marked() {}

    /** The mark for programs; where it is in UTF-16 code units. */
    public static Map<String, @Nullable Object> plain(Mark mark) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("start", mark.start());
        plain.put("end", mark.end());
        plain.put("key", mark.key());
        plain.put("value", Plain.of(mark.value()));
        return plain;
    }

    /** The mark for people, with what it is on. */
    public static String line(Mark mark, String text) {
        return mark.start() + "-" + mark.end() + "  " + mark.key() + ": " + Json.write(Plain.of(mark.value())) + "  "
                + Json.write(text.substring(mark.start(), mark.end()));
    }
}
