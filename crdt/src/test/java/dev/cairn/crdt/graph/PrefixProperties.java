package dev.cairn.crdt.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.version.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is below a version is what counting says, whatever was asked before, and whatever was taken back. */
class PrefixProperties {
    private static ActorId actor(int number) {
        return new ActorId(number % 3, number);
    }

    /** A base at which the first actor has made five changes, on top of which all others are. */
    private static Base base() {
        ChangeId head = new ChangeId(actor(0), 5);
        return new Base(
                Heads.of(List.of(head)), VersionVector.of(Map.of(actor(0), 5L)), new TreeMap<>(Map.of(actor(0), 5L)));
    }

    @Property(tries = 60)
    void itIsWhatCountingSays(@ForAll Random random) {
        boolean onBase = random.nextBoolean();
        EventGraph graph = new EventGraph(onBase ? base() : Base.NONE);
        List<Integer> actors = new ArrayList<>();
        int actorsMax = 1 + random.nextInt(40);
        int stay = random.nextInt(10);
        int last = 0;
        for (int i = 0; i < 400; i++) {
            int number = random.nextInt(10) < stay ? last : random.nextInt(actorsMax);
            last = number;
            int actor = graph.actor(actor(number));
            if (random.nextInt(5) == 0) {
                graph.addLocal(actor, graph.versions().headsOfOthers(actor), 0);
                assertThat(graph.versionBelow(graph.size())[actor]).isEqualTo(graph.known(actor));
                graph.removeLocal();
            } else {
                List<ChangeId> heads = graph.versions().headsOfOthers(actor);
                graph.add(actor, heads, graph.parentLamport(actor, heads) + 1, 0, 0, 0);
                actors.add(actor);
            }
            int wanted = random.nextInt(4) == 0
                    ? random.nextInt(actors.size() + 1)
                    : Math.max(0, actors.size() - random.nextInt(6));
            assertThat(graph.versionBelow(wanted)).isEqualTo(counted(graph, actors.subList(0, wanted)));
        }
    }

    private static int[] counted(EventGraph graph, List<Integer> actors) {
        int[] version = new int[graph.actorCount()];
        for (int actor : actors) {
            version[actor] = (version[actor] == 0 ? graph.baseSeq(actor) : version[actor]) + 1;
        }
        return version;
    }
}
