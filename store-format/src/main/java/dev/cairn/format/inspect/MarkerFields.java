package dev.cairn.format.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cairn.format.Bytes;
import dev.cairn.format.file.SpaceMarker;
import dev.cairn.format.inspect.Field.Layer;
import java.io.IOException;
import java.util.List;

/** The members of {@code cairn-space.json}, as far as its JSON can be read (SPEC section "The folder"). */
final class MarkerFields {
    private static final JsonFactory JSON = new JsonFactory();

    private MarkerFields() {}

    static List<Field> of(Bytes file) {
        FieldList list = new FieldList(Layer.FILE, file);
        if (file.size() <= SpaceMarker.BYTES_MAX) {
            try (JsonParser json = JSON.createParser(file.toArray())) {
                members(json, list);
            } catch (IOException broken) {
                // what could be read before is shown; the outcome says what is wrong
                return list.fields();
            }
        }
        return list.fields();
    }

    private static void members(JsonParser json, FieldList list) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            int at = Math.toIntExact(json.currentTokenLocation().getByteOffset());
            String value = json.currentToken().isScalarValue() ? json.getText() : "";
            json.skipChildren();
            // the text of a string is read no further than asked for
            json.finishToken();
            int end = Math.toIntExact(json.currentLocation().getByteOffset());
            list.add(at, end - at, name, meaning(name, value));
        }
    }

    private static String meaning(String name, String value) {
        return switch (name) {
            case "format" -> value.equals("cairn") ? "a Cairn folder" : "another format: " + value;
            case "major" -> "version " + value;
            case "space" -> value;
            default -> "passed over";
        };
    }
}
