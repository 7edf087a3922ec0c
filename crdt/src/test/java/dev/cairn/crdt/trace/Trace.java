package dev.cairn.crdt.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/**
 * A recorded editing session.
 *
 * @param start the text before it
 * @param steps what was done, parents before children
 * @param end the text after it
 */
record Trace(String start, List<Step> steps, String end) {
    /**
     * Edits by one author in a row.
     *
     * @param parents the indexes of the steps which its author had seen
     * @param patches the edits, in order
     */
    record Step(List<Integer> parents, int agent, List<Patch> patches) {}

    /** A deletion and an insertion at the same place, counted in code points. */
    record Patch(int position, int deleted, String inserted) {}

    /** Returns the file of that name among the published traces, if it is on this machine. */
    static Optional<Path> file(String name) {
        Path file = Path.of(System.getProperty("cairn.root", "."), "..", "shared", "data", "traces", name);
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        System.err.println("NOT CHECKED: the trace " + name + " is not at " + file.toAbsolutePath());
        return Optional.empty();
    }

    /** Reads a sequential or concurrent trace, or the run-length form of a history. */
    static Trace read(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            JsonNode json = new ObjectMapper().readTree(in);
            List<Step> steps = new ArrayList<>();
            List<Integer> lastVersions = new ArrayList<>();
            for (JsonNode txn : json.path("txns")) {
                if (txn.has("span")) {
                    lastVersions.add(txn.path("span").path(1).asInt() - 1);
                }
                steps.add(step(txn, steps.size(), lastVersions));
            }
            return new Trace(
                    json.path("startContent").asText(""),
                    steps,
                    json.path("endContent").asText());
        }
    }

    private static Step step(JsonNode txn, int index, List<Integer> lastVersions) {
        List<Integer> parents = new ArrayList<>();
        if (txn.has("span")) {
            txn.path("parents").forEach(parent -> parents.add(indexOf(parent.asInt(), lastVersions)));
        } else if (txn.has("parents")) {
            txn.path("parents").forEach(parent -> parents.add(parent.asInt()));
        } else if (index > 0) {
            parents.add(index - 1);
        }
        JsonNode patches = txn.has("ops") ? txn.path("ops") : txn.path("patches");
        return new Step(parents, txn.path("agent").asInt(), patches(patches));
    }

    /** Returns the step which ends with that version. */
    private static int indexOf(int version, List<Integer> lastVersions) {
        int index = java.util.Collections.binarySearch(lastVersions, version);
        if (index < 0) {
            throw new IllegalArgumentException("version " + version + " is inside a step");
        }
        return index;
    }

    private static List<Patch> patches(JsonNode patches) {
        return StreamSupport.stream(patches.spliterator(), false)
                .map(patch -> new Patch(
                        patch.path(0).asInt(),
                        patch.path(1).asInt(),
                        patch.path(2).asText()))
                .toList();
    }
}
