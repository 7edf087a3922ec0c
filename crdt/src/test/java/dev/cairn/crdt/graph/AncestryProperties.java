package dev.cairn.crdt.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the graph says of the past is what plain sets of changes say, however few vectors it may keep. */
class AncestryProperties {
    private final EventGraph graph = new EventGraph(Base.NONE);
    private final List<BitSet> pasts = new ArrayList<>();
    private final List<Integer> lastOf = new ArrayList<>();

    @Property(tries = 10)
    void everyPastIsThatOfPlainSets(@ForAll Random random) {
        int actors = 1 + random.nextInt(9);
        graph.ancestry.intsMax = random.nextBoolean() ? 8 << 20 : 20 + random.nextInt(300);
        addActors(actors);
        int parentsMax = 1 + random.nextInt(4);
        int mergesIn10 = random.nextInt(11);
        for (int i = 0; i < 250; i++) {
            int actor = random.nextInt(actors);
            BitSet parents = new BitSet();
            if (random.nextInt(40) == 0) {
                parents = heads();
            } else if (random.nextInt(10) < mergesIn10 && i > 0) {
                for (int p = random.nextInt(parentsMax + 1); p > 0; p--) {
                    parents.set(random.nextInt(4) > 0 ? Math.max(0, i - 1 - random.nextInt(12)) : random.nextInt(i));
                }
            }
            add(actor, parents);
            if (random.nextInt(30) == 0) {
                addAndTakeBack(random.nextInt(actors));
            }
            if (i % 10 == 0) {
                requireHeads();
            }
        }
        requireHeads();
        requireAll(random);
    }

    @Example
    void crossingBranchesCostNoWalks() {
        int actors = 30;
        addActors(actors);
        Random random = new Random(5);
        for (int round = 0; round < 12; round++) {
            int before = graph.size();
            for (int actor = 0; actor < actors; actor++) {
                BitSet parents = new BitSet();
                for (int p = 0; round > 0 && p < 3; p++) {
                    parents.set(before - 1 - random.nextInt(actors));
                }
                add(actor, parents);
            }
        }
        requireAll(random);
        assertThat(graph.ancestry.walked).isZero();
    }

    @Example
    void forgottenVectorsAreFoundAgainWithAFewSteps() {
        int actors = 20;
        addActors(actors);
        graph.ancestry.intsMax = 60 * actors;
        Random random = new Random(5);
        for (int round = 0; round < 25; round++) {
            int before = graph.size();
            for (int actor = 0; actor < actors; actor++) {
                BitSet parents = new BitSet();
                for (int p = 0; round > 0 && p < 2; p++) {
                    parents.set(before - 1 - random.nextInt(actors));
                }
                add(actor, parents);
            }
        }
        requireAll(random);
        assertThat(graph.ancestry.walked).isBetween(1L, 20_000L * graph.size());
    }

    private void addActors(int count) {
        for (int actor = 0; actor < count; actor++) {
            graph.actor(new ActorId(actor * 31L % 7, actor));
            lastOf.add(-1);
        }
    }

    private BitSet heads() {
        BitSet heads = new BitSet();
        heads.set(0, pasts.size());
        for (int lv = 0; lv < pasts.size(); lv++) {
            BitSet below = (BitSet) pasts.get(lv).clone();
            below.clear(lv);
            heads.andNot(below);
        }
        return heads;
    }

    private void add(int actor, BitSet wanted) {
        int lv = graph.size();
        BitSet past = new BitSet();
        if (lastOf.get(actor) >= 0) {
            past.or(pasts.get(lastOf.get(actor)));
        }
        BitSet byActor = new BitSet();
        List<ChangeId> parents = new ArrayList<>();
        wanted.stream()
                .filter(parent -> graph.actorOf(parent) != actor && !byActor.get(graph.actorOf(parent)))
                .forEach(parent -> {
                    byActor.set(graph.actorOf(parent));
                    parents.add(graph.id(parent));
                    past.or(pasts.get(parent));
                });
        parents.sort(null);
        past.set(lv);
        assertThat(graph.add(actor, parents, graph.parentLamport(actor, parents) + 1, 0, 0, 0))
                .isEqualTo(lv);
        pasts.add(past);
        lastOf.set(actor, lv);
    }

    private void addAndTakeBack(int actor) {
        graph.addLocal(actor, graph.versions().headsOfOthers(actor), 0);
        graph.removeLocal();
    }

    private void requireHeads() {
        List<ChangeId> expected = heads().stream().mapToObj(graph::id).toList();
        assertThat(graph.versions().heads()).isEqualTo(Heads.of(expected));
    }

    private void requireAll(Random random) {
        for (int later = 0; later < pasts.size(); later++) {
            int run = graph.runOf(later);
            BitSet past = pasts.get(later);
            for (int i = 0; i < 12; i++) {
                int earlier = random.nextInt(pasts.size());
                assertThat(graph.inPast(earlier, later)).isEqualTo(past.get(earlier));
            }
            if (graph.runStart(run) == later) {
                requireVector(run, past, later);
            }
        }
    }

    private void requireVector(int run, BitSet past, int first) {
        int[] expected = new int[graph.actorCount()];
        past.stream()
                .filter(lv -> lv != first)
                .forEach(lv -> expected[graph.actorOf(lv)] = Math.max(expected[graph.actorOf(lv)], graph.seqOf(lv)));
        int[] vector = Arrays.copyOf(graph.pastOf(run), expected.length);
        int own = graph.actorOf(first);
        assertThat(vector[own]).isLessThanOrEqualTo(expected[own]);
        vector[own] = expected[own];
        assertThat(vector).isEqualTo(expected);
        assertThat(past.nextClearBit(0)).isGreaterThanOrEqualTo(Math.min(graph.completeBelow(run), first));
    }
}
