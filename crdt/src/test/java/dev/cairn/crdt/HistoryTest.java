package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.history.ChangeRecord;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TreeView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final ActorId A = new ActorId(0, 1);
    private static final ActorId B = new ActorId(-1, 2);

    private final DocumentSet a = DocumentSet.create();
    private final DocumentSet b = DocumentSet.create();

    private static LocalChange edit(DocumentSet set, ActorId actor, Consumer<EditSession> edits) {
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 1000);
        edits.accept(session);
        return session.finish();
    }

    private static ChangeId put(
            DocumentSet set, ActorId actor, DocumentSet other, String document, String key, int value) {
        LocalChange change =
                edit(set, actor, session -> session.on(document).map().put(key, value));
        other.integrate(List.of(TestRun.of(change)));
        return change.change();
    }

    @Nested
    class ChangesBetweenTwoVersions {
        private final ChangeId first = put(a, A, b, "d", "x", 1);
        private final ChangeId second = put(b, B, a, "e", "x", 2);
        private final LocalChange mine =
                edit(a, A, session -> session.on("d").text("t").insert(0, "abc"));
        private final LocalChange theirs = edit(b, B, session -> {
            session.on("d").counter("n").add(1);
            session.on("e").map().remove("x");
        });

        ChangesBetweenTwoVersions() {
            a.integrate(List.of(TestRun.of(theirs)));
        }

        private List<ChangeId> between(Heads from, Heads to) {
            return a.history().changesBetween(from, to).stream()
                    .map(ChangeRecord::change)
                    .toList();
        }

        @Test
        void areThoseOfTheOneAndNotOfTheOther() {
            assertThat(between(Heads.NONE, a.heads())).containsExactly(first, second, mine.change(), theirs.change());
            assertThat(between(Heads.of(List.of(first)), Heads.of(List.of(mine.change()))))
                    .containsExactly(second, mine.change());
            assertThat(between(Heads.of(List.of(mine.change())), Heads.of(List.of(theirs.change()))))
                    .containsExactly(theirs.change());
            assertThat(between(a.heads(), a.heads())).isEmpty();
        }

        @Test
        void tellWhatEachDidToEachDocument() {
            ChangeRecord last = a.history()
                    .changesBetween(Heads.of(List.of(second)), a.heads())
                    .get(1);
            assertThat(last.parents()).containsExactly(second);
            assertThat(last.timeMillis()).isEqualTo(1000);
            assertThat(last.documents())
                    .isEqualTo(Map.of(
                            "d", new ChangeSummary(theirs.change(), theirs.lamport(), 1000, 0, 0, 1, 0, 1, 0, 0, 0, 0),
                            "e",
                                    new ChangeSummary(
                                            theirs.change(), theirs.lamport(), 1000, 0, 0, 0, 1, 0, 0, 0, 0, 0)));
        }

        @Test
        void ofOneDocumentAreOnlyThoseWhichTouchIt() {
            assertThat(a.history().changesBetween("e", Heads.of(List.of(first)), a.heads()))
                    .extracting(ChangeSummary::change)
                    .containsExactly(second, theirs.change());
            assertThat(a.history().changesBetween("nobody's", Heads.NONE, a.heads()))
                    .isEmpty();
        }

        @Test
        void beginWhereTheAuthorStood() {
            assertThat(a.history().before(first)).isEqualTo(Heads.NONE);
            assertThat(a.history().before(mine.change())).isEqualTo(Heads.of(List.of(first, second)));
            assertThat(a.history().before(theirs.change())).isEqualTo(Heads.of(List.of(second)));
            assertThatThrownBy(() -> a.history().before(new ChangeId(A, 9)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> a.history().before(new ChangeId(new ActorId(7, 7), 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void ofAVersionThatIsNotHereAreRefused() {
            Heads unknown = Heads.of(List.of(new ChangeId(A, 9)));
            assertThatThrownBy(() -> a.history().changesBetween(unknown, a.heads()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class AConflict {
        private Conflict.Assignments conflict(DocumentSet set) {
            return (Conflict.Assignments) set.document("d").conflicts().get(0);
        }

        private void meet(Consumer<EditSession> mine, Consumer<EditSession> theirs) {
            LocalChange one = edit(a, A, mine);
            LocalChange two = edit(b, B, theirs);
            a.integrate(List.of(TestRun.of(two)));
            b.integrate(List.of(TestRun.of(one)));
        }

        private void resolve(int choice) {
            Conflict.Assignments conflict = conflict(a);
            LocalChange change = edit(
                    a,
                    A,
                    session -> session.on("d")
                            .resolve(conflict, conflict.assignments().get(choice)));
            b.integrate(List.of(TestRun.of(change)));
            assertThat(a.document("d").conflicts()).isEmpty();
            assertThat(a.stateHash()).isEqualTo(b.stateHash());
        }

        @Test
        void isSettledByChoosingWhatIsNotShown() {
            meet(
                    session -> session.on("d").map().put("x", 1),
                    session -> session.on("d").map().put("x", 2));
            assertThat(a.document("d").at("x"))
                    .isEqualTo(java.util.Optional.of(
                            conflict(a).assignments().get(0).value()));
            resolve(1);
            assertThat(b.document("d").toPlain()).isEqualTo(Map.of("x", 1L));
        }

        @Test
        void isSettledByChoosingAContainerWithAllThatIsInIt() {
            meet(
                    session -> session.on("d").map("m").text("x").insert(0, "mine"),
                    session -> session.on("d").map("m").put("x", 2));
            resolve(1);
            assertThat(b.document("d").toPlain()).isEqualTo(Map.of("m", Map.of("x", "mine")));
        }

        @Test
        void thatIsGoneCannotBeSettledAgain() {
            meet(
                    session -> session.on("d").map().put("x", 1),
                    session -> session.on("d").map().put("x", 2));
            Conflict.Assignments before = conflict(a);
            resolve(1);
            assertThatThrownBy(() -> edit(
                            a,
                            A,
                            session -> session.on("d")
                                    .resolve(before, before.assignments().get(0))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not there any more");
        }
    }

    @Nested
    class LostEdits {
        private void meet(Consumer<EditSession> first, Consumer<EditSession> mine, Consumer<EditSession> theirs) {
            b.integrate(List.of(TestRun.of(edit(a, A, first))));
            LocalChange removal = edit(a, A, mine);
            LocalChange inside = edit(b, B, theirs);
            a.integrate(List.of(TestRun.of(inside)));
            b.integrate(List.of(TestRun.of(removal)));
        }

        private void settle(BiConsumer<DocumentEditor, Conflict.LostEdits> edit) {
            Conflict.LostEdits lost =
                    (Conflict.LostEdits) a.document("d").conflicts().get(0);
            b.integrate(List.of(TestRun.of(edit(a, A, session -> edit.accept(session.on("d"), lost)))));
            assertThat(a.document("d").conflicts()).isEmpty();
            assertThat(b.stateHash()).isEqualTo(a.stateHash());
            assertThat(a.invalid()).isEmpty();
            assertThat(b.invalid()).isEmpty();
        }

        private void ofAKey() {
            meet(
                    session -> session.on("d").text("t").insert(0, "one"),
                    session -> session.on("d").map().remove("t"),
                    session -> session.on("d").text("t").insert(3, " two"));
        }

        private void ofAnElement() {
            meet(
                    session -> session.on("d").list("l").add(7).insertMap(0).put("x", 1),
                    session -> session.on("d").list("l").delete(0, 1),
                    session -> session.on("d").list("l").map(0).put("y", 2));
        }

        @Test
        void comeBackWithTheContainerOfAKey() {
            ofAKey();
            settle(DocumentEditor::restore);
            assertThat(b.document("d").toPlain()).isEqualTo(Map.of("t", "one two"));
        }

        @Test
        void ofAKeyAreDismissed() {
            ofAKey();
            settle(DocumentEditor::dismiss);
            assertThat(b.document("d").toPlain()).isEmpty();
        }

        @Test
        void comeBackWithACopyOfAnElement() {
            ofAnElement();
            settle(DocumentEditor::restore);
            assertThat(b.document("d").toPlain()).isEqualTo(Map.of("l", List.of(7L, Map.of("x", 1L, "y", 2L))));
        }

        @Test
        void ofAnElementAreDismissed() {
            ofAnElement();
            settle(DocumentEditor::dismiss);
            assertThat(b.document("d").toPlain()).isEqualTo(Map.of("l", List.of(7L)));
        }

        private void ofAMovableElement() {
            meet(
                    session -> session.on("d")
                            .movableList("l")
                            .add(7)
                            .add("x")
                            .setMap(1)
                            .put("x", 1),
                    session -> session.on("d").movableList("l").delete(1, 1),
                    session -> session.on("d").movableList("l").map(1).put("y", 2));
        }

        @Test
        void comeBackWithACopyOfAMovableElement() {
            ofAMovableElement();
            settle(DocumentEditor::restore);
            assertThat(b.document("d").toPlain()).isEqualTo(Map.of("l", List.of(7L, Map.of("x", 1L, "y", 2L))));
        }

        @Test
        void ofAMovableElementAreDismissed() {
            ofAMovableElement();
            settle(DocumentEditor::dismiss);
            assertThat(b.document("d").toPlain()).isEqualTo(Map.of("l", List.of(7L)));
        }

        private void ofANode() {
            meet(
                    session -> {
                        TreeEditor tree = session.on("d").tree("t");
                        tree.data(tree.add(tree.add(0), 0)).put("x", 1);
                    },
                    session -> {
                        TreeEditor tree = session.on("d").tree("t");
                        tree.remove(tree.children(tree.roots().get(0)).get(0));
                    },
                    session -> {
                        TreeEditor tree = session.on("d").tree("t");
                        tree.data(tree.children(tree.roots().get(0)).get(0)).put("y", 2);
                    });
        }

        private List<Object> dataOfNodes() {
            TreeView tree = (TreeView) b.document("d").at("t").orElseThrow();
            return tree.nodes().stream()
                    .<Object>map(node -> tree.data(node).entries().keySet())
                    .toList();
        }

        @Test
        void comeBackWithTheNode() {
            ofANode();
            settle(DocumentEditor::restore);
            assertThat(dataOfNodes()).containsExactly(Set.of(), Set.of("x", "y"));
        }

        @Test
        void ofANodeAreDismissed() {
            ofANode();
            settle(DocumentEditor::dismiss);
            assertThat(dataOfNodes()).containsExactly(Set.of());
        }

        @Test
        void whichNobodyLostAreRefused() {
            ofANode();
            Conflict.LostEdits lost =
                    (Conflict.LostEdits) a.document("d").conflicts().get(0);
            Conflict.LostEdits elsewhere = new Conflict.LostEdits(List.of(new Step.Key("t")), lost.edits());
            assertThatThrownBy(() -> edit(a, A, session -> session.on("d").restore(elsewhere)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
