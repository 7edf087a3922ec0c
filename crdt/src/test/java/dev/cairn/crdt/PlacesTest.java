package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Texts inside elements of lists and inside nodes have a history like those under keys. */
class PlacesTest {
    private static final ActorId ACTOR = new ActorId(1, 1);

    private final DocumentSet set = DocumentSet.create();

    private Heads edit(Consumer<DocumentEditor> edits) {
        EditSession session = set.begin(ACTOR, set.version().of(ACTOR) + 1, 0);
        edits.accept(session.on("d"));
        session.finish();
        return set.heads();
    }

    private static void typed(TextEditor text, int index, String typed) {
        text.insert(index, typed);
    }

    private void requireHistory(Heads before, List<Step> then, List<Step> now) {
        Object[] here = now.toArray();
        assertThat(((Blame.OfSequence) set.history().blame("d", here)).runs()).hasSize(2);
        assertThat(((Blame.OfSequence) set.history().blameAt("d", before, then.toArray())).runs())
                .hasSize(1);
        Cursor cursor = set.history().cursor("d", 2, Cursor.Side.RIGHT, here);
        assertThat(set.history().locate(cursor)).contains(new Place(now, 2));
        assertThat(set.history().locate(cursor, before)).contains(new Place(then, 1));
        assertThat(set.history().locate(cursor, Heads.NONE)).isEmpty();
    }

    @Test
    void aTextInAnElementOfAList() {
        Heads before = edit(document -> typed(document.list("l").insertText(0), 0, "ab"));
        edit(document -> {
            document.list("l").insert(0, "first");
            typed(document.list("l").text(1), 0, "_");
        });
        requireHistory(
                before, List.of(new Step.Key("l"), new Step.Index(0)), List.of(new Step.Key("l"), new Step.Index(1)));
        assertThatThrownBy(() -> set.history().blame("d", "l", 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> set.history().blame("d", "l", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextInAnElementOfAMovableList() {
        Heads before = edit(document -> {
            document.movableList("m").add("x");
            typed(document.movableList("m").setText(0), 0, "ab");
        });
        edit(document -> {
            document.movableList("m").insert(0, "first");
            typed(document.movableList("m").text(1), 0, "_");
        });
        requireHistory(
                before, List.of(new Step.Key("m"), new Step.Index(0)), List.of(new Step.Key("m"), new Step.Index(1)));
        assertThatThrownBy(() -> set.history().blame("d", "m", 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextInANodeOfATree() {
        List<TreeNodeId> nodes = new ArrayList<>();
        Heads before = edit(document -> {
            TreeEditor tree = document.tree("t");
            nodes.add(tree.add(0));
            typed(tree.data(nodes.get(0)).text("note"), 0, "ab");
        });
        edit(document -> {
            nodes.add(document.tree("t").add(0));
            document.tree("t").move(nodes.get(0), nodes.get(1), 0);
            typed(document.tree("t").data(nodes.get(0)).text("note"), 0, "_");
        });
        List<Step> path = List.of(new Step.Key("t"), new Step.TreeNode(nodes.get(0)), new Step.Key("note"));
        requireHistory(before, path, path);
        Heads now = edit(document -> document.tree("t").remove(nodes.get(0)));
        assertThatThrownBy(() -> set.history().blame("d", "t", nodes.get(0), "note"))
                .isInstanceOf(IllegalArgumentException.class);
        TreeNodeId unknown = new TreeNodeId(ACTOR, 99, 0);
        assertThatThrownBy(() -> set.history().blameAt("d", now, "t", unknown, "note"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextOfTheDifferenceHasALength() {
        Heads before = edit(document -> typed(document.list("l").insertText(0), 0, "ab"));
        Heads after = edit(document -> document.list("l").delete(0, 1));
        Difference.OfMap difference = set.history().diff("d", before, after);
        Difference.OfList list =
                (Difference.OfList) Objects.requireNonNull(difference.entries().get("l"));
        TextView gone = (TextView) list.pieces().get(0).elements().get(0);
        assertThat(gone.length()).isEqualTo(2);
        assertThat(gone).hasToString("ab");
    }

    @Test
    void anElementIsRestoredWithTheContainerThatItHad() {
        Heads then = edit(document -> {
            document.movableList("m").add("x").add("y");
            document.movableList("m").setMap(0).put("k", 1);
        });
        edit(document -> document.movableList("m").set(0, "scalar").set(1, "z"));
        set.history();
        EditSession session = set.begin(ACTOR, set.version().of(ACTOR) + 1, 0);
        session.restore("d", then);
        session.finish();
        MovableListView list = (MovableListView) set.document("d").at("m").orElseThrow();
        assertThat(list.elements()).hasSize(2);
        assertThat(set.document("d").toPlain()).isEqualTo(Map.of("m", List.of(Map.of("k", 1L), "y")));
    }

    @Test
    void anElementWithAContainerIsRestoredAsTheValueThatItHad() {
        Heads then = edit(document -> document.movableList("m").add("x").add("y"));
        edit(document -> document.movableList("m").setMap(0).put("k", 1));
        set.history();
        EditSession session = set.begin(ACTOR, set.version().of(ACTOR) + 1, 0);
        session.restore("d", then);
        session.finish();
        assertThat(set.document("d").toPlain()).isEqualTo(Map.of("m", List.of("x", "y")));
    }
}
