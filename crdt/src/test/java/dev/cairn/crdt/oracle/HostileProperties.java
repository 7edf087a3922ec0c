package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.EngineCheckpoint;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.RecordedRun;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.crdt.view.InvalidOperation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Changes with operations nobody's editor would make: what is wrong with them is the same on every device. */
final class HostileProperties {
    private static final int READERS = 4;
    private static final List<Kind> KINDS = List.of(Kind.TREE, Kind.TEXT, Kind.MOVABLE_LIST, Kind.LIST);

    /** A device that only reads, with all it was told. */
    private static final class Reader {
        private DocumentSet set = DocumentSet.create();
        private final Set<ChangeId> refused = new TreeSet<>();

        void receive(List<LocalChange> changes) {
            for (Integration.Refusal refusal :
                    set.integrate(RecordedRun.runs(changes)).refused()) {
                refused.add(refusal.change());
            }
        }

        void reopen(List<LocalChange> history) {
            EngineCheckpoint made = set.checkpoint();
            Map<String, ByteBuffer> snapshots = new TreeMap<>();
            made.documents().forEach(name -> snapshots.put(name, set.snapshot(name)));
            EngineCheckpoint base = new EngineCheckpoint(
                    made.heads(), made.version(), made.lamports(), made.documents(), new TreeMap<>());
            VersionVector known = made.version();
            List<LocalChange> below = history.stream()
                    .filter(change -> known.contains(change.change()))
                    .toList();
            set = DocumentSet.open(
                    base, name -> Objects.requireNonNull(snapshots.get(name)), () -> RecordedRun.runs(below));
        }

        List<InvalidOperation> invalid() {
            return set.invalid().stream()
                    .sorted(Comparator.comparing(InvalidOperation::change)
                            .thenComparing(InvalidOperation::document)
                            .thenComparingInt(InvalidOperation::index))
                    .toList();
        }
    }

    @Property(tries = 100)
    void every_device_makes_the_same_of_damaged_changes(
            @ForAll int seed, @ForAll @IntRange(min = 1, max = 60) int damage) {
        Random random = new Random(seed);
        List<LocalChange> changes = damaged(history(random), damage, random);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(read(changes, i, random));
        }
        Reader first = readers.get(0);
        for (Reader reader : readers) {
            assertThat(reader.set.version()).isEqualTo(first.set.version());
            assertThat(reader.set.heads()).isEqualTo(first.set.heads());
            assertThat(reader.invalid()).isEqualTo(first.invalid());
            assertThat(reader.set.stateHash()).isEqualTo(first.set.stateHash());
        }
        checkTwin(changes, first);
    }

    /** Compares a reader with the oracle, which reads the same bytes in its own way. */
    private static void checkTwin(List<LocalChange> changes, Reader reader) {
        TwinReader twin = TwinReader.of(changes);
        assertThat(twin.refused()).containsAll(reader.refused);
        assertThat(reader.refused).containsAll(twin.malformed());
        Set<String> invalid = new TreeSet<>();
        reader.set.invalid().forEach(operation -> invalid.add(operation.change() + " " + operation.document()));
        assertThat(invalid).as("invalid operations").isEqualTo(twin.invalid());
        Checks.sameState(reader.set, twin.oracle());
    }

    @Example
    void an_edit_inside_a_text_which_nobody_made_is_invalid() {
        OperationWriter writer = new OperationWriter();
        writer.document(new byte[] {'d'}, 0, 1);
        writer.enter(ContainerType.TEXT, new byte[] {'k'}, 0, 1, false);
        writer.insert(0, 1);
        writer.sink().octet('x');
        ByteBuffer operations =
                ByteBuffer.wrap(writer.sink().array(), 0, writer.sink().length());
        ChangeId id = new ChangeId(new ActorId(0, 1), 1);
        Reader reader = new Reader();
        reader.receive(List.of(new LocalChange(id, 1, 0, List.of(), operations.slice(), new TreeSet<>())));
        assertThat(reader.refused).isEmpty();
        assertThat(reader.invalid()).extracting(InvalidOperation::change).containsExactly(id);
        assertThat(reader.set.document("d").conflicts()).isEmpty();
        assertThat(reader.set.document("d").toPlain()).isEmpty();
    }

    private static List<LocalChange> history(Random random) {
        Fleet fleet = new Fleet(3);
        for (int i = 0; i < 20; i++) {
            Fleet.Device device = fleet.devices.get(random.nextInt(3));
            if (random.nextInt(3) == 0) {
                device.receive(fleet.some(random));
            } else {
                device.write(session -> new FreeUser(session, random, KINDS, fleet.nodes).edit(1 + random.nextInt(3)));
            }
        }
        return fleet.all().stream().map(Fleet.Made::engine).toList();
    }

    private static List<LocalChange> damaged(List<LocalChange> changes, int percent, Random random) {
        return changes.stream()
                .map(change -> random.nextInt(100) < percent ? damaged(change, random) : change)
                .toList();
    }

    /** Damages the operations, mostly so that they can still be decoded but make no sense. */
    private static LocalChange damaged(LocalChange change, Random random) {
        LocalChange damaged = change;
        for (int i = 0; i < 10; i++) {
            damaged = withOperations(change, damagedBytes(change, random));
            if (random.nextInt(20) == 0 || decodes(damaged)) {
                break;
            }
        }
        return damaged;
    }

    private static byte[] damagedBytes(LocalChange change, Random random) {
        byte[] bytes = new byte[change.operations().remaining()];
        change.operations().duplicate().get(bytes);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] += (byte) (random.nextBoolean() ? 1 : random.nextInt(256));
        }
        return bytes;
    }

    private static LocalChange withOperations(LocalChange change, byte[] operations) {
        return new LocalChange(
                change.change(),
                change.lamport(),
                change.timeMillis(),
                change.parents(),
                ByteBuffer.wrap(operations),
                change.documents());
    }

    private static boolean decodes(LocalChange change) {
        LocalChange alone = new LocalChange(
                new ChangeId(change.change().actor(), 1), 1, 0, List.of(), change.operations(), change.documents());
        return DocumentSet.create()
                .integrate(RecordedRun.runs(List.of(alone)))
                .refused()
                .isEmpty();
    }

    private static Reader read(List<LocalChange> changes, int way, Random random) {
        Reader reader = new Reader();
        List<LocalChange> order = way == 0 ? changes : Fleet.shuffled(changes, random);
        int batch = 1 + random.nextInt(changes.size() + 1);
        for (int i = 0; i < order.size(); i += batch) {
            reader.receive(order.subList(i, Math.min(order.size(), i + batch)));
            if (way == READERS - 1 && random.nextInt(3) == 0) {
                reader.reopen(changes);
                reader.receive(order.subList(0, Math.min(order.size(), i + batch)));
            }
        }
        return reader;
    }
}
