package dev.cairn.format.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class PauseTest {
    private final AtomicBoolean interrupted = new AtomicBoolean();

    private Thread pausing(Pause pause) {
        Thread thread = new Thread(() -> {
            pause.pause(Duration.ofDays(1));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        return thread;
    }

    @Test
    void a_real_pause_waits_until_its_time_or_an_interrupt_which_is_not_swallowed() throws InterruptedException {
        Thread thread = pausing(Pause.real());
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(thread.isAlive()).as("still waiting").isTrue();
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();
        assertThat(interrupted).isTrue();
    }

    @Test
    void no_pause_does_not_wait() throws InterruptedException {
        pausing(Pause.none()).join();
        assertThat(interrupted).isFalse();
    }
}
