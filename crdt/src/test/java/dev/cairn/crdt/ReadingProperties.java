package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.Step;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A state which shares what it can with the one before it is the state that is made of nothing: what is read after each
 * change, of a document that was read after each change before it, is what a fresh set reads from its snapshot.
 */
class ReadingProperties {
    private final Map<String, ByteBuffer> snapshots = new HashMap<>();

    @Property(tries = 60)
    void aStateAfterEachChangeIsOneMadeAnew(@ForAll long seed) {
        Fleet fleet = Fleet.run(seed, 4, 70, false);
        DocumentSet reader = DocumentSet.create();
        List<DocumentState> before = new ArrayList<>();
        List<Map<String, Object>> contents = new ArrayList<>();
        for (TestRun run : fleet.causal()) {
            reader.integrate(List.of(run));
            DocumentSet fresh = reopened(reader);
            for (String name : reader.documentNames()) {
                DocumentState state = reader.document(name);
                requireEqual(state, fresh.document(name));
                before.add(state);
                contents.add(new HashMap<>(state.toPlain()));
            }
        }
        for (int i = 0; i < before.size(); i++) {
            assertThat(before.get(i).toPlain()).isEqualTo(contents.get(i));
        }
    }

    @Property(tries = 40)
    void aStateWithinAndAfterEachLocalEditIsOneMadeAnew(@ForAll long seed) {
        Fleet fleet = new Fleet(seed, 3, false);
        for (int i = 0; i < 60; i++) {
            fleet.step();
            DocumentSet device = fleet.devices.get(0);
            DocumentSet fresh = reopened(device);
            for (String name : device.documentNames()) {
                requireEqual(device.document(name), fresh.document(name));
            }
        }
    }

    @Example
    void aConflictInsideWhatASnapshotHidesIsFoundOnceItIsShown() {
        ActorId a = new ActorId(0, 1);
        DocumentSet first = DocumentSet.create();
        DocumentSet second = DocumentSet.create();
        DocumentSet third = DocumentSet.create();
        edit(first, a, map -> map.map("k").put("inner", 1));
        TestRun other = edit(second, new ActorId(0, 2), map -> map.map("k").put("inner", 2));
        ActorId c = new ActorId(0, 3);
        List<TestRun> hiding = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hiding.add(edit(third, c, map -> map.put("k", "scalar")));
        }
        first.integrate(List.of(other));
        first.integrate(hiding);
        DocumentSet opened = reopened(first);
        assertThat(paths(opened.document("d"))).containsExactly(List.of(new Step.Key("k")));

        edit(opened, a, map -> map.map("k").put("new", 3));

        assertThat(paths(opened.document("d"))).containsExactly(List.of(new Step.Key("k"), new Step.Key("inner")));
        requireEqual(opened.document("d"), reopened(opened).document("d"));
    }

    private static TestRun edit(DocumentSet set, ActorId actor, Consumer<MapEditor> edits) {
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 0);
        edits.accept(session.on("d").map());
        return TestRun.of(session.finish());
    }

    private static List<List<Step>> paths(DocumentState state) {
        return state.conflicts().stream().map(Conflict::path).toList();
    }

    private DocumentSet reopened(DocumentSet set) {
        EngineCheckpoint checkpoint = set.checkpoint();
        snapshots.putAll(checkpoint.changedSnapshots());
        return DocumentSet.open(
                checkpoint, name -> Objects.requireNonNull(snapshots.get(name)).duplicate(), List::of, List.of());
    }

    private static void requireEqual(DocumentState state, DocumentState fresh) {
        assertThat(state.root()).isEqualTo(fresh.root());
        assertThat(state.toPlain()).isEqualTo(fresh.toPlain());
        List<Conflict> conflicts = state.conflicts();
        assertThat(conflicts).isEqualTo(fresh.conflicts());
    }
}
