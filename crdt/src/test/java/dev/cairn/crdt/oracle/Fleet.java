package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.ActorId;
import dev.cairn.crdt.ChangeId;
import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.EngineCheckpoint;
import dev.cairn.crdt.Heads;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.RecordedRun;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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
            EditSession session = engine.begin(id.actor(), id.seq(), time);
            OracleSession twin = new OracleSession(oracle, id, time);
            edits.accept(new TwinSession(session, twin));
            finish(session, twin, before);
        }

        private void finish(EditSession session, OracleSession twin, Heads before) {
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
                assertThat(List.copyOf(local.documents()))
                        .isEqualTo(made.operations().stream()
                                .map(operation -> operation.container().document())
                                .distinct()
                                .sorted(Oracle.UTF8)
                                .toList());
                history.put(made.id(), new Made(local, made));
            });
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
            Clock before = oracle.clock();
            Integration integration = engine.integrate(
                    RecordedRun.runs(arrived.stream().map(Made::engine).toList()));
            oracle.receive(arrived.stream().map(Made::oracle).toList());
            assertThat(integration.refused()).isEmpty();
            assertThat(applied(integration)).isEqualTo(grown(before, oracle.clock()));
            assertThat(integration.waiting().stream()
                            .mapToLong(Integration.Waiting::count)
                            .sum())
                    .isEqualTo(oracle.waiting().size());
            check();
            return integration;
        }

        void check() {
            Checks.same(engine, oracle);
        }

        /** Goes on from a checkpoint, as after a restart. */
        void restart() {
            ByteBuffer hash = engine.stateHash();
            EngineCheckpoint checkpoint = engine.checkpoint();
            Map<String, ByteBuffer> snapshots = new HashMap<>();
            checkpoint.documents().forEach(name -> snapshots.put(name, engine.snapshot(name)));
            List<Made> known = shuffled(all(oracle), random);
            EngineCheckpoint base = new EngineCheckpoint(
                    checkpoint.heads(),
                    checkpoint.version(),
                    checkpoint.lamports(),
                    checkpoint.documents(),
                    new TreeMap<>());
            List<RecordedRun> runs =
                    RecordedRun.runs(known.stream().map(Made::engine).toList());
            engine = DocumentSet.open(
                    base, name -> Objects.requireNonNull(snapshots.get(name)).duplicate(), () -> runs);
            oracle.forgetWaiting();
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
            }
        }
    }

    /** The documents which devices edit. */
    static final List<String> DOCUMENTS = List.of("notes", "ü/\uD835\uDCB3");

    final List<Device> devices = new ArrayList<>();
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

    private static Map<ActorId, Long> applied(Integration integration) {
        Map<ActorId, Long> counts = new TreeMap<>();
        integration.applied().forEach(span -> counts.merge(span.actor(), span.to() - span.from() + 1, Long::sum));
        return counts;
    }

    private static Map<ActorId, Long> grown(Clock before, Clock after) {
        Map<ActorId, Long> counts = new TreeMap<>();
        after.seen().forEach((actor, seq) -> {
            if (seq > before.of(actor)) {
                counts.put(actor, seq - before.of(actor));
            }
        });
        return counts;
    }
}
