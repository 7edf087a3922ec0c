package dev.cairn.crdt.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.ActorId;
import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.TextEditor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published editing histories end in their published texts. */
class TracesTest {
    private static final ActorId AUTHOR = new ActorId(-1, 1);

    @ParameterizedTest
    @ValueSource(strings = {"automerge-paper", "sveltecomponent"})
    void typedOneEditAtATimeTheTextIsThePublishedOne(String name) {
        Optional<Trace> trace = Trace.read(name);
        trace.ifPresent(read -> {
            DocumentSet set = DocumentSet.create();
            long seq = 1;
            for (Trace.Step step : read.steps()) {
                EditSession session = set.begin(AUTHOR, seq, 0);
                TextEditor text = session.on("d").text("t");
                for (Trace.Patch patch : step.patches()) {
                    text.delete(patch.position(), patch.deleted()).insert(patch.position(), patch.inserted());
                }
                if (!session.finish().isEmpty()) {
                    seq++;
                }
            }
            assertThat(text(set)).isEqualTo(read.end());
            assertThat(set.version().of(AUTHOR)).isEqualTo(seq - 1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"automerge-paper", "sveltecomponent", "friendsforever", "friendsforever-history"})
    void integratedInSomeOrderTheTextIsThePublishedOne(String name) {
        Optional<Trace> trace = Trace.read(name);
        trace.ifPresent(read -> {
            List<Trace.Encoded> changes = read.encoded();
            assertThat(integrated(changes, changes.size())).isEqualTo(read.end());
            List<Trace.Encoded> byActor = new ArrayList<>(changes);
            byActor.sort(Comparator.comparing(Trace.Encoded::id));
            assertThat(integrated(byActor, changes.size())).isEqualTo(read.end());
            if (changes.size() > 100_000) {
                return;
            }
            List<Trace.Encoded> reversed = new ArrayList<>(changes);
            Collections.reverse(reversed);
            assertThat(integrated(reversed, changes.size())).isEqualTo(read.end());
            Collections.shuffle(reversed, new Random(5));
            assertThat(integrated(reversed, changes.size())).isEqualTo(read.end());
        });
    }

    @Test
    void readAfterEveryChangeTheConcurrentTextIsThePublishedOne() {
        Optional<Trace> trace = Trace.read("friendsforever-history");
        trace.ifPresent(read -> {
            DocumentSet set = DocumentSet.create();
            for (Trace.Encoded change : read.encoded()) {
                set.integrate(List.of(TraceRun.of(List.of(change))));
                assertThat(set.document("d").at("t")).isPresent();
            }
            assertThat(text(set)).isEqualTo(read.end());
        });
    }

    private static String integrated(List<Trace.Encoded> changes, int expected) {
        DocumentSet set = DocumentSet.create();
        Integration integration = set.integrate(TraceRun.join(changes));
        assertThat(integration.refused()).isEmpty();
        assertThat(integration.waiting()).isEmpty();
        assertThat(set.version().sequences().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(expected);
        assertThat(set.invalid()).isEmpty();
        return text(set);
    }

    private static String text(DocumentSet set) {
        return set.document("d").at("t").orElseThrow().toString();
    }
}
