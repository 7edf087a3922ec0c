package dev.cairn.crdt.pairs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.Step;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** A pair as a vector: changes in the encoding of the specification, and what they come to. */
final class VectorFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private VectorFile() {}

    /** Returns the text of a file with those vectors. */
    static String of(Catalog.Group group, List<Pair> pairs) {
        ArrayNode vectors = JSON.createArrayNode();
        for (Pair pair : pairs) {
            ObjectNode vector = vectors.addObject();
            vector.put("a", pair.first()).put("b", pair.second());
            pair.changes().forEach(change -> vector.withArray("changes").add(change(change)));
            vector.set("expect", state(Pair.merged(pair.changes())));
        }
        return "{\"about\": " + JSON.valueToTree(group.title() + "; changes of the base, of A and of B")
                + ", \"document\": \"" + Pair.DOCUMENT + "\", \"vectors\": [\n"
                + String.join(",\n", lines(vectors)) + "\n]}\n";
    }

    private static List<String> lines(ArrayNode vectors) {
        List<String> lines = new ArrayList<>();
        vectors.forEach(vector -> lines.add(vector.toString()));
        return lines;
    }

    private static ObjectNode change(LocalChange change) {
        ObjectNode node = JSON.createObjectNode()
                .put("actor", change.change().actor().toString())
                .put("seq", change.change().seq())
                .put("lamport", change.lamport());
        change.parents().forEach(parent -> node.withArray("parents").add(parent.toString()));
        return node.put("operations", hex(change.operations()));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }

    /** Returns what a device shows, as the vectors have it. */
    static ObjectNode state(DocumentSet set) {
        DocumentState document = set.document(Pair.DOCUMENT);
        ObjectNode state = JSON.createObjectNode();
        state.set("plain", JSON.valueToTree(document.toPlain()));
        ArrayNode conflicts = state.putArray("conflicts");
        document.conflicts().forEach(conflict -> conflicts.add(conflict(conflict)));
        return state.put("stateHash", hex(set.stateHash()));
    }

    private static ObjectNode conflict(Conflict conflict) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode path = node.putArray("path");
        conflict.path().forEach(step -> {
            if (step instanceof Step.Key key) {
                path.add(key.key());
            } else if (step instanceof Step.Index index) {
                path.add(index.index());
            } else {
                path.addObject().put("node", ((Step.TreeNode) step).id().toString());
            }
        });
        if (conflict instanceof Conflict.Assignments assignments) {
            ArrayNode by = node.putArray("assignments");
            assignments
                    .assignments()
                    .forEach(assignment -> by.add(assignment.change().toString()));
        } else {
            ArrayNode edits = node.putArray("lostEdits");
            ((Conflict.LostEdits) conflict)
                    .edits()
                    .forEach(edit -> edits.add(edit.change().toString()));
        }
        return node;
    }

    /** One vector as it is read from a file. */
    record Vector(String name, List<LocalChange> changes, JsonNode expected) {}

    /** Reads the vectors of a file. */
    static List<Vector> read(String text) {
        List<Vector> vectors = new ArrayList<>();
        JsonNode file = tree(text);
        for (JsonNode vector : file.get("vectors")) {
            List<LocalChange> changes = new ArrayList<>();
            vector.get("changes").forEach(change -> changes.add(change(change)));
            String name = vector.get("a").asText() + " | " + vector.get("b").asText();
            vectors.add(new Vector(name, changes, vector.get("expect")));
        }
        return vectors;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("not JSON", e);
        }
    }

    private static LocalChange change(JsonNode node) {
        List<ChangeId> parents = new ArrayList<>();
        if (node.has("parents")) {
            node.get("parents").forEach(parent -> parents.add(id(parent.asText())));
        }
        return new LocalChange(
                new ChangeId(actor(node.get("actor").asText()), node.get("seq").asLong()),
                node.get("lamport").asLong(),
                0,
                parents,
                ByteBuffer.wrap(HexFormat.of().parseHex(node.get("operations").asText())),
                new TreeSet<>(List.of(Pair.DOCUMENT)));
    }

    private static ChangeId id(String text) {
        int colon = text.indexOf(':');
        return new ChangeId(actor(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    private static ActorId actor(String hex) {
        return new ActorId(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }

    /** Returns the JSON of what a device shows, read again, as numbers of different classes would differ. */
    static JsonNode readAgain(ObjectNode state) {
        return tree(state.toString());
    }
}
