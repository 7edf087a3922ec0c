package dev.cairn.merge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a checkpoint is worth it; that it happens is shown with an election, in the command's tests. */
final class CompactorTest {
    @Test
    void aTenthOfAllChangesIsWorthIt() {
        assertThat(Compactor.isWorthIt(20_000, 2_001, 0)).isTrue();
        assertThat(Compactor.isWorthIt(20_000, 2_000, 0)).isFalse();
    }

    @Test
    void aFewChangesAreWorthItOnlyInManyFiles() {
        assertThat(Compactor.isWorthIt(900, 900, 23)).isFalse();
        assertThat(Compactor.isWorthIt(900, 900, 24)).isTrue();
    }

    /** Segments that nobody may delete yet must not make a checkpoint of every single change. */
    @Test
    void manyFilesDoNotMakeASmallShareWorthIt() {
        assertThat(Compactor.isWorthIt(900, 1, 500)).isFalse();
        assertThat(Compactor.isWorthIt(0, 0, 500)).isFalse();
    }

    /** Checkpoints made of a history that grows change by change are as many as its logarithm. */
    @Test
    void checkpointsAreFew() {
        int made = 0;
        long held = 0;
        for (long changes = 1; changes <= 1_000_000; changes++) {
            if (Compactor.isWorthIt(changes, changes - held, 30)) {
                made++;
                held = changes;
            }
        }
        assertThat(made).isBetween(50, 200);
    }
}
