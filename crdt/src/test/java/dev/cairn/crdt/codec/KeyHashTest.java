package dev.cairn.crdt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyHashTest {
    private static final int KEYS = 1 << 14;

    /** Keys fill a table of as many places as if each took one by lot, where more than twenty hardly ever meet. */
    private static void assertScattered(byte[][] keys) {
        int[] places = new int[KEYS];
        Set<Integer> hashes = new HashSet<>();
        for (byte[] key : keys) {
            int hash = KeyHash.of(key, 0, key.length);
            places[hash & (KEYS - 1)]++;
            hashes.add(hash);
        }
        assertThat(Arrays.stream(places).max().orElse(0)).isLessThanOrEqualTo(20);
        assertThat(hashes).hasSizeGreaterThan(KEYS - 10);
    }

    /** Of the usual hash of strings, which multiplies by 31, all of these have the same. */
    @Test
    void keysWhichAreAlikeToTheUsualHashAreNot() {
        byte[][] keys = new byte[KEYS][];
        for (int i = 0; i < KEYS; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            keys[i] = key.toString().getBytes(StandardCharsets.UTF_8);
        }
        assertScattered(keys);
    }

    @Test
    void everyByteCountsWhereverItIs() {
        for (int length = 2; length < 40; length++) {
            for (int place = 0; place < length - 1; place++) {
                byte[][] keys = new byte[KEYS][length];
                for (int i = 0; i < KEYS; i++) {
                    keys[i][place] = (byte) i;
                    keys[i][place + 1] = (byte) (i >> 8);
                }
                assertScattered(keys);
            }
        }
    }

    @Test
    void zerosOfDifferentLengthsAreDifferent() {
        Set<Integer> hashes = new HashSet<>();
        for (int length = 0; length < 1024; length++) {
            hashes.add(KeyHash.of(new byte[length], 0, length));
        }
        assertThat(hashes).hasSizeGreaterThan(1020);
    }

    @Test
    void whereAKeyIsDoesNotMatter() {
        Random random = new Random(1);
        for (int length = 0; length < 40; length++) {
            byte[] key = new byte[length];
            random.nextBytes(key);
            byte[] around = new byte[length + 20];
            random.nextBytes(around);
            System.arraycopy(key, 0, around, 7, length);
            assertThat(KeyHash.of(around, 7, length)).isEqualTo(KeyHash.of(key, 0, length));
        }
    }
}
