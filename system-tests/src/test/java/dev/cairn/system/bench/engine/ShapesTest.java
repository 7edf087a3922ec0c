package dev.cairn.system.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.system.bench.journal.Archive;
import dev.cairn.system.bench.journal.Run;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shape makes changes which arrive in any order at the same state, sealed or not. */
final class ShapesTest {
    static Stream<Shape> shapes() {
        return Shapes.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_shape_ends_in_one_state_in_whatever_order_it_arrives(Shape shape) {
        List<LocalChange> changes = shape.make(400 * 1000 / shape.perMille());
        assertThat(changes.size()).isBetween(350, 500);
        DocumentSet causal = DocumentSet.create();
        causal.integrate(Run.cut(changes, 7));
        for (Arrival arrival : Arrival.values()) {
            DocumentSet set = DocumentSet.create();
            for (List<Run> batch : arrival.batches(Run.cut(changes, 7))) {
                set.integrate(batch);
            }
            assertThat(set.stateHash()).isEqualTo(causal.stateHash());
        }
        DocumentSet opened = DocumentSet.create();
        Integration outcome = opened.integrate(Archive.seal(changes).open());
        assertThat(outcome.waiting()).isEmpty();
        assertThat(opened.stateHash()).isEqualTo(causal.stateHash());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_shape_is_the_same_each_time(Shape shape) {
        assertThat(shape.make(500)).isEqualTo(shape.make(500));
    }
}
