package dev.cairn.system.bench.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A strict walk through a JSON document; whatever is not as expected is told with its line and column. */
final class JsonCursor implements AutoCloseable {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;

    JsonCursor(InputStream in) throws IOException {
        parser = FACTORY.createParser(in);
    }

    /** Moves to the next token; nothing at the end of the document. */
    void next() throws IOException {
        try {
            parser.nextToken();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not valid JSON " + place(e.getLocation()) + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    boolean at(JsonToken token) {
        return parser.currentToken() == token;
    }

    boolean atEnd() {
        return parser.currentToken() == null;
    }

    void require(JsonToken token, String what) {
        if (!at(token)) {
            throw fault("expected " + what + ", found "
                    + (atEnd() ? "the end" : parser.currentToken().toString()));
        }
    }

    /** Moves to the next token and requires it to be the start of an array. */
    void array(String what) throws IOException {
        next();
        require(JsonToken.START_ARRAY, what + " as an array");
    }

    /** The name of the current field. */
    String field() throws IOException {
        require(JsonToken.FIELD_NAME, "a field");
        return parser.currentName();
    }

    /** The current token as a whole number which is not negative. */
    int number(String what) throws IOException {
        require(JsonToken.VALUE_NUMBER_INT, what + " as a whole number");
        long value = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : parser.getLongValue();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw fault(what + " is " + parser.getText() + ", expected 0 to " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    /** The current token as a string of whole characters. */
    String string(String what) throws IOException {
        require(JsonToken.VALUE_STRING, what + " as a string");
        String text = parser.getText();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    throw fault(what + " has half of a surrogate pair at index " + i);
                }
                i++;
            }
        }
        return text;
    }

    /** The next value as an array of whole numbers which are not negative. */
    List<Integer> numbers(String what) throws IOException {
        array(what);
        List<Integer> numbers = new ArrayList<>(2);
        for (next(); !at(JsonToken.END_ARRAY); next()) {
            numbers.add(number(what));
        }
        return numbers;
    }

    /** Passes over the next value, whatever it is. */
    void skip() throws IOException {
        next();
        int depth = 0;
        do {
            if (depth > 0) {
                next();
            }
            if (atEnd()) {
                throw fault("the document ends inside a value");
            }
            depth += parser.currentToken().isStructStart()
                    ? 1
                    : parser.currentToken().isStructEnd() ? -1 : 0;
        } while (depth > 0);
    }

    IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(what + " " + place(parser.currentTokenLocation()));
    }

    private static String place(JsonLocation location) {
        return "(line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
