package dev.cairn.crdt.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.graph.Base;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.version.ActorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The stretches of a document's changes say what a plain list says, in whatever order they are asked. */
class ChangeListProperties {
    private record Part(int lv, int address) {}

    @Property(tries = 100)
    void stretchesSayWhatAPlainListSays(@ForAll Random random) {
        EventGraph graph = new EventGraph(Base.NONE);
        int actor = graph.actor(new ActorId(1, 1));
        ChangeList list = new ChangeList(graph);
        List<Part> plain = new ArrayList<>();
        int othersIn10 = random.nextInt(10);
        int laterPartsIn10 = random.nextInt(4);
        for (int i = 0; i < 200; i++) {
            int start = 100 * i;
            int lv = graph.add(actor, List.of(), i + 1, 0, start, 100);
            if (random.nextInt(10) >= othersIn10) {
                int address = random.nextInt(10) < laterPartsIn10 ? start + 1 + random.nextInt(90) : start;
                list.add(lv, address);
                plain.add(new Part(lv, address));
                requireSame(list, plain, random.nextInt(plain.size()));
            }
        }
        for (int i = 0; i < plain.size(); i++) {
            requireSame(list, plain, i);
            requireSame(list, plain, random.nextInt(plain.size()));
        }
        assertThat(list.size()).isEqualTo(plain.size());
    }

    private static void requireSame(ChangeList list, List<Part> plain, int index) {
        assertThat(new Part(list.lv(index), list.address(index))).isEqualTo(plain.get(index));
    }
}
