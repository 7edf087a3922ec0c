package dev.cairn.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.ChangeSummary;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void saysEverythingOnce() {
        ChangeSummary did = new ChangeSummary(new ChangeId(new ActorId(1, 2), 3), 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
        assertThat(Summary.text(did))
                .isEqualTo("+6 -7, 8 set, 9 removed, 10 added to, 11 moved, 12 marked, 13 placed, 14 dropped");
        assertThat(Summary.plain(did).values()).containsExactly(6, 7, 8, 9, 10, 11, 12, 13, 14);
    }
}
