package dev.cairn.replica.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecodedRunsTest {
    private static final WriterId WRITER = WriterId.of(Bytes.hex("10".repeat(16)));
    /** Sixteen of them are kept. */
    private static final int LARGE = 1_000_000;

    private final DecodedRuns runs = new DecodedRuns();

    /** A run of one change with that many bytes. */
    private static ChangeRun run(int bytes) {
        ChainPoint origin =
                ChainPoint.origin(SpaceId.of(Bytes.hex("50".repeat(16))), WRITER, Bytes.hex("07".repeat(32)));
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, origin);
        builder.add(new Change(1, 1, List.of(), Optional.empty(), Bytes.owning(new byte[bytes])));
        return builder.build();
    }

    @Test
    void whatWasUsedLastStays() {
        ChangeRun large = run(LARGE);
        for (long no = 1; no <= 16; no++) {
            runs.keep(no, large);
        }
        assertThat(runs.find(1)).contains(large);
        runs.keep(17, large);
        assertThat(runs.find(1)).isPresent();
        assertThat(runs.find(2)).isEmpty();
        assertThat(runs.find(17)).isPresent();
    }

    @Test
    void keepingTheSameAgainCostsNothing() {
        ChangeRun large = run(LARGE);
        runs.keep(1, large);
        for (int i = 0; i < 100; i++) {
            runs.keep(2, large);
        }
        assertThat(runs.find(1)).isPresent();
        runs.clear();
        assertThat(runs.find(1)).isEmpty();
    }
}
