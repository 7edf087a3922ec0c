package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.RegisterEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RegisterTest {
    private static final ActorId A = new ActorId(0, 1);
    private static final ActorId B = new ActorId(-1, 2);

    private static LocalChange edit(DocumentSet set, ActorId actor, Consumer<RegisterEditor> edits) {
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 1000);
        edits.accept(session.on("d").register("r"));
        return session.finish();
    }

    private static Object plain(DocumentSet set) {
        return Objects.requireNonNull(set.document("d").toPlain().get("r"));
    }

    @Test
    void itHoldsOneValueOrNone() {
        DocumentSet set = DocumentSet.create();
        edit(set, A, register -> {
            assertThat(register.get()).isEmpty();
            register.set(1).set("two");
            assertThat(register.get()).contains(new Value.Str("two"));
        });
        assertThat(plain(set)).isEqualTo("two");

        edit(set, A, register -> assertThat(register.clear().get()).isEmpty());
        assertThat(set.document("d").at("r"))
                .hasValueSatisfying(register ->
                        assertThat(((RegisterView) register).value()).isEmpty());
        assertThat(set.document("d").toPlain()).containsKey("r");
        assertThat(set.document("d").toPlain().get("r")).isNull();
        assertThat(edit(set, A, RegisterEditor::clear).isEmpty()).isTrue();
    }

    @Test
    void aPathLeadsThroughIt() {
        DocumentSet set = DocumentSet.create();
        edit(set, A, register -> {
            MapEditor map = register.map().put("k", 1);
            map.list("l").insertRegister(0).register().text().append("deep");
            map.list("l").register(0).register().text().append("er");
        });
        assertThat(set.document("d").at("r", "k")).contains(new Value.Int(1));
        assertThat(set.document("d").at("r")).containsInstanceOf(RegisterView.class);
        assertThat(set.document("d").at("r", "l", 0).orElseThrow()).isInstanceOf(RegisterView.class);
        assertThat(plain(set)).isEqualTo(Map.of("k", 1L, "l", List.of("deeper")));
    }

    @Test
    void concurrentValuesAreAConflictAtItsPath() {
        DocumentSet a = DocumentSet.create();
        LocalChange base = edit(a, A, register -> register.set(0));
        DocumentSet b = DocumentSet.create();
        b.integrate(List.of(TestRun.of(base)));
        LocalChange one = edit(a, A, register -> register.set("a"));
        LocalChange two = edit(b, B, register -> register.map().put("inside", "b"));
        a.integrate(List.of(TestRun.of(two)));
        b.integrate(List.of(TestRun.of(one)));

        assertThat(a.stateHash()).isEqualTo(b.stateHash());
        assertThat(plain(a)).isEqualTo(Map.of("inside", "b"));
        Conflict.Assignments conflict =
                (Conflict.Assignments) a.document("d").conflicts().get(0);
        assertThat(conflict.path()).containsExactly(new Step.Key("r"));
        assertThat(conflict.assignments().get(0).value()).isInstanceOf(MapView.class);
        assertThat(conflict.assignments().get(1).value()).isEqualTo(new Value.Str("a"));

        EditSession session = a.begin(A, 3, 1000);
        session.on("d").resolve(conflict, conflict.assignments().get(1));
        session.finish();
        assertThat(a.document("d").conflicts()).isEmpty();
        assertThat(plain(a)).isEqualTo("a");
    }

    @Test
    void whatIsEditedInsideAMapThatAnotherReplacedIsListed() {
        DocumentSet a = DocumentSet.create();
        LocalChange base = edit(a, A, register -> register.map().put("x", 1));
        DocumentSet b = DocumentSet.create();
        b.integrate(List.of(TestRun.of(base)));
        LocalChange replaced = edit(a, A, RegisterEditor::clear);
        LocalChange lost = edit(b, B, register -> register.map().put("x", 2));
        a.integrate(List.of(TestRun.of(lost)));
        b.integrate(List.of(TestRun.of(replaced)));

        assertThat(a.stateHash()).isEqualTo(b.stateHash());
        assertThat(a.document("d").conflicts())
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(Conflict.LostEdits.class, edits -> {
                    assertThat(edits.path()).containsExactly(new Step.Key("r"));
                    assertThat(edits.edits()).extracting(Conflict.Edit::change).containsExactly(lost.change());
                });
    }
}
