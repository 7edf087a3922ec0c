package dev.cairn.merge.retire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CompactionPermitTest {
    private final AtomicBoolean leads = new AtomicBoolean(true);
    private final AtomicLong now = new AtomicLong(1_000);
    private final CompactionPermit steady = CompactionPermit.steady(leads::get, Duration.ofSeconds(10), now::get);

    @Test
    void itStandsForAWhileBeforeItCounts() {
        assertThat(steady.granted()).isFalse();
        now.addAndGet(9_999);
        assertThat(steady.granted()).isFalse();
        now.addAndGet(1);
        assertThat(steady.granted()).isTrue();
    }

    @Test
    void aGapBeginsAnew() {
        assertThat(steady.granted()).isFalse();
        now.addAndGet(10_000);
        leads.set(false);
        assertThat(steady.granted()).isFalse();
        leads.set(true);
        assertThat(steady.granted()).isFalse();
        now.addAndGet(10_000);
        assertThat(steady.granted()).isTrue();
    }

    @Test
    void nobodyCompactsUnasked() {
        assertThat(CompactionPermit.whenAsked().granted()).isFalse();
    }
}
