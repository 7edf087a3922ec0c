package dev.cairn.crdt.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.RecordedRun;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every published trace ends with its published text, however it is cut into changes and in whatever order it comes.
 */
class TraceTest {
    private static final String DOCUMENT = "trace";

    /** The devices of a trace: each makes its own steps, at exactly the version at which they were made. */
    private static final class Authors {
        private final List<DocumentSet> sets = new ArrayList<>();
        private final List<List<LocalChange>> madeBy = new ArrayList<>();
        private final List<LocalChange> made = new ArrayList<>();

        private static ActorId actor(int agent) {
            return new ActorId(0, agent + 1);
        }

        private DocumentSet author(int agent) {
            while (sets.size() <= agent) {
                sets.add(DocumentSet.create());
                madeBy.add(new ArrayList<>());
            }
            return sets.get(agent);
        }

        /** Lets an author see the parents of a step with all before them, and then edit. */
        void step(Trace.Step step) {
            DocumentSet set = author(step.agent());
            List<ChangeId> parents = step.parents().stream()
                    .map(parent -> made.get(parent).change())
                    .toList();
            for (ChangeId parent : parents) {
                long known = set.version().of(parent.actor());
                if (known < parent.seq()) {
                    List<LocalChange> of = madeBy.get((int) parent.actor().low() - 1);
                    set.integrate(RecordedRun.runs(of.subList((int) known, (int) parent.seq())));
                }
            }
            if (!set.heads().equals(Heads.of(parents))) {
                throw new AssertionError("expected the version " + parents + ", found " + set.heads());
            }
            commit(set, step.agent(), text -> step.patches().forEach(patch -> apply(patch, text)));
        }

        void commit(DocumentSet set, int agent, Consumer<TextEditor> edit) {
            long seq = set.version().of(actor(agent)) + 1;
            EditSession session = set.begin(actor(agent), seq, 0);
            edit.accept(session.on(DOCUMENT).text("body"));
            LocalChange change = session.finish();
            made.add(change);
            madeBy.get(agent).add(change);
        }
    }

    /** Edits at code points through an API which counts UTF-16: the traces have no other characters than these. */
    private static void apply(Trace.Patch patch, TextEditor text) {
        if (patch.deleted() > 0) {
            text.delete(patch.position(), patch.deleted());
        }
        if (!patch.inserted().isEmpty()) {
            text.insert(patch.position(), patch.inserted());
        }
    }

    private static Authors replay(Trace trace) {
        Authors authors = new Authors();
        if (!trace.start().isEmpty()) {
            throw new IllegalArgumentException("no trace here starts with a text");
        }
        trace.steps().forEach(authors::step);
        return authors;
    }

    private static String text(DocumentSet set) {
        return set.document(DOCUMENT).at("body").orElseThrow().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"automerge-paper.json.gz", "sveltecomponent.json.gz"})
    void sequential_traces_end_alike_in_one_change_and_in_a_change_per_edit(String name) throws IOException {
        Optional<Path> file = Trace.file(name);
        if (file.isEmpty()) {
            return;
        }
        Trace trace = Trace.read(file.get());
        Authors one = new Authors();
        one.commit(
                one.author(0),
                0,
                text -> trace.steps().forEach(step -> step.patches().forEach(patch -> apply(patch, text))));
        assertThat(text(one.author(0))).isEqualTo(trace.end());
        Authors many = replay(trace);
        assertThat(text(many.author(0))).isEqualTo(trace.end());
        for (Authors authors : List.of(one, many)) {
            DocumentSet reader = DocumentSet.create();
            reader.integrate(RecordedRun.runs(authors.made));
            assertThat(text(reader)).isEqualTo(trace.end());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"friendsforever.json.gz", "friendsforever-history.json.gz"})
    void concurrent_traces_end_alike_in_any_order_of_arrival(String name) throws IOException {
        Optional<Path> file = Trace.file(name);
        if (file.isEmpty()) {
            return;
        }
        Trace trace = Trace.read(file.get());
        List<LocalChange> made = replay(trace).made;
        List<LocalChange> reversed = new ArrayList<>(made);
        Collections.reverse(reversed);
        List<LocalChange> shuffled = new ArrayList<>(made);
        Collections.shuffle(shuffled, new Random(1));
        List<LocalChange> byAuthor =
                made.stream().sorted((a, b) -> a.change().compareTo(b.change())).toList();
        DocumentSet first = DocumentSet.create();
        first.integrate(RecordedRun.runs(made));
        assertThat(text(first)).isEqualTo(trace.end());
        for (List<LocalChange> order : List.of(reversed, shuffled, byAuthor)) {
            DocumentSet set = DocumentSet.create();
            Integration integration = set.integrate(RecordedRun.runs(order));
            assertThat(integration.waiting()).isEmpty();
            assertThat(text(set)).isEqualTo(trace.end());
            assertThat(set.stateHash()).isEqualTo(first.stateHash());
        }
    }
}
