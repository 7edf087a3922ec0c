package dev.cairn.cli.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.type.MapType;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON in and out: plain maps, lists, strings, numbers, booleans and null. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule().setSerializerModifier(new Sorting()))
            .build();

    private Json() {}

    /** Writes the entries of a {@link Map#of} by key: their order is another one in each process. */
    private static final class Sorting extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifyMapSerializer(
                SerializationConfig config, MapType type, BeanDescription description, JsonSerializer<?> serializer) {
            boolean unordered = type.getRawClass().getName().startsWith("java.util.ImmutableCollections$");
            return unordered ? new ByKey() : serializer;
        }
    }

    private static final class ByKey extends JsonSerializer<Map<?, ?>> {
        @Override
        public void serialize(Map<?, ?> map, JsonGenerator json, SerializerProvider serializers) throws IOException {
            serializers.defaultSerializeValue(new TreeMap<Object, Object>(map), json);
        }
    }

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
