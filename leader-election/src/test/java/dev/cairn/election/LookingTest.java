package dev.cairn.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.protocol.Event;
import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Timers;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread which looks by itself. */
final class LookingTest {
    @TempDir
    Path root;

    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        threads.add(thread);
        return thread;
    }

    private <E extends Event> E next(Class<E> type) throws InterruptedException {
        while (true) {
            Event event = events.poll(10, TimeUnit.MINUTES);
            assertThat(event).as("an event, some time").isNotNull();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    private ElectionOptions options(Duration heartbeat) {
        Timers timers =
                new Timers(heartbeat, heartbeat.multipliedBy(2), heartbeat.multipliedBy(10), Duration.ofMillis(1));
        return new ElectionOptions(
                Mode.AUTO,
                timers,
                "",
                Clock.systemUTC(),
                () -> System.nanoTime() / 1_000_000,
                new Random(1),
                Optional.of(this::thread));
    }

    @Test
    void looksUntilItIsClosedAndAtOnceWhenItIsAsked() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(root.resolve("folder"));
        try (Space space = Space.create(folder, SpaceOptions.inState(root.resolve("state")))) {
            LeaderElection election = LeaderElection.attach(space, options(Duration.ofMillis(100)), events::add);
            Event.Elected elected = next(Event.Elected.class);
            assertThat(election.token()).contains(elected.token());
            election.release();
            assertThat(next(Event.SteppedDown.class).reason()).isEqualTo(Event.Reason.RELEASED);
            election.close();
            assertThat(threads)
                    .singleElement()
                    .satisfies(thread -> assertThat(thread.isAlive()).isFalse());
            election.close(); // again
            election.look();
            assertThat(election.permit()).isEmpty();
        }
    }

    @Test
    void aWordIsNotLeftWaitingForTheNextLook() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(root.resolve("folder"));
        try (Space space = Space.create(folder, SpaceOptions.inState(root.resolve("state")));
                LeaderElection election =
                        LeaderElection.attach(space, options(Duration.ofDays(1)).with(Mode.MANUAL), events::add)) {
            assertThat(options(Duration.ofDays(1)).pause()).isEqualTo(Duration.ofSeconds(5));
            election.choose(election.status().self());
            assertThat(next(Event.Elected.class).token().epoch()).isEqualTo(1);
        }
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    @Test
    void looksAFewTimesInAHeartbeatAndNotAllTheTime() {
        assertThat(ElectionOptions.defaults().pause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ElectionOptions.defaults().with(Timers.fast()).pause()).isEqualTo(Duration.ofMillis(500));
        assertThat(ElectionOptions.defaults().with(Timers.slow()).pause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options(Duration.ofMillis(10)).pause()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void byItselfItIsForSyncthingAndNobodyInParticular() {
        ElectionOptions options = ElectionOptions.defaults();
        assertThat(options.mode()).isEqualTo(Mode.AUTO);
        assertThat(options.timers()).isEqualTo(Timers.syncthing());
        assertThat(options.label()).isEmpty();
        assertThat(options.withLabel("Ann").label()).isEqualTo("Ann");
        assertThat(options.with(Mode.USER).mode()).isEqualTo(Mode.USER);
        Thread thread = options.threads().orElseThrow().newThread(() -> {});
        assertThat(thread.isDaemon()).as("it keeps no program running").isTrue();
        assertThat(thread.getName()).isEqualTo("cairn-election");
        long before = options.monoMillis().getAsLong();
        assertThat(options.monoMillis().getAsLong()).isBetween(before, before + 600_000);
    }
}
