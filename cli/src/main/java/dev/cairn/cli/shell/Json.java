package dev.cairn.cli.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/** JSON in and out: plain maps, lists, strings, numbers, booleans and null. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** The value in one line. */
    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("not a plain value: " + bug.getOriginalMessage(), bug);
        }
    }

    /** The value for people: objects and arrays over several lines. */
    public static String pretty(@Nullable Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("not a plain value: " + bug.getOriginalMessage(), bug);
        }
    }

    /** The value of one JSON document, or a usage failure with a hint. */
    public static @Nullable Object read(String json) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException malformed) {
            String quoted = write(json);
            throw Failure.usage("not JSON: " + shortened(json) + ": for a string write '" + shortened(quoted) + "'");
        }
    }

    private static String shortened(String text) {
        String line = Printable.line(text);
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
}
