package dev.cairn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.columns.RunCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class ChangeRunProperties {
    private static final WriterId WRITER = new WriterId(7, 7);

    /** Random changes of which each may follow the one before it. */
    static List<Change> changes(Random random, int count, long firstLamport) {
        List<Change> changes = new ArrayList<>();
        long lamport = firstLamport;
        for (int i = 0; i < count; i++) {
            lamport += 1 + random.nextInt(3);
            TreeSet<WriterId> writers = new TreeSet<>();
            for (int p = random.nextInt(4); p > 0; p--) {
                writers.add(new WriterId(random.nextLong(), random.nextLong()));
            }
            List<ChangeRef> parents = new ArrayList<>();
            writers.forEach(writer -> parents.add(new ChangeRef(writer, 1 + random.nextInt(1000), random.nextLong())));
            Optional<String> message = random.nextInt(3) == 0 ? Optional.of("né\uD83D\uDE00" + i) : Optional.empty();
            byte[] operations = new byte[random.nextInt(40)];
            random.nextBytes(operations);
            long time = random.nextLong() >> 11;
            changes.add(new Change(lamport, time, parents, message, Bytes.owning(operations)));
        }
        return changes;
    }

    private static ChainPoint origin(Random random) {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        return new ChainPoint(random.nextInt(100), Bytes.owning(hash), random.nextInt(100), random.nextInt());
    }

    private static ChangeRun run(ChainPoint before, List<Change> changes) {
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, before);
        changes.forEach(builder::add);
        return builder.build();
    }

    @Property(tries = 200)
    void decodingGivesWhatWasEncoded(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int count)
            throws MalformedException {
        Random random = new Random(seed);
        ChainPoint before = origin(random);
        List<Change> changes = changes(random, count, before.lamport());
        ChangeRun built = run(before, changes);
        ChangeRun decoded = RunCodec.decode(WRITER, before, RunCodec.encode(built));
        assertThat(RunCodec.encode(decoded)).isEqualTo(RunCodec.encode(built));
        assertThat(decoded).isEqualTo(built).hasSameHashCodeAs(built);
        for (int i = 0; i < count; i++) {
            assertThat(decoded.change(i)).isEqualTo(changes.get(i));
            assertThat(decoded.pointAfter(i)).isEqualTo(built.pointAfter(i));
            assertThat(decoded.ref(i)).isEqualTo(new ChangeRef(WRITER, before.seq() + i + 1, decoded.hash8(i)));
        }
        assertThat(decoded.after()).isEqualTo(built.after());
    }

    @Property(tries = 200)
    void partsPutTogetherAreTheWhole(
            @ForAll long seed, @ForAll @Size(max = 6) List<@IntRange(min = 1, max = 30) Integer> cuts)
            throws MalformedException {
        Random random = new Random(seed);
        ChainPoint before = origin(random);
        int count = 1 + cuts.stream().mapToInt(cut -> cut).sum();
        List<Change> changes = changes(random, count, before.lamport());
        ChangeRun whole = run(before, changes);
        List<ChangeRun> parts = new ArrayList<>();
        int at = 0;
        for (int cut : cuts) {
            parts.add(whole.slice(at, at + cut));
            at += cut;
        }
        ChangeRun rest = whole.slice(at, count);
        parts.add(RunCodec.decode(WRITER, rest.before(), RunCodec.encode(rest)));
        ChangeRun together = ChangeRun.concat(parts);
        assertThat(RunCodec.encode(together)).isEqualTo(RunCodec.encode(whole));
        for (int i = 0; i < count; i++) {
            assertThat(together.change(i)).isEqualTo(changes.get(i));
            assertThat(together.chainHash(i)).isEqualTo(whole.chainHash(i));
        }
        assertThatThrownBy(() -> ChangeRun.concat(List.of(whole, whole))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever the bytes, reading ends in a run which has exactly these bytes, or in our own exception. */
    @Property(tries = 2000)
    void changedBytesAreReadExactlyOrRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int faults) {
        Random random = new Random(seed);
        ChainPoint before = origin(random);
        byte[] bytes = RunCodec.encode(run(before, changes(random, 5, before.lamport())))
                .toArray();
        for (int i = 0; i < faults; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Bytes changed = Bytes.copyOf(bytes, 0, bytes.length - random.nextInt(2));
        try {
            assertThat(RunCodec.encode(RunCodec.decode(WRITER, before, changed)))
                    .isEqualTo(changed);
        } catch (MalformedException e) {
            assertThat(e).message().isNotEmpty();
        }
    }
}
