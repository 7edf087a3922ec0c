package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Trees are what the specification says, whoever writes what and in whatever order it comes. */
class TreeProperties {
    @Property(tries = 200)
    void treesAreThoseOfTheTwin(@ForAll long seed) {
        Random random = new Random(seed);
        TreeTwin twin = new TreeTwin(seed, 1 + random.nextInt(4), 1 + random.nextInt(30));
        TreeTwin.Outcome outcome = new TreeTwin.Outcome(twin.changes);
        List<TreeTwin.Change> arrival = new ArrayList<>(twin.changes);
        for (int i = 0; i < 3; i++) {
            DocumentSet set = DocumentSet.create();
            arrival.forEach(change -> set.integrate(List.of(TestRun.of(change.sent()))));
            check(set, outcome);
            Collections.shuffle(arrival, random);
        }
    }

    @Property(tries = 150)
    void whoeverLooksInBetweenSeesWhatHasComeSoFar(@ForAll long seed) {
        Random random = new Random(seed);
        TreeTwin twin = new TreeTwin(seed, 3, 25);
        DocumentSet set = DocumentSet.create();
        for (int i = 0; i < twin.changes.size(); i++) {
            set.integrate(List.of(TestRun.of(twin.changes.get(i).sent())));
            if (random.nextInt(3) == 0) {
                check(set, new TreeTwin.Outcome(twin.changes.subList(0, i + 1)));
            }
        }
        check(set, new TreeTwin.Outcome(twin.changes));
    }

    @Property(tries = 150)
    void aCheckpointIsAsGoodAsTheHistory(@ForAll long seed) {
        Random random = new Random(seed);
        TreeTwin twin = new TreeTwin(seed, 3, 25);
        int saved = 1 + random.nextInt(twin.changes.size());
        List<TestRun> before = twin.changes.subList(0, saved).stream()
                .map(change -> TestRun.of(change.sent()))
                .toList();
        DocumentSet whole = DocumentSet.create();
        whole.integrate(before);
        EngineCheckpoint checkpoint = whole.checkpoint();
        DocumentSet opened = DocumentSet.open(
                checkpoint,
                name -> Objects.requireNonNull(checkpoint.changedSnapshots().get(name)),
                () -> before);
        check(opened, new TreeTwin.Outcome(twin.changes.subList(0, saved)));
        for (TreeTwin.Change change : twin.changes.subList(saved, twin.changes.size())) {
            opened.integrate(List.of(TestRun.of(change.sent())));
            if (random.nextInt(4) == 0) {
                opened.document("d");
            }
        }
        check(opened, new TreeTwin.Outcome(twin.changes));
        assertThat(opened.snapshot("d")).isNotNull();
    }

    private static void check(DocumentSet set, TreeTwin.Outcome outcome) {
        DocumentState state = set.document("d");
        for (String name : List.of("t", "u")) {
            assertThat(tree((TreeView) state.at(name).orElseThrow())).isEqualTo(outcome.tree(name));
        }
        Map<TreeNodeId, Set<ChangeId>> lost = new TreeMap<>();
        for (Conflict conflict : state.conflicts()) {
            List<Step> path = conflict.path();
            Set<ChangeId> edits = new TreeSet<>();
            ((Conflict.LostEdits) conflict).edits().forEach(edit -> edits.add(edit.change()));
            assertThat(lost.put(((Step.TreeNode) path.get(1)).id(), edits)).isNull();
        }
        assertThat(lost).isEqualTo(outcome.lost);
        Set<String> invalid = new TreeSet<>();
        set.invalid().forEach(operation -> invalid.add(operation.change() + " " + operation.index()));
        assertThat(invalid).isEqualTo(outcome.invalid);
    }

    private static String tree(TreeView tree) {
        StringBuilder text = new StringBuilder();
        tree.walk(new TreeView.Walker() {
            @Override
            public void enter(TreeNodeId node, MapView data, int children) {
                text.append(node).append(data.entries().keySet()).append('(');
                assertThat(tree.children(node)).hasSize(children);
            }

            @Override
            public void leave(TreeNodeId node) {
                text.append(')');
            }
        });
        return text.toString();
    }
}
