package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Conflict;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What was lost inside deleted elements of a list is no longer listed once somebody has dismissed it. */
class DismissalTest {
    private static final ActorId A = new ActorId(0, 1);
    private static final ActorId B = new ActorId(-1, 2);
    private static final ActorId C = new ActorId(5, 3);

    private final DocumentSet a = DocumentSet.create();
    private final DocumentSet b = DocumentSet.create();

    private static LocalChange edit(DocumentSet set, ActorId actor, Consumer<ListEditor> edits) {
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 1000);
        edits.accept(session.on("d").list("l"));
        return session.finish();
    }

    /** A change of A after both first edits, which names the second operation of A's first change. */
    private static TestRun dismissal(ChangeId seen) {
        OperationWriter writer = new OperationWriter();
        writer.document(new byte[] {'d'}, 0, 1);
        writer.enter(ContainerType.LIST, new byte[] {'l'}, 0, 1, false);
        writer.drop();
        writer.id(A.high(), A.low(), 1, 1);
        return TestRun.of(new TestRun.Change(
                new ChangeId(A, 3), 3, 0, List.of(seen), writer.sink().copy()));
    }

    private LocalChange lose(DocumentSet other) {
        LocalChange made = edit(a, A, list -> list.insertMap(0));
        b.integrate(List.of(TestRun.of(made)));
        other.integrate(List.of(TestRun.of(made)));
        LocalChange deleted = edit(a, A, list -> list.delete(0, 1));
        LocalChange inside = edit(b, B, list -> list.map(0).put("k", 1));
        a.integrate(List.of(TestRun.of(inside)));
        b.integrate(List.of(TestRun.of(deleted)));
        assertThat(a.document("d").conflicts()).hasSize(1);
        return inside;
    }

    @Test
    void onTopOfTheHistoryAndOfASnapshot() {
        TestRun dismissal = dismissal(lose(DocumentSet.create()).change());
        ByteBuffer snapshot = a.snapshot("d");
        DocumentSet opened = DocumentSet.open(a.checkpoint(), name -> snapshot, List::of);
        assertThat(opened.document("d").conflicts()).hasSize(1);
        for (DocumentSet set : List.of(a, b, opened)) {
            set.integrate(List.of(dismissal));
            assertThat(set.document("d").conflicts()).isEmpty();
            assertThat(set.stateHash()).isEqualTo(a.stateHash());
            assertThat(set.invalid()).isEmpty();
        }
    }

    @Test
    void anEditWhichItsAuthorHadNotSeenStaysListed() {
        DocumentSet c = DocumentSet.create();
        ChangeId seen = lose(c).change();
        LocalChange unseen = edit(c, C, list -> list.map(0).put("k", 2));
        a.integrate(List.of(dismissal(seen), TestRun.of(unseen)));
        b.integrate(List.of(TestRun.of(unseen), dismissal(seen)));
        for (DocumentSet set : List.of(a, b)) {
            Conflict.LostEdits lost =
                    (Conflict.LostEdits) set.document("d").conflicts().get(0);
            assertThat(lost.edits()).extracting(Conflict.Edit::change).containsExactly(unseen.change());
        }
        assertThat(a.stateHash()).isEqualTo(b.stateHash());
    }
}
