package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.EngineCheckpoint;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.RecordedRun;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.TreeNodeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Several devices, each with an engine and an oracle, which exchange changes in any order. */
final class Fleet {
    /** A change in both forms. */
    record Made(LocalChange engine, Change oracle) {}

    /** One device. */
    final class Device {
        final ActorId actor;
        DocumentSet engine = DocumentSet.create();
        Oracle oracle = new Oracle();
        private final Random random;
        private final IdentityHashMap<DocumentState, Picture> kept = new IdentityHashMap<>();
        private final Map<String, ByteBuffer> snapshots = new HashMap<>();
        private Map<String, ByteBuffer> stored = Map.of();
        private EngineCheckpoint checkpoint =
                new EngineCheckpoint(Heads.NONE, VersionVector.NONE, Map.of(), new TreeSet<>(), new TreeMap<>());

        private Device(ActorId actor, long seed) {
            this.actor = actor;
            this.random = new Random(seed);
        }

        private ChangeId nextChange() {
            return new ChangeId(actor, oracle.clock().of(actor) + 1);
        }

        /** Makes one change of edits at the user's choice. */
        void commit(Consumer<TwinSession> edits) {
            ChangeId id = nextChange();
            long time = 1_000_000L - random.nextInt(2_000_000);
            Heads before = oracle.heads();
            Oracle author = oracle.copy();
            EditSession session = engine.begin(id.actor(), id.seq(), time);
            OracleSession twin = new OracleSession(oracle, id, time);
            edits.accept(new TwinSession(session, twin));
            finish(session, twin, before, author);
        }

        private void finish(EditSession session, OracleSession twin, Heads before, Oracle author) {
            LocalChange local = session.finish();
            Optional<Change> change = twin.finish();
            assertThat(local.isEmpty()).isEqualTo(change.isEmpty());
            change.ifPresent(made -> {
                assertThat(local.change()).isEqualTo(made.id());
                assertThat(local.lamport()).isEqualTo(made.lamport());
                assertThat(local.timeMillis()).isEqualTo(made.timeMillis());
                assertThat(local.parents())
                        .isEqualTo(before.changes().stream()
                                .filter(head -> !head.actor().equals(actor))
                                .toList());
                assertThat(List.copyOf(local.documents())).isEqualTo(made.documents());
                Interpreter.Meaning meaning = Interpreter.apply(local, author);
                assertThat(meaning.change().withDeletionsInOrder())
                        .as("what the bytes say")
                        .isEqualTo(made.withDeletionsInOrder());
                assertThat(meaning.invalid()).isEmpty();
                history.put(made.id(), new Made(local, made));
            });
            check();
        }

        /** Makes one change with the engine's editors alone; the oracle reads its bytes. */
        void write(Consumer<EditSession> edits) {
            ChangeId id = nextChange();
            EditSession session = engine.begin(id.actor(), id.seq(), random.nextInt(1000));
            edits.accept(session);
            Map<String, String> seen = new HashMap<>();
            DOCUMENTS.forEach(document -> seen.put(document, FreeUser.seen(session, document)));
            LocalChange local = session.finish();
            if (!local.isEmpty()) {
                Interpreter.Meaning meaning = Interpreter.apply(local, oracle);
                assertThat(meaning.invalid())
                        .as("operations that make no sense")
                        .isEmpty();
                assertThat(meaning.change().documents()).isEqualTo(List.copyOf(local.documents()));
                history.put(id, new Made(local, meaning.change()));
            }
            seen.forEach((document, before) -> assertThat(FreeUser.seen(engine, document))
                    .as("what its author saw of %s", document)
                    .isEqualTo(before));
            check();
        }

        /** Makes a change of random edits. */
        void edit(int edits, RandomGenerator choices) {
            commit(session -> new RandomUser(session, choices).edit(edits));
        }

        /** Makes random edits and takes them back. */
        void cancel(int edits, RandomGenerator choices) {
            ByteBuffer hash = engine.stateHash();
            ChangeId id = nextChange();
            EditSession session = engine.begin(id.actor(), id.seq(), 0);
            OracleSession twin = new OracleSession(oracle.copy(), id, 0);
            new RandomUser(new TwinSession(session, twin), choices).edit(edits);
            session.cancel();
            assertThat(engine.stateHash()).isEqualTo(hash);
            check();
        }

        /** Takes changes as they come: in that order, in runs where they follow one another. */
        Integration receive(List<Made> arrived) {
            List<Change> twins = arrived.stream().map(Made::oracle).toList();
            Arrival arrival = new Arrival(oracle, twins);
            Integration integration = engine.integrate(
                    RecordedRun.runs(arrived.stream().map(Made::engine).toList()));
            oracle.receive(twins);
            arrival.check(integration);
            check();
            return integration;
        }

