package dev.cairn.simulation.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2030-05-01T12:00:00Z"));
    private final List<String> ran = new ArrayList<>();

    @Test
    void eventsRunInOrderOfTimeAndThenOfPlanning() {
        time.after(Duration.ofSeconds(2), () -> ran.add("late"));
        time.after(Duration.ofSeconds(1), () -> ran.add("first"));
        time.after(Duration.ofSeconds(1), () -> {
            ran.add("second");
            time.after(Duration.ZERO, () -> ran.add("third"));
        });
        time.advance(Duration.ofMillis(1_999));
        assertThat(ran).containsExactly("first", "second", "third");
        assertThat(time.now()).isEqualTo("2030-05-01T12:00:01.999Z");
        assertThat(time.step()).isTrue();
        assertThat(time.step()).isFalse();
        assertThat(ran).endsWith("late");
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aLaneHearsOfTheCallerAndOfOthersButNotOfItself() {
        VirtualTime.Lane lane = time.lane(() -> ran.add("heard"));
        lane.after(Duration.ofSeconds(1), () -> ran.add("own"));
        time.after(Duration.ofSeconds(2), () -> ran.add("other"));
        time.advance(Duration.ofSeconds(3));
        assertThat(ran).containsExactly("heard", "own", "other", "heard");
    }

    @Test
    void runsWhileItIsAsked() {
        for (int i = 1; i <= 5; i++) {
            time.after(Duration.ofSeconds(i), () -> ran.add("event"));
        }
        time.runWhile(() -> ran.size() < 3);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void thePastIsRefused() {
        Duration past = Duration.ofNanos(-1);
        assertThatThrownBy(() -> time.advance(past)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> time.after(past, () -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class AClock {

        private final VirtualClock clock = time.clock();

        @Test
        void followsTheTrueTime() {
            time.advance(Duration.ofDays(1));
            assertThat(clock.instant()).isEqualTo("2030-05-02T12:00:00Z");
            assertThat(clock.offset()).isZero();
        }

        @Test
        void jumpsAndIsSet() {
            clock.jump(Duration.ofDays(-365));
            time.advance(Duration.ofHours(1));
            assertThat(clock.offset()).isEqualTo(Duration.ofDays(-365));
            clock.jump(Duration.ofDays(365));
            assertThat(clock.instant()).isEqualTo(time.now());
            clock.setOffset(Duration.ofMinutes(5));
            clock.setOffset(Duration.ofMinutes(7));
            assertThat(clock.offset()).isEqualTo(Duration.ofMinutes(7));
        }

        @Test
        void runsFastOrNotAtAll() {
            clock.setRate(1.5);
            time.advance(Duration.ofSeconds(10));
            assertThat(clock.offset()).isEqualTo(Duration.ofSeconds(5));
            clock.setRate(0);
            time.advance(Duration.ofSeconds(10));
            assertThat(clock.offset()).isEqualTo(Duration.ofSeconds(-5));
            assertThatThrownBy(() -> clock.setRate(-0.1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> clock.setRate(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void isOneClockInEveryZone() {
            VirtualClock elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));
            elsewhere.jump(Duration.ofHours(1));
            assertThat(clock.offset()).isEqualTo(Duration.ofHours(1));
            assertThat(elsewhere).isNotEqualTo(clock).isEqualTo(clock.withZone(ZoneId.of("Asia/Tokyo")));
        }
    }
}
