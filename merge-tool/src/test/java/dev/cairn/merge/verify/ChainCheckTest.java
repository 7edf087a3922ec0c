package dev.cairn.merge.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.merge.verify.VerifyReport.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChainCheckTest {
    private static final WriterId WRITER = new WriterId(1, 2);
    private static final ChainPoint ORIGIN =
            ChainPoint.origin(new SpaceId(3, 4), WRITER, Bytes.utf8("0123456789abcdef0123456789abcdef"));

    private final ChangeRun all = run(1);
    private final ChainCheck check = new ChainCheck();

    @Test
    void overlappingRunsOfOneHistoryAreSound() {
        add(all.slice(0, 6), all.slice(3, 10), all.slice(4, 5));
        check.tell(WRITER, 10);
        assertThat(check.run()).isEmpty();
        assertThat(check.changes()).isEqualTo(10);
    }

    @Test
    void gapsAreNamedAtTheStartInTheMiddleAndAtTheEnd() {
        add(all.slice(2, 4), all.slice(6, 8));
        check.tell(WRITER, 10);
        assertThat(check.run())
                .extracting(Finding::text)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("changes 1 to 2 are not there"),
                        second -> assertThat(second).startsWith("changes 5 to 6 are not there"),
                        third -> assertThat(third).startsWith("changes 9 to 10 are not there"));
    }

    @Test
    void aCheckpointCoversAStart() {
        add(all.slice(4, 10));
        check.cover(new CutPoint(WRITER, 4, all.chainHash(3)));
        assertThat(check.run()).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherHistoryIsAFork() {
        add(all.slice(4, 10));
        check.cover(new CutPoint(WRITER, 4, run(2).chainHash(3)));
        assertThat(check.run()).extracting(Finding::code).containsExactly("fork");
    }

    @Test
    void twoHistoriesAreAFork() {
        add(all, run(2));
        assertThat(check.run()).extracting(Finding::code).containsExactly("fork");
    }

    @Test
    void aWriterNobodyHasIsAGap() {
        check.tell(WRITER, 3);
        assertThat(check.run()).extracting(Finding::code).containsExactly("gap");
    }

    private void add(ChangeRun... runs) {
        List.of(runs).forEach(run -> check.add(RunSummary.of(run)));
    }

    private static ChangeRun run(int salt) {
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, ORIGIN);
        for (int i = 1; i <= 10; i++) {
            builder.add(new Change(i, 1000 + salt, List.of(), java.util.Optional.empty(), Bytes.of(i)));
        }
        return builder.build();
    }
}
