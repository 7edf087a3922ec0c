package dev.cairn.format.columns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.ByteReader;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Columns are a form of exactly the bytes of the changes, and there is one form of them. */
final class RunCodecProperties {
    private static final WriterId WRITER = new WriterId(7, 7);
    private static final ChainPoint ORIGIN = new ChainPoint(3, Bytes.hex("ab".repeat(32)), 12, -5);

    /** Faulty operations stand among sound ones, as nobody but the engine says which is which. */
    private static ChangeRun run(Random random, int count) {
        RandomOperations operations = new RandomOperations(random);
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, ORIGIN);
        long lamport = ORIGIN.lamport();
        long time = 0;
        for (int i = 0; i < count; i++) {
            lamport += 1 + (random.nextInt(4) == 0 ? random.nextInt(1000) : 0);
            time += random.nextInt(3) - 1;
            List<ChangeRef> parents = new ArrayList<>();
            for (int p = random.nextInt(3); p > 0; p--) {
                parents.add(new ChangeRef(new WriterId(9, 3 - p), 1 + random.nextInt(9), random.nextLong()));
            }
            Optional<String> message = random.nextInt(5) == 0 ? Optional.of("né\uD83D\uDE00" + i) : Optional.empty();
            Bytes operation = random.nextInt(8) == 0 ? Bytes.empty() : operations.next();
            if (random.nextInt(10) == 0) {
                operation = damaged(random, operation);
            }
            builder.add(new Change(lamport, time, parents, message, operation));
        }
        return builder.build();
    }

    private static Bytes damaged(Random random, Bytes original) {
        byte[] bytes = original.toArray();
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Bytes.copyOf(bytes, 0, bytes.length - (bytes.length > 0 ? random.nextInt(2) : 0));
    }

    @Property(tries = 1000)
    void decodingGivesTheSameBytesOfEveryChange(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count)
            throws MalformedException {
        ChangeRun run = run(new Random(seed), count);
        Bytes encoded = RunCodec.encode(run);
        ChangeRun decoded = RunCodec.decode(WRITER, ORIGIN, encoded);
        assertThat(decoded.changes()).isEqualTo(run.changes());
        assertThat(decoded).isEqualTo(run);
        for (int i = 0; i < count; i++) {
            assertThat(decoded.change(i)).isEqualTo(run.change(i));
        }
        assertThat(RunCodec.encode(decoded)).isEqualTo(encoded);
    }

    /** A part of a run is encoded as if there were nothing around it. */
    @Property(tries = 200)
    void aSliceIsARun(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int from) throws MalformedException {
        ChangeRun part = run(new Random(seed), 40).slice(from, 40);
        ChangeRun alone = RunCodec.decode(WRITER, part.before(), RunCodec.encode(part));
        assertThat(alone.changes()).isEqualTo(part.changes());
        assertThat(RunCodec.encode(alone)).isEqualTo(RunCodec.encode(part));
    }

    /** Whatever the bytes: a run whose one form they are, or our own exception. */
    @Property(tries = 20_000)
    void changedBytesAreReadExactlyOrRefused(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int count,
            @ForAll @IntRange(min = 1, max = 4) int n) {
        Random random = new Random(seed);
        byte[] bytes = RunCodec.encode(run(random, count)).toArray();
        for (int i = 0; i < n; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (random.nextBoolean() ? bytes[at] + random.nextInt(5) - 2 : random.nextInt());
        }
        Bytes changed = Bytes.copyOf(bytes);
        try {
            assertThat(RunCodec.encode(RunCodec.decode(WRITER, ORIGIN, changed)))
                    .isEqualTo(changed);
        } catch (MalformedException e) {
            assertThat(e).message().isNotEmpty();
        }
    }

    /** Numbers come back, and every other form of them is refused. */
    @Property(tries = 2000)
    void aColumnOfNumbersHasOneForm(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count)
            throws MalformedException {
        Random random = new Random(seed);
        NumberWriter writer = new NumberWriter();
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i > 0 && random.nextInt(3) > 0
                    ? numbers[i - 1]
                    : random.nextInt(9) == 0 ? random.nextLong() : random.nextInt(3);
            writer.add(numbers[i]);
        }
        ByteColumn column = writer.end();
        NumberReader reader = new NumberReader(column.array(), 0, column.size());
        for (long number : numbers) {
            assertThat(reader.next()).isEqualTo(number);
        }
        reader.end();
        byte[] changed = column.toBytes().toArray();
        int at = random.nextInt(changed.length);
        changed[at] = (byte) (changed[at] + 1 + random.nextInt(3));
        assertOneForm(changed);
    }

    private static void assertOneForm(byte[] bytes) {
        NumberReader reader = new NumberReader(bytes, 0, bytes.length);
        NumberWriter writer = new NumberWriter();
        try {
            for (int i = 0; i < 2000; i++) {
                try {
                    reader.end();
                    break;
                } catch (MalformedException e) {
                    writer.add(reader.next());
                }
            }
            reader.end();
        } catch (MalformedException e) {
            return;
        }
        assertThat(writer.end().toBytes()).isEqualTo(Bytes.copyOf(bytes));
    }

    /** What repeats costs next to nothing, before any compression. */
    @Property(tries = 20)
    void equalChangesCostNothing(@ForAll @IntRange(min = 10, max = 500) int count) throws MalformedException {
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, ORIGIN);
        for (int i = 0; i < count; i++) {
            Bytes increment = Bytes.hex("1064" + "31" + "0163" + "08" + "02");
            builder.add(new Change(ORIGIN.lamport() + 1 + i, 5, List.of(), Optional.empty(), increment));
        }
        Bytes encoded = RunCodec.encode(builder.build());
        assertThat(encoded.size()).isLessThan(80);
        assertThat(new ByteReader(encoded).varint()).isEqualTo(count);
        assertThat(RunCodec.stretches(encoded)).extracting(Stretch::name).contains("step", "place", "places");
    }
}
