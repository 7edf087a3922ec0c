package dev.cairn.crdt.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** There is always a key between two others, it is short, and what one author puts in a row stays in a row. */
class PositionKeysProperties {
    private static final byte[] NONE = {};

    private static PositionKeys.Gap gap(List<byte[]> keys, int index, boolean own) {
        byte[] before = index == 0 ? NONE : keys.get(index - 1);
        byte[] after = index == keys.size() ? NONE : keys.get(index);
        return new PositionKeys.Gap(before, own, after, own);
    }

    private static void insert(List<byte[]> keys, int index, boolean own, long run) {
        byte[] key = PositionKeys.between(gap(keys, index, own), run).orElseThrow();
        keys.add(index, key);
        requireOrder(keys, index);
    }

    private static void requireOrder(List<byte[]> keys, int index) {
        byte[] key = keys.get(index);
        assertThat(key.length).isBetween(1, PositionKeys.LENGTH_MAX);
        assertThat(key[key.length - 1]).isNotZero();
        assertThat(index == 0 || Arrays.compareUnsigned(keys.get(index - 1), key) < 0)
                .isTrue();
        assertThat(index + 1 == keys.size() || Arrays.compareUnsigned(key, keys.get(index + 1)) < 0)
                .isTrue();
    }

    @Property(tries = 100)
    void keysAtRandomPlacesAreInOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            insert(keys, random.nextInt(keys.size() + 1), random.nextBoolean(), random.nextLong());
        }
    }

    @Property(tries = 100)
    void betweenAnyTwoKeysIsAnotherOrTheyGetNewOnes(@ForAll byte[] a, @ForAll byte[] b, @ForAll boolean own) {
        byte[] x = key(a);
        byte[] y = key(b);
        byte[] before = Arrays.compareUnsigned(x, y) <= 0 ? x : y;
        byte[] after = before == x ? y : x;
        Optional<byte[]> between = PositionKeys.between(new PositionKeys.Gap(before, own, after, own), 7);
        assertThat(between.isPresent() || Arrays.equals(x, y) || Arrays.mismatch(x, y) > 50)
                .isTrue();
        between.ifPresent(key -> requireOrder(List.of(before, key, after), 1));
    }

    private static byte[] key(byte[] any) {
        byte[] key = Arrays.copyOf(any, Math.min(any.length, 254) + 1);
        key[key.length - 1] = 1;
        for (int i = 0; i < key.length; i++) {
            // keys of nothing but the least or the greatest bytes have no room beside them
            key[i] = (byte) Math.min(0xfe, Math.max(1, key[i] & 0xff));
        }
        return key;
    }

    @Example
    void keysAtTheEndsStayShort() {
        byte[] last = NONE;
        byte[] first = NONE;
        for (int i = 0; i < 20_000; i++) {
            last = PositionKeys.between(new PositionKeys.Gap(last, true, NONE, false), i)
                    .orElseThrow();
            first = PositionKeys.between(new PositionKeys.Gap(NONE, false, first, true), i)
                    .orElseThrow();
            assertThat(last).hasSize(5);
            assertThat(first).hasSize(5);
        }
    }

    @Example
    void keysAtTheEndsStayShortWhenAuthorsTakeTurns() {
        byte[] last = NONE;
        byte[] first = NONE;
        for (int i = 0; i < 2_000; i++) {
            last = PositionKeys.between(new PositionKeys.Gap(last, false, NONE, false), i)
                    .orElseThrow();
            first = PositionKeys.between(new PositionKeys.Gap(NONE, false, first, false), i)
                    .orElseThrow();
        }
        assertThat(last.length).isLessThan(15);
        assertThat(first.length).isLessThan(15);
    }

    @Example
    void whatTwoAuthorsPutAtOnePlaceDoesNotMix() {
        byte[] before = {10};
        byte[] after = {11};
        List<byte[]> all = new ArrayList<>();
        List<byte[]> first = new ArrayList<>();
        for (int author = 1; author <= 2; author++) {
            byte[] last = before;
            for (int i = 0; i < 1_000; i++) {
                last = PositionKeys.between(new PositionKeys.Gap(last, i > 0, after, false), author * 1_000L + i)
                        .orElseThrow();
                all.add(last);
                if (author == 1) {
                    first.add(last);
                }
            }
        }
        all.sort(Arrays::compareUnsigned);
        int changes = 0;
        for (int i = 1; i < all.size(); i++) {
            changes += first.contains(all.get(i)) != first.contains(all.get(i - 1)) ? 1 : 0;
        }
        assertThat(changes).isEqualTo(1);
    }

    @Property(tries = 50)
    void newKeysForManyAreInOrderAndLeaveRoom(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(10_000);
        byte[][] keys = PositionKeys.spread(new byte[] {5}, new byte[] {5, 1}, count, seed)
                .orElseThrow();
        assertThat(keys).hasNumberOfRows(count);
        for (int i = 1; i < count; i++) {
            assertThat(Arrays.compareUnsigned(keys[i - 1], keys[i])).isNegative();
            assertThat(keys[i][keys[i].length - 1]).isNotZero();
        }
        assertThat(PositionKeys.spread(new byte[] {9}, new byte[] {9}, count, seed))
                .isEmpty();
    }
}
