package dev.cairn.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    /** Close to the point where the clock wraps, since it may. */
    private static final long START = Long.MAX_VALUE - ms(20);

    private final WatchOptions options = WatchOptions.defaults();
    private final Schedule schedule = new Schedule(options, START);

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** When the next look is due, in milliseconds from the start. */
    private long refreshMillis() {
        return (schedule.refreshAt() - START) / ms(1);
    }

    private long dutyMillis() {
        return (schedule.dutyAt() - START) / ms(1);
    }

    private void hintAt(long millis) {
        schedule.hint(START + ms(millis));
    }

    private void look(long begunMillis, long endMillis, boolean live) {
        schedule.refreshing();
        schedule.refreshed(START + ms(begunMillis), START + ms(endMillis), live);
    }

    @Test
    void everything_is_due_at_the_start() {
        assertThat(refreshMillis()).isZero();
        assertThat(dutyMillis()).isZero();
    }

    @Test
    void without_a_source_it_polls_every_second() {
        look(0, 10, false);
        assertThat(refreshMillis()).isEqualTo(1010);
    }

    @Test
    void with_a_source_it_polls_rarely_and_never_not_at_all() {
        look(0, 10, true);
        assertThat(refreshMillis()).isEqualTo(45_010);
    }

    @Test
    void polling_takes_no_more_than_a_tenth_of_the_time() {
        look(0, 3000, false);
        assertThat(refreshMillis()).isEqualTo(33_000);
    }

    @Test
    void the_events_of_one_file_are_one_look_a_few_milliseconds_later() {
        look(0, 1, true);
        hintAt(100);
        assertThat(refreshMillis()).isEqualTo(105);
        hintAt(101);
        hintAt(102);
        assertThat(refreshMillis()).isEqualTo(122);
    }

    @Test
    void a_burst_is_one_look_when_it_is_quiet() {
        look(0, 1, true);
        for (int at = 100; at <= 300; at += 4) {
            hintAt(at);
        }
        assertThat(refreshMillis()).isEqualTo(350);
    }

    @Test
    void a_burst_without_end_is_looked_at_every_half_second() {
        look(0, 1, true);
        for (int at = 100; at <= 10_000; at += 4) {
            hintAt(at);
        }
        assertThat(refreshMillis()).isEqualTo(600);
        look(600, 610, true);
        hintAt(612);
        assertThat(refreshMillis()).isEqualTo(617);
    }

    @Test
    void a_hint_during_a_look_asks_for_another() {
        schedule.refreshing();
        hintAt(5);
        schedule.refreshed(START, START + ms(8), true);
        assertThat(refreshMillis()).isEqualTo(10);
    }

    @Test
    void a_look_answers_all_hints_before_it() {
        hintAt(5);
        look(10, 11, true);
        assertThat(refreshMillis()).isEqualTo(45_011);
    }

    @Test
    void failures_put_everything_off_longer_each_time_until_one_succeeds() {
        long at = 0;
        for (long wait : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            schedule.failed(START + ms(at));
            hintAt(at + 1);
            schedule.dutiesDue(START + ms(at + 1));
            at += wait * 1000;
            assertThat(refreshMillis()).isEqualTo(at);
            assertThat(dutyMillis()).isEqualTo(at);
        }
        look(at, at + 1, true);
        schedule.failed(START + ms(at));
        assertThat(refreshMillis()).isEqualTo(at + 1000);
    }

    @Test
    void duties_are_done_when_the_space_says_within_bounds() {
        schedule.dutiesDone(START, Duration.ofMillis(700));
        assertThat(dutyMillis()).isEqualTo(700);
        schedule.dutiesDone(START, Duration.ofDays(100_000));
        assertThat(dutyMillis()).isEqualTo(60_000);
        schedule.dutiesDone(START, Duration.ofSeconds(-5));
        assertThat(dutyMillis()).isEqualTo(1);
    }

    @Test
    void duties_that_become_due_while_others_are_done_are_done_next() {
        schedule.onDuty();
        schedule.dutiesDue(START + ms(3));
        schedule.dutiesDone(START + ms(5), Duration.ofSeconds(30));
        assertThat(dutyMillis()).isEqualTo(5);
        schedule.onDuty();
        schedule.dutiesDone(START + ms(6), Duration.ofSeconds(30));
        assertThat(dutyMillis()).isEqualTo(30_006);
    }

    @Test
    void duties_that_became_due_sooner_are_done_sooner_and_never_later() {
        schedule.onDuty();
        schedule.dutiesDone(START, Duration.ofMillis(700));
        schedule.dutiesDue(START + ms(300));
        assertThat(dutyMillis()).isEqualTo(300);
        schedule.dutiesDue(START + ms(400));
        assertThat(dutyMillis()).isEqualTo(300);
    }
}
