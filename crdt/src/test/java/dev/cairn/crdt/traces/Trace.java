package dev.cairn.crdt.traces;

import dev.cairn.crdt.ActorId;
import dev.cairn.crdt.ChangeId;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.OperationWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A published editing history.
 *
 * @param end the final text
 * @param steps its transactions, parents before children
 */
record Trace(String end, List<Step> steps) {
    private static final byte[] DOCUMENT = {'d'};
    private static final byte[] KEY = {'t'};

    /** A change of a text: at a position, so many code points go and that text comes. */
    record Patch(int position, int deleted, String inserted) {}

    /** One transaction; parents are indexes of earlier ones. */
    record Step(int agent, List<Integer> parents, List<Patch> patches) {}

    /** A transaction as a change of the engine. */
    record Encoded(ChangeId id, long lamport, List<ChangeId> parents, ByteBuffer operations) {}

    /** Reads a trace of the published data, if it is there. */
    static Optional<Trace> read(String name) {
        Path file = Path.of(System.getProperty("cairn.root", "."), "..", "shared", "data", "traces", name + ".json.gz");
        if (!Files.exists(file)) {
            System.err.println("NOT TESTED: the published trace " + name + " is not there");
            return Optional.empty();
        }
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return Optional.of(of(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Trace of(Map<?, ?> json) {
        List<Step> steps = new ArrayList<>();
        Map<Integer, Integer> stepOfVersion = new HashMap<>();
        for (Object each : list(json, "txns")) {
            Map<?, ?> txn = (Map<?, ?>) each;
            List<Integer> parents = new ArrayList<>();
            if (txn.containsKey("span")) {
                stepOfVersion.put((Integer) list(txn, "span").get(1) - 1, steps.size());
                list(txn, "parents").forEach(parent -> parents.add(stepOfVersion.get(parent)));
            } else if (txn.containsKey("parents")) {
                list(txn, "parents").forEach(parent -> parents.add((Integer) parent));
            } else if (!steps.isEmpty()) {
                parents.add(steps.size() - 1);
            }
            Object agent = txn.containsKey("agent") ? txn.get("agent") : 0;
            List<Patch> patches = new ArrayList<>();
            for (Object patch : list(txn, txn.containsKey("ops") ? "ops" : "patches")) {
                List<?> parts = (List<?>) patch;
                patches.add(new Patch((Integer) parts.get(0), (Integer) parts.get(1), (String) parts.get(2)));
            }
            steps.add(new Step(Integer.parseInt(String.valueOf(agent)), parents, patches));
        }
        return new Trace(String.valueOf(json.get("endContent")), steps);
    }

    private static List<?> list(Map<?, ?> json, String key) {
        return (List<?>) Objects.requireNonNull(json.get(key), key);
    }

    /** Returns every transaction as a change, of an actor for each agent, in the order of the trace. */
    List<Encoded> encoded() {
        List<Encoded> all = new ArrayList<>();
        Map<Integer, Encoded> lastOfAgent = new HashMap<>();
        for (Step step : steps) {
            ActorId actor = new ActorId(step.agent, 7);
            Encoded previous = lastOfAgent.get(step.agent);
            long lamport = previous == null ? 0 : previous.lamport;
            List<ChangeId> parents = new ArrayList<>();
            for (int parent : step.parents) {
                lamport = Math.max(lamport, all.get(parent).lamport);
                if (!all.get(parent).id.actor().equals(actor)) {
                    parents.add(all.get(parent).id);
                }
            }
            parents.sort(null);
            ChangeId id = new ChangeId(actor, previous == null ? 1 : previous.id.seq() + 1);
            Encoded change = new Encoded(id, lamport + 1, parents, operations(step, step.parents.isEmpty()));
            lastOfAgent.put(step.agent, change);
            all.add(change);
        }
        return all;
    }

    private static ByteBuffer operations(Step step, boolean first) {
        OperationWriter writer = new OperationWriter();
        writer.document(DOCUMENT, 0, 1);
        if (first) {
            writer.make(ContainerType.TEXT, KEY, 0, 1, false);
        }
        writer.enter(ContainerType.TEXT, KEY, 0, 1, false);
        for (Patch patch : step.patches) {
            if (patch.deleted > 0) {
                writer.delete(patch.position, patch.deleted);
            }
            if (!patch.inserted.isEmpty()) {
                byte[] utf8 = patch.inserted.getBytes(StandardCharsets.UTF_8);
                writer.insert(patch.position, patch.inserted.codePointCount(0, patch.inserted.length()));
                writer.sink().bytes(utf8, 0, utf8.length);
            }
        }
        return writer.sink().copy();
    }
}
