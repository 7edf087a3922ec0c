package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.crdt.view.DocumentState;
import java.util.ArrayList;
import java.util.List;

/** What must be equal between the engine and the oracle. */
final class Checks {
    private Checks() {}

    /** Compares all documents, the version and the heads. */
    static void same(DocumentSet engine, Oracle oracle) {
        sameState(engine, oracle);
        assertThat(engine.invalid()).isEmpty();
    }

    /** Compares what may hold operations that make no sense. */
    static void sameState(DocumentSet engine, Oracle oracle) {
        assertThat(engine.version()).isEqualTo(VersionVector.of(oracle.clock().seen()));
        assertThat(engine.heads()).isEqualTo(oracle.heads());
        assertThat(List.copyOf(engine.documentNames())).isEqualTo(oracle.documents());
        for (String document : engine.documentNames()) {
            same(engine.document(document), oracle);
        }
    }

    /** Compares one document. */
    static void same(DocumentState state, Oracle oracle) {
        Picture expected = OracleReader.picture(oracle, state.name());
        Picture found = Picture.of(state);
        assertThat(found.content()).as("document %s", state.name()).isEqualTo(expected.content());
        assertThat(Picture.words(state.toPlain()))
                .as("plain form of %s", state.name())
                .isEqualTo(Picture.words(Picture.unmarked(Picture.read(state.root()))));
        assertThat(found.conflicts()).as("conflicts of %s", state.name()).isEqualTo(expected.conflicts());
    }

    /** Compares the log of a document, and checks that parents stand before children. */
    static void sameLog(List<ChangeSummary> log, Oracle oracle, String document) {
        List<Change> expected = oracle.changes().stream()
                .filter(change -> change.documents().contains(document))
                .toList();
        assertThat(log).hasSameSizeAs(expected);
        boolean hasMarks = expected.stream().anyMatch(change -> count(change, document, Operation.Mark.class) > 0);
        List<Change> before = new ArrayList<>();
        for (ChangeSummary line : log) {
            Change change = oracle.change(line.change());
            same(line, change, document, hasMarks);
            assertThat(before).noneMatch(earlier -> earlier.past().contains(change.id()));
            before.add(change);
        }
        assertThat(before).doesNotHaveDuplicates();
    }

    private static void same(ChangeSummary line, Change change, String document, boolean hasMarks) {
        assertThat(line.change()).isEqualTo(change.id());
        assertThat(line.lamport()).isEqualTo(change.lamport());
        assertThat(line.timeMillis()).isEqualTo(change.timeMillis());
        assertThat(line.inserted())
                .isEqualTo(count(change, document, Operation.Insert.class)
                        + count(change, document, Operation.InsertElement.class));
        // a deletion names the ends of marks among its characters, too, which stay
        assertThat(line.deleted()).isGreaterThanOrEqualTo(count(change, document, Operation.Delete.class));
        if (!hasMarks) {
            assertThat(line.deleted()).isEqualTo(count(change, document, Operation.Delete.class));
        }
        assertThat(line.removed()).isEqualTo(count(change, document, Operation.Remove.class));
        assertThat(line.increments()).isEqualTo(count(change, document, Operation.Add.class));
        assertThat(line.assigned())
                .isEqualTo(count(change, document, Operation.Assign.class)
                        + count(change, document, Operation.SetElement.class));
        assertThat(line.moved()).isEqualTo(count(change, document, Operation.Move.class));
        assertThat(line.marked()).isEqualTo(count(change, document, Operation.Mark.class));
        assertThat(line.placed()).isEqualTo(count(change, document, Operation.PlaceNode.class));
        assertThat(line.dropped())
                .isEqualTo(count(change, document, Operation.DropNode.class)
                        + count(change, document, Operation.Dismiss.class));
    }

    private static int count(Change change, String document, Class<? extends Operation> kind) {
        return (int) change.operations().stream()
                .filter(operation -> kind.isInstance(operation)
                        && operation.container().document().equals(document))
                .count();
    }

    static void sameMap(MapEditor editor, Oracle oracle, ContainerId map) {
        assertThat(List.copyOf(editor.keys())).isEqualTo(oracle.keys(map));
        for (String key : oracle.keys(map)) {
            assertThat(Picture.words(Picture.read(editor.get(key).orElseThrow())))
                    .as("entry %s", key)
                    .isEqualTo(Picture.words(
                            OracleReader.read(oracle, oracle.shown(map, key).orElseThrow())));
        }
    }

    static void sameList(ListEditor editor, Oracle oracle, ContainerId list) {
        List<Content> elements = oracle.elements(list);
        assertThat(editor.size()).isEqualTo(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            assertThat(Picture.words(Picture.read(editor.get(i))))
                    .as("element %d", i)
                    .isEqualTo(Picture.words(OracleReader.read(oracle, elements.get(i))));
        }
    }

    static void sameText(TextEditor editor, Oracle oracle, ContainerId text) {
        assertThat(editor.toString()).isEqualTo(oracle.text(text));
        assertThat(editor.length()).isEqualTo(oracle.text(text).length());
    }

    static void sameCounter(CounterEditor editor, Oracle oracle, ContainerId counter) {
        assertThat(editor.value()).isEqualTo(oracle.sum(counter));
    }
}
