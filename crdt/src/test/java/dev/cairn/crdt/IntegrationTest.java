package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.crdt.view.InvalidOperation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IntegrationTest {
    private static final ActorId A = new ActorId(0, 1);
    private static final ActorId B = new ActorId(-1, 2);
    private static final ActorId C = new ActorId(5, 3);

    private static LocalChange edit(DocumentSet set, ActorId actor, Consumer<EditSession> edits) {
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 1000);
        edits.accept(session);
        return session.finish();
    }

    private static LocalChange put(DocumentSet set, ActorId actor, String key, Object value) {
        return edit(set, actor, session -> session.on("d").map().put(key, value));
    }

    private static TestRun.Change change(
            ActorId actor, long seq, long lamport, List<ChangeId> parents, Consumer<OperationWriter> operations) {
        OperationWriter writer = new OperationWriter();
        operations.accept(writer);
        return new TestRun.Change(
                new ChangeId(actor, seq), lamport, 0, parents, writer.sink().copy());
    }

    private static void add(OperationWriter writer) {
        writer.document(new byte[] {'d'}, 0, 1);
        writer.make(ContainerType.COUNTER, new byte[] {'n'}, 0, 1, false);
        writer.enter(ContainerType.COUNTER, new byte[] {'n'}, 0, 1, false);
        writer.add(1);
    }

    private static String text(DocumentSet set) {
        return set.document("d").at("t").orElseThrow().toString();
    }

    @Test
    void namesOfDocumentsAreThoseAtTheMomentOfTheQuestion() {
        DocumentSet source = DocumentSet.create();
        LocalChange both = edit(source, A, session -> {
            session.on("b").map().put("k", 1);
            session.on("\uD800\uDC00").map().put("k", 1);
        });
        LocalChange more = edit(source, A, session -> {
            session.on("a").map().put("k", 1);
            session.on("b").map().put("k", 2);
        });
        DocumentSet set = DocumentSet.create();

        assertThat(set.integrate(List.of(TestRun.of(both))).documents()).containsExactly("b", "\uD800\uDC00");
        Set<String> before = set.documentNames();
        EditSession session = set.begin(B, 1, 0);
        session.on("\uFFFF").map().put("k", 1);
        session.cancel();
        assertThat(set.documentNames()).containsExactly("b", "\uD800\uDC00");
        assertThat(set.integrate(List.of(TestRun.of(more))).documents()).containsExactly("a", "b");
        assertThat(set.documentNames()).containsExactly("a", "b", "\uD800\uDC00");
        edit(set, B, made -> made.on("\uFFFF").map().put("k", 1));
        assertThat(set.documentNames()).containsExactly("a", "b", "\uFFFF", "\uD800\uDC00");
        assertThat(before).containsExactly("b", "\uD800\uDC00");
    }

    @Test
    void aSessionWhichEditsNothingLeavesTheLiveStateAlone() {
        DocumentSet set = DocumentSet.create();
        put(set, A, "k", 1);
        Object root = set.document("d").root();
        EditSession session = set.begin(A, 2, 0);
        assertThat(session.on("d").map().get("k")).isPresent();

        session.cancel();

        assertThat(set.document("d").root()).isSameAs(root);
    }

    @Test
    void aChangeWaitsForItsPast() {
        DocumentSet source = DocumentSet.create();
        LocalChange first = put(source, A, "k", 1);
        LocalChange second = put(source, A, "k", 2);
        LocalChange third = put(source, B, "k", 3);
        DocumentSet set = DocumentSet.create();

        Integration integration = set.integrate(List.of(TestRun.of(third)));
        assertThat(integration.applied()).isEmpty();
        assertThat(integration.waiting()).containsExactly(new Integration.Waiting(third.change(), second.change(), 1));

        integration = set.integrate(List.of(TestRun.of(second)));
        assertThat(integration.waiting())
                .containsExactly(
                        new Integration.Waiting(second.change(), first.change(), 1),
                        new Integration.Waiting(third.change(), second.change(), 1));

        integration = set.integrate(List.of(TestRun.of(first)));
        assertThat(integration.waiting()).isEmpty();
        assertThat(integration.applied()).containsExactly(new Integration.Span(A, 1, 2), new Integration.Span(B, 1, 1));
        assertThat(integration.documents()).containsExactly("d");
        assertThat(set.heads()).isEqualTo(Heads.of(List.of(third.change())));
        assertThat(set.lamportOf(B)).isEqualTo(3);
    }

    @Test
    void duplicatesAreCountedAndDropped() {
        DocumentSet source = DocumentSet.create();
        LocalChange first = put(source, A, "k", 1);
        assertThat(source.integrate(List.of(TestRun.of(first), TestRun.of(first)))
                        .duplicates())
                .isEqualTo(2);
        assertThat(source.changesOf("d")).hasSize(1);
    }

    /** Many short runs are copied side by side, a long change among them; what waits must not need the caller's. */
    @Test
    void manyShortRunsArriveInAnyOrderMoreThanOnceAndAreNotNeededAfterwards() {
        DocumentSet source = DocumentSet.create();
        List<TestRun.Change> changes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String typed = i == 150 ? "x".repeat(100_000) : "abc";
            changes.add(TestRun.Change.of(edit(
                    source,
                    i % 2 == 0 ? A : B,
                    session -> session.on("d").map().text("t").insert(0, typed))));
        }
        List<TestRun.Change> late = new ArrayList<>(changes);
        TestRun.Change missing = late.remove(100);
        late.addAll(changes.subList(200, 250));
        Collections.shuffle(late, new Random(7));
        List<byte[]> lent = new ArrayList<>();
        List<TestRun> runs = new ArrayList<>();
        for (TestRun.Change change : late) {
            byte[] operations = new byte[change.operations().remaining()];
            change.operations().get(change.operations().position(), operations);
            lent.add(operations);
            ByteBuffer buffer = ByteBuffer.wrap(operations);
            runs.add(TestRun.of(
                    new TestRun.Change(change.id(), change.lamport(), change.time(), change.parents(), buffer)));
        }
        DocumentSet set = DocumentSet.create();

        Integration first = set.integrate(runs);
        assertThat(first.duplicates()).isEqualTo(50);
        assertThat(set.version().of(A)).isEqualTo(50);
        assertThat(first.waiting()).extracting(Integration.Waiting::count).containsExactly(99L, 100L);
        lent.forEach(operations -> Arrays.fill(operations, (byte) -1));
        Integration second = set.integrate(List.of(TestRun.of(missing)));

        assertThat(second.refused()).isEmpty();
        assertThat(second.waiting()).isEmpty();
        assertThat(set.stateHash()).isEqualTo(source.stateHash());
        Collections.shuffle(runs, new Random(8));
        assertThat(set.integrate(runs).duplicates()).isEqualTo(349);
    }

    @Test
    void aWrongLamportNumberIsRefusedWithAllThatDependsOnIt() {
        DocumentSet set = DocumentSet.create();
        TestRun.Change wrong = change(A, 1, 7, List.of(), IntegrationTest::add);
        TestRun.Change next = change(A, 2, 8, List.of(), IntegrationTest::add);
        TestRun.Change child = change(B, 1, 8, List.of(wrong.id()), IntegrationTest::add);
        TestRun.Change other = change(C, 1, 1, List.of(), IntegrationTest::add);

        Integration integration =
                set.integrate(List.of(TestRun.of(child), TestRun.of(next), TestRun.of(wrong), TestRun.of(other)));

        assertThat(integration.refused())
                .extracting(Integration.Refusal::change, Integration.Refusal::reason)
                .containsExactlyInAnyOrder(
                        tuple(wrong.id(), Integration.Reason.LAMPORT),
                        tuple(child.id(), Integration.Reason.DEPENDS_ON_REFUSED));
        assertThat(integration.waiting()).isEmpty();
        assertThat(set.version()).isEqualTo(VersionVector.of(java.util.Map.of(C, 1L)));
        assertThat(set.integrate(List.of(TestRun.of(wrong))).refused()).hasSize(1);
        assertThatThrownBy(() -> set.begin(A, 1, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void parentsMustBeSortedDistinctAndOfOthers() {
        TestRun.Change a = change(A, 1, 1, List.of(), IntegrationTest::add);
        TestRun.Change c = change(C, 1, 1, List.of(), IntegrationTest::add);
        List<List<ChangeId>> bad =
                List.of(List.of(c.id(), a.id()), List.of(a.id(), a.id()), List.of(a.id(), new ChangeId(B, 1)));
        for (List<ChangeId> parents : bad) {
            DocumentSet set = DocumentSet.create();
            TestRun.Change b = change(B, 1, 2, parents, IntegrationTest::add);
            Integration integration = set.integrate(List.of(TestRun.of(a), TestRun.of(b), TestRun.of(c)));
            assertThat(integration.refused())
                    .extracting(Integration.Refusal::reason)
                    .containsExactly(Integration.Reason.PARENTS);
        }
    }

    @Test
    void anOperationOutsideDoesNothingAndTheOthersOfItsChangeApply() {
        TestRun.Change change = change(A, 1, 1, List.of(), writer -> {
            writer.document(new byte[] {'d'}, 0, 1);
            writer.make(ContainerType.TEXT, new byte[] {'t'}, 0, 1, false);
            writer.enter(ContainerType.TEXT, new byte[] {'t'}, 0, 1, false);
            writer.insert(0, 2);
            writer.sink().bytes(new byte[] {'h', 'i'}, 0, 2);
            writer.insert(3, 1);
            writer.sink().octet('x');
            writer.delete(1, 2);
            writer.delete(1, 1);
        });
        DocumentSet set = DocumentSet.create();
        assertThat(set.integrate(List.of(TestRun.of(change))).refused()).isEmpty();
        assertThat(text(set)).isEqualTo("h");
        assertThat(set.invalid())
                .extracting(InvalidOperation::index, InvalidOperation::reason)
                .containsExactly(tuple(3, "an insertion outside"), tuple(4, "a deletion outside"));
    }

    @Test
    void anInsertionOutsideAtItsAuthorsVersionIsInvalidThoughTheTextIsLongerNow() {
        DocumentSet source = DocumentSet.create();
        LocalChange base = edit(source, A, session -> session.on("d").text("t").append("ab"));
        LocalChange more = edit(source, A, session -> session.on("d").text("t").append("cdef"));
        TestRun.Change outside = change(B, 1, 2, List.of(base.change()), writer -> {
            writer.document(new byte[] {'d'}, 0, 1);
            writer.enter(ContainerType.TEXT, new byte[] {'t'}, 0, 1, false);
            writer.insert(3, 1);
            writer.sink().octet('x');
        });
        List<TestRun> all = List.of(TestRun.of(base), TestRun.of(more), TestRun.of(outside));
        DocumentSet one = ConvergenceProperties.integrated(all, 1);
        DocumentSet other = ConvergenceProperties.integrated(ConvergenceProperties.reversed(all), 3);
        assertThat(text(one)).isEqualTo("abcdef");
        assertThat(one.invalid()).hasSize(1).isEqualTo(other.invalid());
        assertThat(one.stateHash()).isEqualTo(other.stateHash());
    }

    @Test
    void concurrentRunsNeverInterleaveForwardsOrBackwards() {
        DocumentSet base = DocumentSet.create();
        LocalChange start = edit(base, C, session -> session.on("d").text("t").append("[]"));
        for (boolean forwards : new boolean[] {true, false}) {
            List<TestRun> all = new ArrayList<>(List.of(TestRun.of(start)));
            for (ActorId actor : List.of(A, B)) {
                DocumentSet own = DocumentSet.create();
                own.integrate(List.of(TestRun.of(start)));
                String letter = actor.equals(A) ? "a" : "b";
                for (int i = 0; i < 20; i++) {
                    int at = forwards ? 1 + i : 1;
                    all.add(TestRun.of(edit(own, actor, s -> s.on("d").text("t").insert(at, letter))));
                }
            }
            DocumentSet merged = DocumentSet.create();
            merged.integrate(ConvergenceProperties.shuffled(all, new Random(3)));
            assertThat(text(merged))
                    .isIn("[" + "a".repeat(20) + "b".repeat(20) + "]", "[" + "b".repeat(20) + "a".repeat(20) + "]");
        }
    }

    @Test
    void aHundredThousandChangesInAChainOfTwoTakeNoRecursion() {
        List<TestRun> runs = new ArrayList<>();
        for (int i = 1; i <= 100_000; i++) {
            ActorId actor = i % 2 == 0 ? B : A;
            ActorId other = i % 2 == 0 ? A : B;
            List<ChangeId> parents = i == 1 ? List.of() : List.of(new ChangeId(other, i / 2));
            runs.add(TestRun.of(change(actor, (i + 1) / 2, i, parents, IntegrationTest::add)));
        }
        TestRun.Change late = change(C, 1, 1, List.of(), IntegrationTest::add);
        Collections.reverse(runs);
        DocumentSet set = DocumentSet.create();
        set.integrate(runs);
        set.integrate(List.of(TestRun.of(late)));
        LocalChange merge = put(set, C, "k", 1);
        assertThat(merge.parents()).containsExactly(new ChangeId(B, 50_000));
        assertThat(set.document("d").toPlain()).containsEntry("n", 100_001L);
        assertThat(set.documentAt("d", Heads.of(List.of(new ChangeId(B, 25_000))))
                        .toPlain())
                .containsEntry("n", 50_000L);
    }

    @Nested
    class WhileEditing {
        private final DocumentSet set = DocumentSet.create();

        @Test
        void positionsAreUtf16AndNeverSplitAPair() {
            edit(set, A, session -> {
                TextEditor text = session.on("d").text("t");
                text.insert(0, "a\ud83d\ude00b");
                assertThat(text.length()).isEqualTo(4);
                assertThatThrownBy(() -> text.insert(2, "x")).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> text.delete(1, 1)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> text.insert(5, "x")).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> text.delete(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> text.insert(0, "\ud83d")).isInstanceOf(IllegalArgumentException.class);
                text.delete(1, 2).insert(1, "\ud83d\udc4d");
            });
            assertThat(text(set)).isEqualTo("a\ud83d\udc4db");
        }

        @Test
        void wrongNamesAndValuesAreRefusedBeforeAnythingChanges() {
            EditSession session = set.begin(A, 1, 0);
            assertThatThrownBy(() -> session.on("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.on("\udc00")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.on("d").map().put("x".repeat(1025), 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.on("d").map().put("k", new Object()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> set.integrate(List.of())).isInstanceOf(IllegalStateException.class);
            assertThat(session.finish().isEmpty()).isTrue();
            assertThatThrownBy(() -> session.on("d")).isInstanceOf(IllegalStateException.class);
            assertThat(set.documentNames()).isEmpty();
            assertThatThrownBy(() -> set.begin(A, 2, 0)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void aTypedCharacterTakesFewBytes() {
            edit(set, A, session -> session.on("today").text("body").append("0123456789".repeat(100)));
            LocalChange typed = edit(set, A, s -> s.on("today").text("body").insert(500, "x"));
            assertThat(typed.operations().remaining()).isEqualTo(6 + 6 + 4);
        }

        @Test
        void anEditorOfARemovedContainerIsOver() {
            EditSession session = set.begin(A, 1, 0);
            TextEditor text = session.on("d").text("t");
            session.on("d").map().remove("t");
            assertThatThrownBy(() -> text.append("x")).isInstanceOf(IllegalStateException.class);
            session.finish();
            assertThat(set.document("d").toPlain()).isEmpty();
        }

        @Test
        void nullMayBeAssigned() {
            edit(set, A, session -> session.on("d").map().put("k", (Object) null));
            assertThat(set.document("d").toPlain()).containsKey("k").containsValue(null);
        }
    }

    @Test
    void concurrentAssignmentsAreAllKeptUntilSomebodyDecides() {
        DocumentSet a = DocumentSet.create();
        DocumentSet b = DocumentSet.create();
        LocalChange ofA = put(a, A, "k", "a");
        LocalChange ofB = put(b, B, "k", "b");
        a.integrate(List.of(TestRun.of(ofB)));
        b.integrate(List.of(TestRun.of(ofA)));
        assertThat(a.document("d").toPlain()).containsEntry("k", "b");
        assertThat(a.document("d").conflicts())
                .hasSize(1)
                .isEqualTo(b.document("d").conflicts());
        assertThat(a.stateHash()).isEqualTo(b.stateHash());
        LocalChange decided = put(a, A, "k", "c");
        b.integrate(List.of(TestRun.of(decided)));
        assertThat(b.document("d").conflicts()).isEmpty();
        assertThat(b.document("d").toPlain()).containsEntry("k", "c");
    }

    @Test
    void snapshotsOfADocumentDoNotChangeAfterwards() {
        edit(set(), A, s -> s.on("d").text("t").append("x".repeat(3000)));
        var before = shared.document("d");
        edit(set(), A, s -> s.on("d").text("t").delete(10, 2000).insert(5, "\ud83d\ude00"));
        assertThat(before.at("t").orElseThrow().toString()).isEqualTo("x".repeat(3000));
        assertThat(text(shared)).isEqualTo("x".repeat(5) + "\ud83d\ude00" + "x".repeat(995));
        ByteBuffer hash = shared.stateHash();
        assertThat(hash.remaining()).isEqualTo(32);
    }

    private final DocumentSet shared = DocumentSet.create();

    private DocumentSet set() {
        return shared;
    }
}
