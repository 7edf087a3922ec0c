package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Heads;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the order, repetition and batching: the same changes give the same state. */
class ConvergenceProperties {
    @Property(tries = 150)
    void everyOrderGivesTheSameState(@ForAll long seed) {
        Fleet fleet = Fleet.runWithEverything(seed, 4, 60, seed % 3 == 0);
        DocumentSet causal = DocumentSet.create();
        causal.integrate(fleet.causal());
        ByteBuffer expected = causal.stateHash();
        Random random = new Random(seed);

        assertThat(integrated(shuffled(fleet.causal(), random), 1).stateHash()).isEqualTo(expected);
        assertThat(integrated(reversed(fleet.causal()), 1).stateHash()).isEqualTo(expected);
        assertThat(integrated(shuffled(doubled(fleet.causal()), random), 3).stateHash())
                .isEqualTo(expected);
        assertThat(integrated(byActor(fleet), 1000).stateHash()).isEqualTo(expected);
        assertThat(integrated(fleet.causal(), 1).stateHash()).isEqualTo(expected);
        for (DocumentSet device : fleet.devices) {
            device.integrate(shuffled(fleet.causal(), random));
            assertThat(device.heads()).isEqualTo(causal.heads());
            assertThat(device.stateHash()).isEqualTo(expected);
            assertThat(device.invalid()).isEmpty();
        }
    }

    @Property(tries = 100)
    void readingInBetweenChangesNothing(@ForAll long seed) {
        Fleet fleet = Fleet.runWithEverything(seed, 3, 50, seed % 2 == 0);
        DocumentSet read = DocumentSet.create();
        for (TestRun run : byActor(fleet)) {
            read.integrate(List.of(run));
            read.stateHash();
        }
        DocumentSet whole = DocumentSet.create();
        whole.integrate(fleet.causal());
        assertThat(read.stateHash()).isEqualTo(whole.stateHash());
        assertThat(read.document("a").toPlain()).isEqualTo(whole.document("a").toPlain());
    }

    @Property(tries = 100)
    void anOldVersionLooksAsItDid(@ForAll long seed) {
        Fleet fleet = Fleet.runWithEverything(seed, 3, 40, false);
        DocumentSet growing = DocumentSet.create();
        Map<Heads, Object> seen = new HashMap<>();
        for (TestRun run : fleet.causal()) {
            growing.integrate(List.of(run));
            seen.put(growing.heads(), growing.document("a"));
        }
        DocumentSet whole = DocumentSet.create();
        whole.integrate(reversed(fleet.causal()));
        seen.forEach((heads, state) -> assertThat(whole.documentAt("a", heads)).isEqualTo(state));
    }

    @Property(tries = 150)
    void openingFromACheckpointGivesTheSameState(@ForAll long seed) {
        Fleet fleet = Fleet.runWithEverything(seed, 3, 50, seed % 4 == 0);
        Random random = new Random(seed);
        List<TestRun> all = fleet.causal();
        int cut = random.nextInt(all.size() + 1);
        DocumentSet original = DocumentSet.create();
        Map<String, ByteBuffer> stored = new HashMap<>();
        original.integrate(all.subList(0, cut / 2));
        stored.putAll(original.checkpoint().changedSnapshots());
        original.integrate(all.subList(cut / 2, cut));
        EngineCheckpoint checkpoint = original.checkpoint();
        stored.putAll(checkpoint.changedSnapshots());

        DocumentSet opened = DocumentSet.open(
                checkpoint,
                name -> Objects.requireNonNull(stored.get(name)),
                () -> shuffled(all.subList(0, cut), random));
        assertThat(opened.heads()).isEqualTo(original.heads());
        assertThat(opened.version()).isEqualTo(original.version());
        assertThat(opened.stateHash()).isEqualTo(original.stateHash());
        assertThat(opened.documentNames()).isEqualTo(original.documentNames());
        for (TestRun run : all.subList(cut, all.size())) {
            original.integrate(List.of(run));
            opened.integrate(List.of(run));

            assertThat(opened.stateHash()).isEqualTo(original.stateHash());
        }
        assertThat(opened.heads()).isEqualTo(original.heads());
        assertThat(opened.changesOf("a")).hasSameElementsAs(original.changesOf("a"));
    }

    @Property(tries = 100)
    void editingOnTopOfACheckpointEqualsEditingOnTopOfTheHistory(@ForAll long seed) {
        Fleet fleet = Fleet.runWithEverything(seed, 3, 30, false);
        DocumentSet original = DocumentSet.create();
        original.integrate(fleet.causal());
        EngineCheckpoint checkpoint = original.checkpoint();
        DocumentSet opened = DocumentSet.open(
                checkpoint,
                name -> Objects.requireNonNull(checkpoint.changedSnapshots().get(name)),
                () -> {
                    throw new AssertionError("nothing here is concurrent with the checkpoint");
                });
        fleet.devices.set(0, opened);
        for (int i = 0; i < 12; i++) {
            int before = fleet.changes.size();
            fleet.edit(0);
            List<TestRun> fresh = fleet.causal().subList(before, fleet.changes.size());
            original.integrate(fresh);
            assertThat(opened.stateHash()).isEqualTo(original.stateHash());
        }
    }

    @Property(tries = 150)
    void aCancelledSessionLeavesNoTrace(@ForAll long seed) {
        Fleet fleet = Fleet.runWithEverything(seed, 3, 30, false);
        DocumentSet set = fleet.devices.get(0);
        ByteBuffer hash = set.stateHash();
        Heads heads = set.heads();
        ActorId actor = fleet.actors.get(0);
        long seq = set.version().of(actor) + 1;
        EditSession session = set.begin(actor, seq, 0);
        session.on("a").text("k").append("gone");
        session.on("a").map().put("l", 1).remove("m");
        session.on("never").map().put("x", true);
        session.cancel();
        assertThat(set.heads()).isEqualTo(heads);
        assertThat(set.documentNames()).doesNotContain("never");
        assertThat(set.stateHash()).isEqualTo(hash);
        assertThat(set.begin(actor, seq, 0).finish().isEmpty()).isTrue();
        assertThat(set.heads()).isEqualTo(heads);
    }

    static DocumentSet integrated(List<TestRun> runs, int batch) {
        DocumentSet set = DocumentSet.create();
        for (int i = 0; i < runs.size(); i += batch) {
            set.integrate(runs.subList(i, Math.min(runs.size(), i + batch)));
        }
        assertThat(set.integrate(List.of()).waiting()).isEmpty();
        return set;
    }

    static List<TestRun> shuffled(List<TestRun> runs, Random random) {
        List<TestRun> copy = new ArrayList<>(runs);
        Collections.shuffle(copy, random);
        return copy;
    }

    static List<TestRun> reversed(List<TestRun> runs) {
        List<TestRun> copy = new ArrayList<>(runs);
        Collections.reverse(copy);
        return copy;
    }

    static List<TestRun> doubled(List<TestRun> runs) {
        List<TestRun> copy = new ArrayList<>(runs);
        copy.addAll(runs);
        return copy;
    }

    static List<TestRun> byActor(Fleet fleet) {
        List<TestRun.Change> sorted = new ArrayList<>(fleet.changes.values());
        sorted.sort(Comparator.comparing(TestRun.Change::id));
        return TestRun.join(sorted);
    }
}
