package dev.cairn.format.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Names are numbered as the obvious dictionary numbers them, also those which all fall on one slot. */
final class NamesProperties {
    private static final int LENGTH = 24;

    /** Of the letters, pairs have one hash: "Aa" and "BB". */
    private static byte[] names(Random random, int count, boolean oneHash) {
        byte[] bytes = new byte[LENGTH * count];
        for (int i = 0; i < bytes.length; i += 2) {
            boolean first = random.nextBoolean();
            bytes[i] = (byte) (first ? 'A' : 'B');
            bytes[i + 1] = (byte) (oneHash ? (first ? 'a' : 'B') : random.nextInt());
        }
        return bytes;
    }

    @Property(tries = 100)
    void namesAreNumberedInTheOrderOfTheirFirstOccurrence(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int count, @ForAll boolean oneHash)
            throws MalformedException {
        Random random = new Random(seed);
        byte[] bytes = names(random, count, oneHash);
        Names names = new Names(bytes);
        Dictionary<Bytes> twin = new Dictionary<>();
        for (int i = 0; i < 2 * count; i++) {
            int from = LENGTH * random.nextInt(count);
            int length = random.nextInt(4) == 0 ? random.nextInt(LENGTH + 1) : LENGTH;
            Bytes name = Bytes.copyOf(bytes, from, length);
            int number = names.find(from, length);
            assertThat(number).isEqualTo(twin.find(name));
            if (number < 0) {
                number = names.addNew(from, length);
                assertThat(number).isEqualTo(twin.add(name));
            } else {
                assertThatThrownBy(() -> names.addNew(from, length)).isInstanceOf(MalformedException.class);
            }
            assertThat(names.number(number + 1L)).isEqualTo(number);
            assertThat(Bytes.copyOf(bytes, names.start(number), names.length(number)))
                    .isEqualTo(name);
        }
        assertThatThrownBy(() -> names.number(0)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> names.number(-1)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> names.number(2L * count + 2)).isInstanceOf(MalformedException.class);
    }

    @Example
    void aFullDictionaryTakesUpNothingMore() {
        byte[] bytes = new byte[Dictionary.ENTRIES_MAX + 16];
        new Random(1).nextBytes(bytes);
        Names names = new Names(bytes);
        for (int length = 8, from = 0; from < Dictionary.ENTRIES_MAX; from++) {
            assertThat(names.find(from, length)).isEqualTo(-1);
            assertThat(names.add(from, length)).isEqualTo(from);
        }
        assertThat(names.find(Dictionary.ENTRIES_MAX + 1, 8)).isEqualTo(-1);
        assertThat(names.add(Dictionary.ENTRIES_MAX + 1, 8)).isEqualTo(Dictionary.ENTRIES_MAX);
        assertThat(names.find(Dictionary.ENTRIES_MAX + 1, 8)).isEqualTo(-1);
        assertThat(names.find(Dictionary.ENTRIES_MAX - 1, 8)).isEqualTo(Dictionary.ENTRIES_MAX - 1);
    }
}
