package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.MalformedOperationsException;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.Transcript;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Operations have one encoding, and no bytes do harm. */
class CodecProperties {
    private static final ActorId AUTHOR = new ActorId(1, 1);

    @Property(tries = 60)
    void whatIsReadIsWrittenTheSame(@ForAll long seed) {
        Fleet.runWithEverything(seed, 3, 40, false).changes.values().forEach(change -> {
            byte[] bytes = bytes(change);
            assertThat(Transcript.of(bytes)).isEqualTo(ByteBuffer.wrap(bytes));
        });
    }

    @Property(tries = 300)
    void changedBytesAreRefusedOrHaveAnotherMeaning(@ForAll long seed) {
        Random random = new Random(seed);
        Fleet fleet = Fleet.runWithEverything(seed, 2, 25, false);
        DocumentSet set = DocumentSet.create();
        for (TestRun.Change change : fleet.changes.values()) {
            TestRun.Change sent = random.nextInt(3) == 0 ? damaged(change, random) : change;
            Integration integration = set.integrate(List.of(TestRun.of(sent)));
            assertThat(integration.refused())
                    .allMatch(refusal -> refusal.reason() == Integration.Reason.OPERATIONS
                            || refusal.reason() == Integration.Reason.DEPENDS_ON_REFUSED);
            if (integration.refused().isEmpty() && integration.waiting().isEmpty()) {
                assertThat(Transcript.of(bytes(sent))).isEqualTo(sent.operations());
            }
        }
        readEverything(set);
    }

    private static TestRun.Change damaged(TestRun.Change change, Random random) {
        byte[] bytes = bytes(change);
        byte[] damaged = switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(3));
            default -> bytes;
        };
        for (int i = 0; i < 1 + random.nextInt(2) && damaged.length > 0; i++) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new TestRun.Change(
                change.id(), change.lamport(), change.time(), change.parents(), ByteBuffer.wrap(damaged));
    }

    private static void readEverything(DocumentSet set) {
        ByteBuffer hash = set.stateHash();
        EngineCheckpoint checkpoint = set.checkpoint();
        set.invalid();
        set.documentNames().forEach(set::changesOf);
        if (!checkpoint.heads().isEmpty()) {
            DocumentSet opened = DocumentSet.open(
                    checkpoint,
                    name -> Objects.requireNonNull(checkpoint.changedSnapshots().get(name)),
                    List::of);
            assertThat(opened.stateHash()).isEqualTo(hash);
            assertThat(opened.invalid()).hasSameElementsAs(set.invalid());
        }
    }

    @Property(tries = 3000)
    void anyBytesAreReadOrRefusedInOneWay(@ForAll @Size(max = 60) byte[] tail) {
        byte[] bytes = new byte[tail.length + 2];
        System.arraycopy(tail, 0, bytes, 2, tail.length);
        bytes[0] = 0x10;
        bytes[1] = 'd';
        boolean valid = isValid(bytes);
        TestRun.Change change = new TestRun.Change(new ChangeId(AUTHOR, 1), 1, 0, List.of(), ByteBuffer.wrap(bytes));
        DocumentSet set = DocumentSet.create();
        Integration integration = set.integrate(List.of(TestRun.of(change)));
        assertThat(integration.refused()).hasSize(valid ? 0 : 1);
        assertThat(integration.applied()).hasSize(valid ? 1 : 0);
        readEverything(set);
    }

    private static boolean isValid(byte[] bytes) {
        try {
            return Transcript.of(bytes).equals(ByteBuffer.wrap(bytes));
        } catch (MalformedOperationsException e) {
            return false;
        }
    }

    @Property(tries = 100)
    void whatIsCutOffIsNeverReadBeyondItsEnd(@ForAll long seed) {
        Fleet.runWithEverything(seed, 1, 4, false).changes.values().forEach(change -> {
            byte[] bytes = bytes(change);
            for (int length = 1; length < bytes.length; length++) {
                // the rest of the operations stands behind the cut, as it does in a log
                OperationReader reader = new OperationReader().reset(bytes, 0, length);
                assertThat(isValid(Arrays.copyOf(bytes, length))).isEqualTo(readsToItsEnd(reader));
            }
        });
    }

    private static boolean readsToItsEnd(OperationReader reader) {
        try {
            while (reader.next()) {
                assertThat(reader.position()).isGreaterThan(0);
            }
            return true;
        } catch (MalformedOperationsException e) {
            return false;
        }
    }

    @Property
    void scalarsComeBack(@ForAll long number, @ForAll double real, @ForAll String string, @ForAll byte[] bytes) {
        comesBack(Value.of(number));
        comesBack(Value.of(real));
        comesBack(Value.of(bytes));
        comesBack(Value.of(Instant.ofEpochSecond(number >> 16, Math.floorMod(number, 1_000_000_000L))));
        if (string.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            comesBack(Value.of(string));
        }
    }

    private static void comesBack(Value value) {
        ByteSink sink = new ByteSink();
        ValueCodec.write(sink, value);
        assertThat(ValueCodec.read(sink.array(), 0)).isEqualTo(value);
        assertThat(ValueCodec.length(sink.array(), 0)).isEqualTo(sink.length());
    }

    private static byte[] bytes(TestRun.Change change) {
        byte[] bytes = new byte[change.operations().remaining()];
        change.operations().duplicate().get(bytes);
        return bytes;
    }
}
