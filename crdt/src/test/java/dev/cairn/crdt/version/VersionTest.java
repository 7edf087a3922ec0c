package dev.cairn.crdt.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What names a change and a state. */
class VersionTest {
    private static final ActorId LOW = new ActorId(1, -1);
    private static final ActorId MIDDLE = new ActorId(2, 0);
    private static final ActorId HIGH = new ActorId(-1, 0);

    @Test
    void actorsAreOrderedAsTheirBytesUnsigned() {
        assertThat(List.of(HIGH, MIDDLE, LOW).stream().sorted()).containsExactly(LOW, MIDDLE, HIGH);
        assertThat(new ActorId(1, 1)).isLessThan(LOW).isEqualByComparingTo(new ActorId(1, 1));
    }

    @Test
    void anActorIsWrittenAs32Digits() {
        assertThat(LOW).hasToString("0000000000000001ffffffffffffffff");
        assertThat(new ChangeId(LOW, 7)).hasToString(LOW + ":7");
    }

    @Test
    void changesAreOrderedByActorAndThenByNumber() {
        ChangeId second = new ChangeId(LOW, 2);
        assertThat(second).isLessThan(new ChangeId(LOW, 10)).isLessThan(new ChangeId(MIDDLE, 1));
        assertThat(second).isEqualByComparingTo(new ChangeId(LOW, 2));
    }

    @Test
    void numbersStartAtOne() {
        assertThat(new ChangeId(LOW, 1).seq()).isOne();
        assertThatThrownBy(() -> new ChangeId(LOW, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("starts at 1, found 0");
    }

    @Test
    void aBranchHasAnActorOfItsOwnAndMayForkBeforeAnyChange() {
        assertThat(new Branch(LOW, HIGH, 0).fork()).isZero();
        assertThatThrownBy(() -> new Branch(LOW, HIGH, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Branch(LOW, LOW, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headsAreSortedAndNoneIsThereTwice() {
        ChangeId a = new ChangeId(LOW, 3);
        ChangeId b = new ChangeId(HIGH, 1);
        assertThat(Heads.of(List.of(b, a, b)).changes()).containsExactly(a, b);
        assertThat(Heads.of(List.of(b, a))).isEqualTo(Heads.of(List.of(a, b)));
        assertThat(Heads.of(List.of(a)).isEmpty()).isFalse();
        assertThat(Heads.NONE.isEmpty()).isTrue();
    }

    @Test
    void aVectorKnowsOnlyNumbersFromOneOn() {
        VersionVector vector = VersionVector.of(Map.of(LOW, 1L, MIDDLE, 0L));
        assertThat(vector.sequences()).containsExactly(Map.entry(LOW, 1L));
        assertThat(vector.of(LOW)).isOne();
        assertThat(vector.of(HIGH)).isZero();
    }

    @Test
    void aVectorContainsAnActorsChangesUpToItsNumber() {
        VersionVector vector = VersionVector.of(Map.of(LOW, 2L));
        assertThat(vector.contains(new ChangeId(LOW, 1))).isTrue();
        assertThat(vector.contains(new ChangeId(LOW, 2))).isTrue();
        assertThat(vector.contains(new ChangeId(LOW, 3))).isFalse();
        assertThat(vector.contains(new ChangeId(HIGH, 1))).isFalse();
    }

    @Test
    void aVectorCoversWhatKnowsNoMoreOfAnyActor() {
        VersionVector both = VersionVector.of(Map.of(LOW, 2L, HIGH, 1L));
        assertThat(both.covers(both)).isTrue();
        assertThat(both.covers(VersionVector.of(Map.of(LOW, 1L)))).isTrue();
        assertThat(both.covers(VersionVector.of(Map.of(LOW, 3L)))).isFalse();
        assertThat(both.covers(VersionVector.of(Map.of(MIDDLE, 1L)))).isFalse();
        assertThat(VersionVector.NONE.covers(both)).isFalse();
        assertThat(both.covers(VersionVector.NONE)).isTrue();
    }

    @Test
    void whatAVectorHoldsCannotBeChanged() {
        assertThatThrownBy(() -> VersionVector.of(Map.of(LOW, 1L)).sequences().put(HIGH, 1L))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
