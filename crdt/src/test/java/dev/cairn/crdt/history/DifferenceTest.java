package dev.cairn.crdt.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.view.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two versions differ if something in them does. */
class DifferenceTest {
    private static final Difference EMPTY = new Difference.OfCounter(0);
    private static final Difference OTHER = new Difference.OfCounter(-2);

    @Test
    void counters() {
        assertThat(EMPTY.isEmpty()).isTrue();
        assertThat(OTHER.isEmpty()).isFalse();
    }

    @Test
    void registers() {
        assertThat(new Difference.OfRegister(EMPTY).isEmpty()).isTrue();
        assertThat(new Difference.OfRegister(OTHER).isEmpty()).isFalse();
        assertThat(new Difference.OfRegister(new Difference.Replaced(Optional.of(Value.of(1)), Optional.empty()))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void lists() {
        ListPiece kept = new ListPiece(TextPiece.Kind.KEPT, 3, List.of());
        ListPiece gone = new ListPiece(TextPiece.Kind.DELETED, 1, List.of(Value.of(1)));
        TreeMap<Integer, Difference> nothing = new TreeMap<>();
        TreeMap<Integer, Difference> inside = new TreeMap<>();
        inside.put(1, OTHER);
        assertThat(new Difference.OfList(List.of(), nothing).isEmpty()).isTrue();
        assertThat(new Difference.OfList(List.of(kept), nothing).isEmpty()).isTrue();
        assertThat(new Difference.OfList(List.of(kept, gone), nothing).isEmpty())
                .isFalse();
        assertThat(new Difference.OfList(List.of(kept), inside).isEmpty()).isFalse();
    }
}
