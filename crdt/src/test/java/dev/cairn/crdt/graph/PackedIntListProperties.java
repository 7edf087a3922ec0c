package dev.cairn.crdt.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/** A packed column has what a plain list has, whatever is added, replaced and taken back. */
class PackedIntListProperties {
    private static final int[] SPREADS = {
        1, 1 << 4, (1 << 4) + 1, 1 << 8, (1 << 8) + 1, 1 << 16, (1 << 16) + 1, Integer.MAX_VALUE
    };

    private PackedIntList column = new PackedIntList();

    private final List<Integer> twin = new ArrayList<>();

    @BeforeTry
    void bothAreEmpty() {
        column = new PackedIntList();
        twin.clear();
    }

    @Property(tries = 200)
    void itHasWhatAPlainListHas(@ForAll Random random) {
        for (int stretch = random.nextInt(12); stretch >= 0; stretch--) {
            int base = random.nextInt();
            int slope = random.nextInt(-3, 4) * random.nextInt(1 << 20);
            int spread = SPREADS[random.nextInt(SPREADS.length)];
            for (int i = random.nextInt(12_000); i > 0; i--) {
                add(base + i * slope + random.nextInt(spread));
                if (random.nextInt(4) == 0) {
                    int item = base + i * slope + random.nextInt(spread);
                    column.setLast(item);
                    twin.set(twin.size() - 1, item);
                }
            }
            if (random.nextInt(3) == 0) {
                truncate(random.nextInt(twin.size() + 1));
            }
            same();
        }
    }

    @Property(tries = 20)
    void numbersAreTakenBackOneByOneWhereTheyWerePacked(@ForAll Random random) {
        for (int i = 16_384 + 8_192 * random.nextInt(2); i > 0; i--) {
            add(random.nextInt());
        }
        add(1);
        truncate(8_192 - random.nextInt(2) * 256);
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(3) == 0) {
                add(random.nextInt());
            } else {
                truncate(twin.size() - 1);
            }
            same();
        }
    }

    private void add(int item) {
        column.add(item);
        twin.add(item);
    }

    private void truncate(int to) {
        column.truncate(to);
        twin.subList(to, twin.size()).clear();
    }

    private void same() {
        assertThat(column.size()).isEqualTo(twin.size());
        for (int i = 0; i < twin.size(); i++) {
            if (column.get(i) != twin.get(i)) {
                assertThat(column.get(i)).as("at " + i).isEqualTo(twin.get(i));
            }
        }
        if (!twin.isEmpty()) {
            assertThat(column.last()).isEqualTo(twin.get(twin.size() - 1));
        }
    }
}
