package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.ConflictUpdate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Whoever is told what became of conflicts knows all that there are, however changes come, and also when the set is
 * made anew on the way, from a checkpoint, with its history, or from its changes.
 */
class ConflictUpdateProperties {
    private final Map<String, List<Conflict>> told = new HashMap<>();

    private final Map<String, ByteBuffer> snapshots = new HashMap<>();

    private List<TestRun> history = new ArrayList<>();

    @BeforeTry
    void nothingIsToldYet() {
        told.clear();
        snapshots.clear();
        history = new ArrayList<>();
    }

    private void take(DocumentSet set, Iterable<String> documents) {
        List<String> names = new ArrayList<>();
        documents.forEach(names::add);
        Map<String, ConflictUpdate> updates = new HashMap<>();
        set.takeConflicts(names).forEach(update -> updates.put(update.document(), update));
        for (String name : names) {
            List<Conflict> before = told.getOrDefault(name, List.of());
            List<Conflict> now = set.document(name).conflicts();
            ConflictUpdate expected = ConflictUpdate.between(name, before, now);
            assertThat(updates.get(name)).as(name).isEqualTo(expected.isEmpty() ? null : expected);
            if (!expected.isEmpty()) {
                assertThat(expected.open()).isEqualTo(now.size());
            }
            told.put(name, now);
        }
    }

    private void requireAllTold(DocumentSet set) {
        for (String name : set.documentNames()) {
            ConflictUpdate missed = ConflictUpdate.between(
                    name, told.getOrDefault(name, List.of()), set.document(name).conflicts());
            assertThat(missed.isEmpty()).as("of " + name + ": " + missed).isTrue();
        }
    }

    private DocumentSet opened(DocumentSet set, List<TestRun> known) {
        EngineCheckpoint checkpoint = set.checkpoint();
        snapshots.putAll(checkpoint.changedSnapshots());
        return DocumentSet.open(
                checkpoint,
                name -> Objects.requireNonNull(snapshots.get(name)).duplicate(),
                () -> List.copyOf(known),
                List.of());
    }

    @Property(tries = 60)
    void whoeverIsToldKnowsAll(@ForAll long seed) {
        Fleet fleet = Fleet.runWithEverything(seed, 4, 60, false);
        DocumentSet set = DocumentSet.create();
        set.watchConflicts();
        int step = 0;
        for (TestRun run : fleet.causal()) {
            Integration result = set.integrate(List.of(run));
            history.add(run);
            if (step % 3 > 0) {
                take(set, result.documents());
            } else {
                take(set, set.documentNames());
            }
            requireAllTold(set);
            if (step % 7 == 3) {
                set = again(set, step);
            }
            step++;
        }
    }

    /** A set of the same changes in the place of another, which goes on telling. */
    private DocumentSet again(DocumentSet set, int step) {
        DocumentSet other;
        if (step % 2 == 0) {
            other = opened(set, history);
        } else {
            other = DocumentSet.create();
            other.integrate(history);
        }
        other.watchConflictsAs(set);
        return other;
    }

    @Property(tries = 40)
    void alsoWhenAChangeAsksForTheHistory(@ForAll long seed) {
        Fleet fleet = Fleet.runWithEverything(seed, 4, 60, false);
        List<TestRun> all = fleet.causal();
        int half = all.size() / 2;
        DocumentSet first = DocumentSet.create();
        first.integrate(all.subList(0, half));
        history = all.subList(0, half);
        DocumentSet set = opened(first, history);
        set.watchConflicts();
        for (String name : set.documentNames()) {
            told.put(name, set.document(name).conflicts());
        }
        for (TestRun run : all.subList(half, all.size())) {
            Integration result = set.integrate(List.of(run));
            take(set, result.documents());
            requireAllTold(set);
        }
    }
}