        /** Compares what is seen now, and what was seen before and must not have changed since. */
        void check() {
            Checks.same(engine, oracle);
            kept.forEach((state, picture) -> assertThat(Picture.of(state)).isEqualTo(picture));
            if (kept.size() < KEPT_MAX) {
                String document = DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
                kept.put(engine.document(document), OracleReader.picture(oracle, document));
            }
        }

        /** Stores a checkpoint, with the snapshots of what changed since the last one. */
        void checkpoint() {
            EngineCheckpoint made = engine.checkpoint();
            snapshots.putAll(made.changedSnapshots());
            stored = Map.copyOf(snapshots);
            assertThat(stored.keySet()).containsExactlyInAnyOrderElementsOf(oracle.documents());
            checkpoint = new EngineCheckpoint(
                    made.heads(), made.version(), made.lamports(), made.documents(), new TreeMap<>());
        }

        /** Goes on from the last checkpoint, as after a crash; what came later arrives once more. */
        void restart() {
            ByteBuffer hash = engine.stateHash();
            Map<String, ByteBuffer> source = stored;
            List<Made> known = shuffled(all(oracle), random);
            engine = DocumentSet.open(
                    checkpoint,
                    name -> Objects.requireNonNull(source.get(name)).duplicate(),
                    () -> RecordedRun.runs(known.stream().map(Made::engine).toList()));
            oracle.forgetWaiting();
            snapshots.clear();
            snapshots.putAll(stored);
            kept.clear();
            if (random.nextBoolean()) {
                engine.stateHash();
            }
            engine.integrate(RecordedRun.runs(known.stream().map(Made::engine).toList()));
            assertThat(engine.heads()).isEqualTo(oracle.heads());
            if (random.nextBoolean()) {
                assertThat(engine.stateHash()).isEqualTo(hash);
                check();
            }
        }

        /** Compares a random earlier version. */
        void lookBack(RandomGenerator choices) {
            List<Change> changes = oracle.changes();
            if (changes.isEmpty()) {
                return;
            }
            List<ChangeId> chosen = new ArrayList<>();
            for (int i = 0; i < 1 + choices.nextInt(3); i++) {
                chosen.add(changes.get(choices.nextInt(changes.size())).id());
            }
            Oracle past = oracle.at(Heads.of(chosen));
            for (String document : DOCUMENTS) {
                Checks.same(engine.documentAt(document, past.heads()), past);
                Checks.sameLog(engine.changesOf(document), oracle, document);
            }
        }
    }

    private static final int KEPT_MAX = 3;

    /** The documents which devices edit. */
    static final List<String> DOCUMENTS = List.of("notes", "ü/\uD835\uDCB3");

    final List<Device> devices = new ArrayList<>();

    /** All nodes of trees which anybody made. */
    final List<TreeNodeId> nodes = new ArrayList<>();

    private final Map<ChangeId, Made> history = new TreeMap<>();

    /** Makes devices whose ids ascend as unsigned bytes; the later half is negative as signed numbers. */
    Fleet(int size) {
        for (int i = 0; i < size; i++) {
            long high = i < size / 2 ? i : Long.MIN_VALUE + i;
            devices.add(new Device(new ActorId(high, -i), i));
        }
    }

    /** Returns all changes ever made. */
    List<Made> all() {
        return List.copyOf(history.values());
    }

    /** Returns the changes which an oracle knows. */
    List<Made> all(Oracle oracle) {
        return history.values().stream()
                .filter(made -> oracle.clock().contains(made.oracle().id()))
                .toList();
    }

    static <T> List<T> shuffled(List<T> list, RandomGenerator random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, new Random(random.nextLong()));
        return copy;
    }

    /** Returns some of the changes in some order, some of them twice; runs stay together in half of the cases. */
    List<Made> some(RandomGenerator random) {
        int percent = 20 + random.nextInt(81);
        List<Made> some = new ArrayList<>();
        for (Made made : random.nextBoolean() ? all() : shuffled(all(), random)) {
            for (int copies = random.nextInt(8) == 0 ? 2 : 1; copies > 0; copies--) {
                if (random.nextInt(100) < percent) {
                    some.add(made);
                }
            }
        }
        return some;
    }

    /** Gives everybody everything, and checks that all agree, and that a replay agrees with them. */
    void settle(RandomGenerator random) {
        for (Device device : devices) {
            assertThat(device.receive(shuffled(all(), random)).waiting()).isEmpty();
        }
        ByteBuffer hash = devices.get(0).engine.stateHash();
        for (Device device : devices) {
            assertThat(device.engine.stateHash()).as("hash of %s", device.actor).isEqualTo(hash);
        }
        DocumentSet replay = DocumentSet.create();
        for (Made made : shuffled(all(), random)) {
            replay.integrate(List.of(new RecordedRun(List.of(made.engine()))));
        }
        Checks.same(replay, devices.get(0).oracle);
        assertThat(replay.stateHash()).as("hash of a replay").isEqualTo(hash);
    }
}
