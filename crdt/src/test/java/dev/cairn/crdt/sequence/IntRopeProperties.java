package dev.cairn.crdt.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The rope is a list of code points. */
class IntRopeProperties {
    @Property(tries = 60)
    void equalsAPlainList(@ForAll long seed) {
        Random random = new Random(seed);
        IntRope rope = new IntRope();
        List<Integer> twin = new ArrayList<>();
        int limit = 1 << (4 + random.nextInt(14));
        for (int i = 0; i < 400; i++) {
            edit(rope, twin, random, limit);
            assertThat(rope.size()).isEqualTo(twin.size());
        }
        rope.check();
        assertThat(rope.snapshot().toArray()).isEqualTo(array(twin));
        assertThat(rope.snapshot().string()).isEqualTo(string(twin));
        assertThat(rope.utf16Length()).isEqualTo(string(twin).length());
    }

    private static void edit(IntRope rope, List<Integer> twin, Random random, int limit) {
        int position = random.nextInt(twin.size() + 1);
        if (random.nextInt(5) == 0) {
            type(rope, twin, random, position);
        } else if (random.nextInt(5) < 3 && twin.size() < limit) {
            List<Integer> units = new ArrayList<>();
            for (int i = random.nextInt(random.nextInt(20) == 0 ? limit : 40); i >= 0; i--) {
                units.add(unit(random));
            }
            rope.insert(position, array(units), 0, units.size());
            twin.addAll(position, units);
        } else if (position < twin.size()) {
            int most = Math.min(twin.size() - position, random.nextInt(10) == 0 ? limit : 30);
            int count = 1 + random.nextInt(most);
            rope.delete(position, count);
            twin.subList(position, position + count).clear();
        }
        if (!twin.isEmpty()) {
            int at = random.nextInt(twin.size());
            assertThat(rope.get(at)).isEqualTo(twin.get(at));
        }
    }

    /** Types some units one by one, and now and then takes some back. */
    private static void type(IntRope rope, List<Integer> twin, Random random, int position) {
        int at = position;
        for (int i = random.nextInt(random.nextInt(4) == 0 ? 150 : 3); i >= 0; i--) {
            if (at > 0 && random.nextInt(6) == 0) {
                int count = 1 + random.nextInt(Math.min(3, at));
                at -= count;
                rope.delete(at, count);
                twin.subList(at, at + count).clear();
            } else {
                int unit = unit(random);
                rope.insert(at, unit);
                twin.add(at++, unit);
            }
        }
    }

    private static int unit(Random random) {
        return switch (random.nextInt(400)) {
            case 0, 1, 2 -> 0x1f600 + random.nextInt(9);
            case 3, 4 -> 0x4e00 + random.nextInt(99);
            case 5 -> 0x100;
            case 6 -> 0xff;
            case 7 -> 0;
            default -> 'a' + random.nextInt(26);
        };
    }

    @Property(tries = 60)
    void snapshotsNeverChange(@ForAll long seed) {
        Random random = new Random(seed);
        IntRope rope = new IntRope();
        List<Integer> twin = new ArrayList<>();
        List<RopeSnapshot> snapshots = new ArrayList<>();
        List<int[]> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            edit(rope, twin, random, 3000);
            if (random.nextInt(4) == 0) {
                snapshots.add(rope.snapshot());
                expected.add(array(twin));
            }
        }
        for (int i = 0; i < snapshots.size(); i++) {
            assertThat(snapshots.get(i).toArray()).isEqualTo(expected.get(i));
        }
    }

    @Property(tries = 30)
    void utf16IndexesBecomeCodePoints(@ForAll long seed) {
        Random random = new Random(seed);
        IntRope rope = new IntRope();
        List<Integer> twin = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            edit(rope, twin, random, 2000);
        }
        String string = string(twin);
        for (int index = 0; index <= string.length(); index++) {
            boolean inside = index > 0
                    && index < string.length()
                    && Character.isLowSurrogate(string.charAt(index))
                    && Character.isHighSurrogate(string.charAt(index - 1));
            assertThat(rope.fromUtf16(index)).isEqualTo(inside ? -1 : string.codePointCount(0, index));
        }
    }

    private static int[] array(List<Integer> units) {
        return units.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String string(List<Integer> units) {
        int[] array = array(units);
        assertThat(Arrays.stream(array).allMatch(Character::isValidCodePoint)).isTrue();
        return new String(array, 0, array.length);
    }
}
