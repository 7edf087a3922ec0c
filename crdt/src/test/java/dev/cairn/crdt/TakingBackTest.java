package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Taking back one change among the edits of somebody else, type by type. */
class TakingBackTest {
    private static final ActorId A = new ActorId(0, 1);
    private static final ActorId B = new ActorId(-1, 2);

    private final DocumentSet a = DocumentSet.create();
    private final DocumentSet b = DocumentSet.create();

    private static LocalChange edit(DocumentSet set, ActorId actor, Consumer<EditSession> edits) {
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 1000);
        edits.accept(session);
        return session.finish();
    }

    private void typed() {
        LocalChange change = edit(a, A, session -> session.on("d").text("t").insert(0, "hello world"));
        b.integrate(List.of(TestRun.of(change)));
    }

    private LocalChange takeBack(LocalChange change) {
        a.history();
        return edit(a, A, session -> session.takeBack(change.change()));
    }

    private String runs() {
        return ((TextView) a.document("d").at("t").orElseThrow()).runs().toString();
    }

    @Test
    void aMarkShowsWhatWasMarkedBefore() {
        typed();
        edit(a, A, session -> session.on("d").text("t").mark(0, 5, "bold", true));
        String before = runs();
        LocalChange change = edit(a, A, session -> session.on("d").text("t").unmark(2, 8, "bold"));
        assertThat(runs()).isNotEqualTo(before);
        takeBack(change);
        assertThat(runs()).isEqualTo(before);
    }

    @Test
    void anInsertionLeavesWhatOthersTypedInsideOfIt() {
        typed();
        LocalChange mine = edit(a, A, session -> session.on("d").text("t").insert(5, " brave"));
        b.integrate(List.of(TestRun.of(mine)));
        LocalChange theirs = edit(b, B, session -> session.on("d").text("t").insert(8, "XY"));
        a.integrate(List.of(TestRun.of(theirs)));
        b.integrate(List.of(TestRun.of(takeBack(mine))));
        assertThat(b.document("d").toPlain()).isEqualTo(Map.of("t", "helloXY world"));
        assertThat(a.stateHash()).isEqualTo(b.stateHash());
    }

    @Test
    void aDeletionBringsBackOnlyWhatNobodyElseDeleted() {
        typed();
        LocalChange mine = edit(a, A, session -> session.on("d").text("t").delete(0, 6));
        LocalChange theirs = edit(b, B, session -> session.on("d").text("t").delete(4, 4));
        a.integrate(List.of(TestRun.of(theirs)));
        takeBack(mine);
        assertThat(a.document("d").toPlain()).isEqualTo(Map.of("t", "hellrld"));
    }

    @Test
    void anAssignmentOfWhichSomebodyElseHasMadeAnotherDoesNothing() {
        LocalChange mine = edit(a, A, session -> session.on("d").map().put("x", 1));
        b.integrate(List.of(TestRun.of(mine)));
        LocalChange theirs = edit(b, B, session -> session.on("d").map().put("x", 2));
        a.integrate(List.of(TestRun.of(theirs)));
        takeBack(mine);
        assertThat(a.document("d").toPlain()).isEqualTo(Map.of("x", 2L));
        assertThat(a.history().undoable(A)).isEmpty();
    }

    @Test
    void aNewContainerLeavesItWhereOthersHaveWorkedInIt() {
        LocalChange mine = edit(a, A, session -> session.on("d").map("m").put("x", 1));
        b.integrate(List.of(TestRun.of(mine)));
        LocalChange theirs = edit(b, B, session -> session.on("d").map("m").put("y", 2));
        a.integrate(List.of(TestRun.of(theirs)));
        takeBack(mine);
        assertThat(a.document("d").toPlain()).isEqualTo(Map.of("m", Map.of("y", 2L)));
    }

    /** Takes a change back and returns which parts are left as they are, in words. */
    private List<String> leftBy(LocalChange change) {
        a.history();
        List<String> left = new ArrayList<>();
        edit(
                a,
                A,
                session -> session.takeBack(change.change())
                        .forEach(part -> left.add(part.path().stream()
                                        .map(step -> step instanceof Step.Key key
                                                ? key.key()
                                                : step instanceof Step.Index index
                                                        ? String.valueOf(index.index())
                                                        : "node")
                                        .toList()
                                + " " + part.reason())));
        return left;
    }

    private LocalChange theirs(Consumer<EditSession> edits) {
        LocalChange change = edit(b, B, edits);
        a.integrate(List.of(TestRun.of(change)));
        return change;
    }

    private LocalChange mine(Consumer<EditSession> edits) {
        LocalChange change = edit(a, A, edits);
        b.integrate(List.of(TestRun.of(change)));
        return change;
    }

    private List<?> list() {
        return ((ListView) a.document("d").at("l").orElseThrow())
                .elements().stream().map(Patch::plain).toList();
    }

    @Test
    void anElementGoesBackAmongTheMovesOfOthers() {
        mine(session ->
                session.on("d").movableList("l").add("a").add("b").add("c").add("d"));
        LocalChange moved = mine(session -> session.on("d").movableList("l").move(0, 3));
        theirs(session ->
                session.on("d").movableList("l").move(0, 1).set(3, "A").insert(0, "x"));
        assertThat(list()).isEqualTo(List.of("x", "c", "b", "d", "A"));
        assertThat(leftBy(moved)).isEmpty();
        assertThat(list()).isEqualTo(List.of("x", "A", "c", "b", "d"));
    }

    @Test
    void anElementWhichSomebodyElseMovedStays() {
        mine(session -> session.on("d").movableList("l").add("a").add("b").add("c"));
        LocalChange moved = mine(session -> session.on("d").movableList("l").move(0, 2));
        theirs(session -> session.on("d").movableList("l").move(2, 1));
        assertThat(leftBy(moved)).containsExactly("[l, 1] EDITED_SINCE");
        assertThat(list()).isEqualTo(List.of("b", "a", "c"));
    }

    @Test
    void aTextInAnElementComesBackWithItsMarks() {
        edit(
                a,
                A,
                session -> session.on("d")
                        .list("l")
                        .insertText(0)
                        .insert(0, "hello world")
                        .mark(0, 5, "bold", true)
                        .mark(3, 8, "link", "https://example.org"));
        List<Mark> before = ((TextView) a.document("d").at("l", 0).orElseThrow()).marks();
        LocalChange change = edit(a, A, session -> session.on("d").list("l").delete(0, 1));
        takeBack(change);
        assertThat(((TextView) a.document("d").at("l", 0).orElseThrow()).marks())
                .isEqualTo(before)
                .hasSize(2);
    }

    @Test
    void aTextInAnElementComesBackWithMarksThatExpandAsTheyDid() {
        edit(
                a,
                A,
                session -> session.on("d")
                        .list("l")
                        .insertText(0)
                        .insert(0, "none before after both")
                        .mark(0, 4, "k", "none", Expand.NONE)
                        .mark(5, 11, "k", "before", Expand.BEFORE)
                        .mark(12, 17, "k", "after", Expand.AFTER)
                        .mark(18, 22, "k", "both", Expand.BOTH));
        takeBack(edit(a, A, session -> session.on("d").list("l").delete(0, 1)));
        edit(a, A, session -> {
            TextEditor text = session.on("d").list("l").text(0);
            for (int edge : new int[] {22, 18, 17, 12, 11, 5, 4, 0}) {
                text.insert(edge, "|");
            }
        });
        TextView text = (TextView) a.document("d").at("l", 0).orElseThrow();
        assertThat(text.marks().stream()
                        .map(mark -> text.toString().substring(mark.start(), mark.end()))
                        .toList())
                .containsExactly("none", "|before", "after|", "|both|");
    }

    @Test
    void elementsComeBackWithTheirValuesAndContainers() {
        mine(session -> {
            MovableListEditor list = session.on("d").movableList("l").add("a");
            list.insertMap(1).put("x", 1);
            list.set(0, "A").add("b");
        });
        LocalChange deleted = mine(session -> session.on("d").movableList("l").delete(0, 2));
        theirs(session -> session.on("d").movableList("l").insert(0, "first").add("last"));
        assertThat(leftBy(deleted)).isEmpty();
        assertThat(list()).isEqualTo(List.of("first", "A", Map.of("x", 1L), "b", "last"));
    }

    @Test
    void anInsertedElementStaysWhereSomebodyHasWorkedOnIt() {
        LocalChange inserted = mine(
                session -> session.on("d").movableList("l").add("a").add("b").add("c"));
        theirs(session -> session.on("d").movableList("l").set(1, "B"));
        assertThat(leftBy(inserted)).containsExactly("[l] WORKED_IN", "[l, 0] WORKED_IN");
        assertThat(list()).isEqualTo(List.of("B"));
    }

    @Test
    void anAssignedElementShowsWhatItShowedBefore() {
        mine(session -> session.on("d").movableList("l").add("a").add("b"));
        LocalChange set =
                mine(session -> session.on("d").movableList("l").set(0, "A").set(1, "B"));
        theirs(session -> session.on("d").movableList("l").set(1, "theirs").move(0, 1));
        assertThat(leftBy(set)).containsExactly("[l, 0] EDITED_SINCE");
        assertThat(list()).isEqualTo(List.of("theirs", "a"));
    }

    private String shape() {
        TreeView tree = (TreeView) a.document("d").at("t").orElseThrow();
        StringBuilder shape = new StringBuilder();
        tree.walk(new TreeView.Walker() {
            @Override
            public void enter(TreeNodeId node, MapView data, int children) {
                shape.append(Patch.plain(data.get("n").orElseThrow())).append('(');
            }

            @Override
            public void leave(TreeNodeId node) {
                shape.append(')');
            }
        });
        return shape.toString();
    }

    /** Makes nodes at the top of a tree, each named by a letter. */
    private List<TreeNodeId> nodes(String names) {
        List<TreeNodeId> nodes = new ArrayList<>();
        mine(session -> names.chars().forEach(name -> {
            TreeEditor tree = session.on("d").tree("t");
            nodes.add(tree.add());
            tree.data(nodes.get(nodes.size() - 1)).put("n", Character.toString(name));
        }));
        return nodes;
    }

    @Test
    void aNodeGoesBackAmongTheEditsOfOthers() {
        List<TreeNodeId> nodes = nodes("abc");
        LocalChange moved = mine(session -> session.on("d").tree("t").move(nodes.get(0), nodes.get(2), 0));
        theirs(session -> {
            TreeEditor tree = session.on("d").tree("t");
            tree.move(nodes.get(1), nodes.get(0), 0);
            tree.data(nodes.get(0)).put("n", "A");
        });
        assertThat(shape()).isEqualTo("c(A(b()))");
        assertThat(leftBy(moved)).isEmpty();
        assertThat(shape()).isEqualTo("A(b())c()");
    }

    @Test
    void aNodeDoesNotGoBackBelowItself() {
        List<TreeNodeId> nodes = nodes("ab");
        mine(session -> session.on("d").tree("t").move(nodes.get(0), nodes.get(1), 0));
        LocalChange moved = mine(session -> session.on("d").tree("t").move(nodes.get(0), 0));
        theirs(session -> session.on("d").tree("t").move(nodes.get(1), nodes.get(0), 0));
        assertThat(leftBy(moved)).containsExactly("[t, node] CIRCLE");
        assertThat(shape()).isEqualTo("a(b())");
    }

    @Test
    void aNodeDoesNotGoBackBelowOneThatIsOut() {
        List<TreeNodeId> nodes = nodes("ab");
        mine(session -> session.on("d").tree("t").move(nodes.get(0), nodes.get(1), 0));
        LocalChange moved = mine(session -> session.on("d").tree("t").move(nodes.get(0), 0));
        theirs(session -> session.on("d").tree("t").remove(nodes.get(1)));
        assertThat(leftBy(moved)).containsExactly("[t, node] GONE");
        assertThat(shape()).isEqualTo("a()");
    }

    @Test
    void aNewNodeGoesUnlessSomebodyHasWorkedInIt() {
        nodes("a");
        List<TreeNodeId> made = new ArrayList<>();
        LocalChange change = mine(session -> {
            TreeEditor tree = session.on("d").tree("t");
            for (String name : List.of("x", "y")) {
                made.add(tree.add());
                tree.data(made.get(made.size() - 1)).put("n", name);
            }
        });
        theirs(session -> session.on("d").tree("t").data(made.get(1)).put("n", "Y"));
        assertThat(leftBy(change)).containsExactly("[t, node, n] EDITED_SINCE", "[t, node] WORKED_IN");
        assertThat(shape()).isEqualTo("a()Y()");
    }

    @Test
    void aNodeThatWasTakenOutComesBackWithAllBelowIt() {
        List<TreeNodeId> nodes = nodes("ab");
        mine(session -> session.on("d").tree("t").move(nodes.get(1), nodes.get(0), 0));
        LocalChange removed = mine(session -> session.on("d").tree("t").remove(nodes.get(0)));
        theirs(session -> session.on("d").tree("t").add());
        a.integrate(List.of());
        a.history();
        edit(a, A, session -> {
            TreeEditor tree = session.on("d").tree("t");
            tree.data(tree.roots().get(0)).put("n", "c");
        });
        assertThat(leftBy(removed)).isEmpty();
        assertThat(shape()).contains("a(b())").contains("c()");
    }

    @Test
    void aMarkGoesWhereNobodyMarkedAnew() {
        typed();
        LocalChange marked = mine(session -> session.on("d").text("t").mark(0, 11, "bold", true));
        theirs(session -> session.on("d").text("t").insert(5, "!").mark(8, 10, "bold", 2));
        assertThat(leftBy(marked)).containsExactly("[t] EDITED_SINCE");
        assertThat(((TextView) a.document("d").at("t").orElseThrow()).marks())
                .containsExactly(new Mark(8, 10, "bold", Value.of(2)));
    }

    @Test
    void twiceIsRefused() {
        typed();
        LocalChange change = edit(a, A, session -> session.on("d").counter("n").add(3));
        takeBack(change);
        assertThat(a.document("d").at("n")).isEmpty();
        assertThatThrownBy(() -> takeBack(change)).hasMessageContaining("already");
    }
}
