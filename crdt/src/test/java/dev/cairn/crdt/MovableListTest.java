package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MovableListTest {
    private static final ActorId A = new ActorId(0, 1);
    private static final ActorId B = new ActorId(-1, 2);

    private final DocumentSet a = DocumentSet.create();
    private final DocumentSet b = DocumentSet.create();
    private final List<LocalChange> changes = new ArrayList<>();

    private LocalChange edit(DocumentSet set, Consumer<MovableListEditor> edits) {
        ActorId actor = set == a ? A : B;
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 1000);
        edits.accept(session.on("d").movableList("v"));
        LocalChange change = session.finish();
        if (!change.isEmpty()) {
            changes.add(change);
        }
        return change;
    }

    private static Object plain(DocumentSet set) {
        return Objects.requireNonNull(set.document("d").toPlain().get("v"));
    }

    /** Both learn everything; so do one that gets it in another order and one that opens from a snapshot. */
    private void meet() {
        List<TestRun> runs = new ArrayList<>(changes.stream().map(TestRun::of).toList());
        a.integrate(runs);
        b.integrate(runs);
        assertThat(a.stateHash()).isEqualTo(b.stateHash());
        Collections.reverse(runs);
        DocumentSet reversed = DocumentSet.create();
        reversed.integrate(runs);
        assertThat(reversed.stateHash()).isEqualTo(a.stateHash());
        assertThat(reopened(a).stateHash()).isEqualTo(a.stateHash());
    }

    private static DocumentSet reopened(DocumentSet set) {
        ByteBuffer snapshot = set.snapshot("d");
        EngineCheckpoint checkpoint = set.checkpoint();
        return DocumentSet.open(checkpoint, name -> snapshot, List::of);
    }

    private List<Conflict> conflicts() {
        return a.document("d").conflicts();
    }

    private void start(Object... values) {
        edit(a, list -> List.of(values).forEach(list::add));
        meet();
    }

    @Test
    void elementsAreInsertedMovedAssignedAndDeleted() {
        start("a", "b", "c", "d");
        edit(a, list -> list.move(0, 3));
        assertThat(plain(a)).isEqualTo(List.of("b", "c", "d", "a"));
        edit(a, list -> list.move(3, 1).move(2, 2));
        assertThat(plain(a)).isEqualTo(List.of("b", "a", "c", "d"));
        edit(a, list -> {
            list.set(1, "A").delete(2, 2).insert(0, 7);
            assertThat(list.get(2)).isEqualTo(new Value.Str("A"));
            assertThat(list.size()).isEqualTo(3);
        });
        assertThat(plain(a)).isEqualTo(List.of(7L, "b", "A"));
        assertThat(a.document("d").at("v")).containsInstanceOf(MovableListView.class);
        assertThat(a.document("d").at("v", 2)).contains(new Value.Str("A"));
        assertThat(conflicts()).isEmpty();
        meet();
    }

    @Test
    void theLogCountsMovesAndAssignments() {
        start("a", "b", "c");
        edit(a, list -> list.move(0, 2).move(0, 1).set(0, 1).delete(1, 1));
        ChangeSummary last = a.changesOf("d").get(1);
        assertThat(last.moved()).isEqualTo(2);
        assertThat(last.assigned()).isEqualTo(1);
        assertThat(last.deleted()).isEqualTo(1);
    }

    @Test
    void indexesOutsideAreRefused() {
        start("a");
        edit(a, list -> {
            assertThatThrownBy(() -> list.move(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> list.move(1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> list.set(1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> list.delete(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> list.insert(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> list.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> list.map(0)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void anElementMovedByTwoStandsAtOnePlace() {
        start("a", "b", "c", "d");
        edit(a, list -> list.move(0, 3));
        edit(b, list -> list.move(0, 1));
        meet();
        assertThat(plain(a)).isEqualTo(List.of("b", "a", "c", "d"));
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void whereASlotShowsNothingIndexesAreThoseOfElements() {
        start("a", "b", "c", "d");
        edit(a, list -> list.move(1, 2).move(0, 3));
        edit(b, list -> list.move(0, 2).move(1, 3));
        meet();
        List<Object> expected = new ArrayList<>((List<?>) plain(a));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            int kind = expected.isEmpty() ? 0 : random.nextInt(4);
            int at = random.nextInt(expected.size() + (kind == 0 ? 1 : 0));
            int to = random.nextInt(Math.max(1, expected.size()));
            edit(i % 2 == 0 ? a : reopened(a), list -> {
                switch (kind) {
                    case 0 -> list.insert(at, "n");
                    case 1 -> list.delete(at, 1);
                    case 2 -> list.set(at, "s");
                    default -> list.move(at, to);
                }
            });
            a.integrate(List.of(TestRun.of(changes.get(changes.size() - 1))));
            switch (kind) {
                case 0 -> expected.add(at, "n");
                case 1 -> expected.remove(at);
                case 2 -> expected.set(at, "s");
                default -> expected.add(to, expected.remove(at));
            }
            assertThat(plain(a)).isEqualTo(expected);
        }
        meet();
    }

    @Test
    void whatIsAssignedComesAlongWithAMove() {
        start("a", "b", "c");
        edit(a, list -> list.move(0, 2));
        edit(b, list -> list.set(0, "A"));
        meet();
        assertThat(plain(a)).isEqualTo(List.of("b", "c", "A"));
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void concurrentAssignmentsAreAConflictAtThePlaceOfTheElement() {
        start("a", "b");
        edit(a, list -> list.set(1, 1).move(1, 0));
        edit(b, list -> list.setMap(1).put("k", 2));
        meet();
        assertThat(plain(a)).isEqualTo(List.of(Map.of("k", 2L), "a"));
        assertThat(conflicts()).singleElement().isInstanceOfSatisfying(Conflict.Assignments.class, conflict -> {
            assertThat(conflict.path()).containsExactly(new Step.Key("v"), new Step.Index(0));
            assertThat(conflict.assignments()).hasSize(2);
            assertThat(conflict.assignments().get(1).value()).isEqualTo(new Value.Int(1));
        });
        edit(b, list -> list.map(0).put("k", 3));
        edit(a, list -> list.set(0, "settled"));
        meet();
        assertThat(plain(a)).isEqualTo(List.of("settled", "a"));
        assertThat(conflicts()).singleElement().isInstanceOf(Conflict.LostEdits.class);
    }

    @Nested
    class AConflict {
        private Conflict.Assignments conflict() {
            return (Conflict.Assignments) conflicts().get(0);
        }

        private void resolve(int choice) {
            Conflict.Assignments conflict = conflict();
            EditSession session = a.begin(A, a.version().of(A) + 1, 1000);
            session.on("d").resolve(conflict, conflict.assignments().get(choice));
            changes.add(session.finish());
            meet();
            assertThat(conflicts()).isEmpty();
        }

        @Test
        void isSettledByChoosingAScalar() {
            start("a", "b");
            edit(a, list -> list.set(1, 1).move(1, 0));
            edit(b, list -> list.set(1, 2));
            meet();
            resolve(1);
            assertThat(plain(a)).isEqualTo(List.of(1L, "a"));
        }

        @Test
        void isSettledByChoosingAContainerWithAllThatIsInIt() {
            edit(a, list -> list.insertText(0).append("first"));
            meet();
            edit(a, list -> list.setMap(0).put("k", 1));
            edit(b, list -> list.set(0, "scalar"));
            meet();
            assertThat(plain(a)).isEqualTo(List.of("scalar"));
            resolve(1);
            assertThat(plain(a)).isEqualTo(List.of(Map.of("k", 1L)));
            edit(b, list -> list.map(0).put("l", 2));
            meet();
            assertThat(plain(a)).isEqualTo(List.of(Map.of("k", 1L, "l", 2L)));
        }

        @Test
        void isNotSettledWithAContainerOfAnotherElement() {
            edit(a, list -> {
                list.insertMap(0);
                list.insert(1, "x");
            });
            LocalChange made = changes.get(0);
            OperationWriter writer = new OperationWriter();
            writer.document(new byte[] {'d'}, 0, 1);
            writer.enter(ContainerType.MOVABLE_LIST, new byte[] {'v'}, 0, 1, false);
            for (int index : new int[] {0, 1, 7}) {
                writer.setAgain(1);
                writer.id(A.high(), A.low(), made.change().seq(), index);
            }
            writer.setAgain(9);
            writer.ownId(0);
            a.integrate(List.of(TestRun.of(new TestRun.Change(
                    new ChangeId(A, 2), 2, 0, List.of(), writer.sink().copy()))));
            assertThat(a.invalid()).hasSize(4);
            assertThat(plain(a)).isEqualTo(List.of(Map.of(), "x"));
        }
    }

    @Nested
    class ADeletion {
        @Test
        void winsOverMovesAndAssignmentsAndListsThem() {
            start("a", "b", "c");
            edit(a, list -> list.delete(0, 2));
            LocalChange moved = edit(b, list -> list.move(0, 2));
            LocalChange set = edit(b, list -> list.set(0, "B"));
            meet();
            assertThat(plain(a)).isEqualTo(List.of("c"));
            assertThat(conflicts()).hasSize(2);
            assertThat(conflicts()).extracting(Conflict::path).containsOnly(List.of(new Step.Key("v")));
            assertThat(conflicts())
                    .extracting(conflict ->
                            ((Conflict.LostEdits) conflict).edits().get(0).change())
                    .containsExactly(moved.change(), set.change());
        }

        @Test
        void ofWhatOthersHadMovedTakesItAway() {
            start("a", "b");
            edit(a, list -> list.move(0, 1));
            meet();
            edit(b, list -> list.delete(1, 1));
            edit(a, list -> list.delete(1, 1));
            meet();
            assertThat(plain(a)).isEqualTo(List.of("b"));
            assertThat(conflicts()).isEmpty();
        }

        @Test
        void isDismissedByWhoHasSeenWhatWasLost() {
            start("a", "b");
            edit(a, list -> list.delete(0, 2));
            edit(b, list -> list.move(0, 1).set(0, "B"));
            meet();
            assertThat(conflicts()).hasSize(2);
            drop(a, 0);
            meet();
            assertThat(conflicts()).hasSize(1);
            drop(reopened(a), 1);
            drop(reopened(a), 9);
            meet();
            assertThat(conflicts()).isEmpty();
            assertThat(a.invalid()).isEmpty();
        }

        @Test
        void isNotDismissedByWhoHasNotSeenIt() {
            start("a", "b");
            drop(b, 0);
            edit(b, list -> list.move(0, 1));
            edit(a, list -> list.delete(0, 1));
            meet();
            assertThat(plain(a)).isEqualTo(List.of("b"));
            assertThat(conflicts()).hasSize(1);
        }

        /** Dismisses what was lost of an element of the first change, which made the list first. */
        private void drop(DocumentSet set, int index) {
            ActorId actor = set == b ? B : A;
            OperationWriter writer = new OperationWriter();
            writer.document(new byte[] {'d'}, 0, 1);
            writer.enter(ContainerType.MOVABLE_LIST, new byte[] {'v'}, 0, 1, false);
            writer.drop();
            writer.id(A.high(), A.low(), 1, 1 + index);
            long lamport = 0;
            List<ChangeId> parents = new ArrayList<>();
            for (ChangeId head : set.heads().changes()) {
                lamport = Math.max(lamport, set.lamportOf(head.actor()));
                if (!head.actor().equals(actor)) {
                    parents.add(head);
                }
            }
            ChangeId id = new ChangeId(actor, set.version().of(actor) + 1);
            LocalChange change =
                    new LocalChange(id, lamport + 1, 0, parents, writer.sink().copy(), new TreeSet<>(Set.of("d")));
            changes.add(change);
            (set == b ? b : a).integrate(List.of(TestRun.of(change)));
            set.integrate(List.of(TestRun.of(change)));
            assertThat(set.stateHash()).isEqualTo((set == b ? b : a).stateHash());
        }

        @Test
        void keepsWhatIsEditedInsideInView() {
            edit(a, list -> list.insertMap(0).text("t").append("x"));
            meet();
            edit(a, list -> list.delete(0, 1));
            LocalChange inside = edit(b, list -> list.map(0).text("t").append("y"));
            meet();
            assertThat(conflicts())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Conflict.LostEdits.class,
                            lost -> assertThat(lost.edits())
                                    .extracting(Conflict.Edit::change)
                                    .containsExactly(inside.change()));
        }
    }

    @Test
    void containersAreEditedWhereverTheyMove() {
        start("a");
        edit(a, list -> {
            list.insertText(0).append("one");
            list.setCounter(1).add(2);
            list.insertMovableList(2).add("inner").move(0, 0);
            list.insertRegister(3).set("r");
        });
        meet();
        edit(a, list -> list.move(0, 3));
        edit(b, list -> {
            list.text(0).append(" two");
            list.counter(1).add(3);
            list.movableList(2).add("x").move(1, 0);
            list.register(3).set("R");
        });
        meet();
        assertThat(plain(a)).isEqualTo(List.of(5L, List.of("x", "inner"), "R", "one two"));
    }

    @Test
    void aHundredThousandMovesAreNotQuadratic() {
        int size = 100_000;
        Random random = new Random(7);
        edit(a, list -> {
            for (int i = 0; i < size; i++) {
                list.add(i);
            }
        });
        edit(a, list -> {
            for (int i = 0; i < size; i++) {
                list.move(random.nextInt(size), random.nextInt(size));
            }
        });
        DocumentSet other = DocumentSet.create();
        other.integrate(changes.stream().map(TestRun::of).toList());
        assertThat(((List<?>) plain(other))).hasSize(size).isEqualTo(plain(a));
    }
}
