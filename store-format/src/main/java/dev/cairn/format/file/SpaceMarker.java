package dev.cairn.format.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.Utf8;
import dev.cairn.format.file.ReadOutcome.Defect;
import dev.cairn.format.file.ReadOutcome.Incomplete;
import dev.cairn.format.file.ReadOutcome.NotOurs;
import dev.cairn.format.file.ReadOutcome.Refused;
import dev.cairn.format.file.ReadOutcome.TooNew;
import dev.cairn.format.file.ReadOutcome.Verified;

/**
 * The content of {@code cairn-space.json}, which tells which space a folder holds.
 *
 * <p>It is written once, in plain text, and every other file repeats the space id, so losing it is harmless. Unknown
 * members are passed over.
 */
public record SpaceMarker(SpaceId space) {
    /** The name of the file, at the top of the folder. */
    public static final String NAME = "cairn-space.json";

    /** The greatest size of the file in bytes. */
    public static final int BYTES_MAX = 4096;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The bytes of the file. */
    public Bytes encode() {
        return Bytes.utf8(
                "{\"format\":\"cairn\",\"major\":" + EnvelopeHeader.MAJOR + ",\"space\":\"" + space + "\"}\n");
    }

    /** The marker in {@code file}; never waiting. */
    public static ReadOutcome<SpaceMarker> read(Bytes file) {
        if (file.size() > BYTES_MAX) {
            return new Refused<>(Refusal.TOO_LARGE, file.size() + " bytes, a marker has at most " + BYTES_MAX);
        }
        try {
            return read(Utf8.decode(file));
        } catch (MalformedException e) {
            return new NotOurs<>();
        }
    }

    private static ReadOutcome<SpaceMarker> read(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return root.isMissingNode() ? new Incomplete<>(Defect.TOO_SHORT) : read(root);
        } catch (JsonProcessingException e) {
            boolean atEnd = e.getLocation() != null && e.getLocation().getCharOffset() >= text.length();
            return atEnd ? new Incomplete<>(Defect.TOO_SHORT) : new NotOurs<>();
        }
    }

    private static ReadOutcome<SpaceMarker> read(JsonNode root) {
        if (!root.path("format").asText().equals("cairn")) {
            return new NotOurs<>();
        }
        JsonNode major = root.path("major");
        if (!major.isInt() || major.intValue() < 1) {
            return new Refused<>(Refusal.MALFORMED, "no version in the member \"major\"");
        }
        if (major.intValue() > EnvelopeHeader.MAJOR) {
            return new TooNew<>("version " + major.intValue());
        }
        return SpaceId.parse(root.path("space").asText())
                .<ReadOutcome<SpaceMarker>>map(space -> new Verified<>(new SpaceMarker(space)))
                .orElseGet(() -> new Refused<>(Refusal.MALFORMED, "no space id in the member \"space\""));
    }
}
