package dev.cairn.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.replica.Subscription;
import dev.cairn.watcher.nio.ChangeSource;
import dev.cairn.watcher.nio.ChangeSources;
import dev.cairn.watcher.nio.WatchMode;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The thread of a watched space, with a source of hints in the test's hands. */
final class FolderWatcherTest {
    private final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix());
    private final Path root = fileSystem.getPath("/folder");
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final WatchOptions options = WatchOptions.defaults().withThreads(task -> {
        Thread thread = new Thread(task, "watcher under test");
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    });
    private final WatchOptions fast = options.withPolling(Duration.ofMillis(1), Duration.ofMillis(1));
    private final ObservedSpace space = new ObservedSpace(root);

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(root);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        fileSystem.close();
        assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
        assertThat(space.registered()).isFalse();
    }

    private void put(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
    }

    /** A source which says that it is alive, and gives a hint when the test does. */
    private static final class HandSource implements ChangeSource {
        private volatile Runnable hint = () -> {};
        private volatile boolean alive = true;
        private volatile boolean closed;
        private final AtomicInteger resyncs = new AtomicInteger();

        @Override
        public boolean alive() {
            return alive && !closed;
        }

        @Override
        public void resync() {
            resyncs.incrementAndGet();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static FolderWatcher.Opening handing(HandSource source) {
        return hint -> {
            source.hint = hint;
            return source;
        };
    }

    @Test
    void opens_the_source_before_the_first_look_and_looks_at_once() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        space.whileRefreshing(() -> order.add("look"));
        try (Watching watching = FolderWatcher.keepFresh(space, options, hint -> {
            order.add("open");
            return new HandSource();
        })) {
            space.awaitRefreshes(1);
            space.awaitDuties(1);
            assertThat(watching.live()).isTrue();
        }
        assertThat(order).containsExactly("open", "look");
    }

    @Test
    void looks_once_for_a_hint() throws IOException {
        HandSource source = new HandSource();
        try (Watching watching = FolderWatcher.keepFresh(space, options, handing(source))) {
            space.awaitDuties(1);
            put("devices/a/x.cairn");
            source.hint.run();
            space.awaitSeen(Set.of("devices/a/x.cairn"));
            put("devices/a/y.cairn");
            watching.hint();
            space.awaitSeen(Set.of("devices/a/y.cairn"));
            assertThat(space.refreshes()).isEqualTo(3);
        }
        assertThat(source.closed).isTrue();
    }

    @Test
    void a_hint_that_comes_during_a_look_is_not_lost() throws IOException {
        HandSource source = new HandSource();
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        space.whileRefreshing(() -> {
            looking.countDown();
            ObservedSpace.await(goOn);
        });
        try (Watching watching = FolderWatcher.keepFresh(space, options, handing(source))) {
            ObservedSpace.await(looking);
            put("late.cairn"); // the listing of this look has been taken
            watching.hint();
            goOn.countDown();
            space.awaitSeen(Set.of("late.cairn"));
        }
    }

    @Test
    void F19_a_source_that_never_hints_is_made_up_for_by_polling() throws IOException {
        HandSource dead = new HandSource();
        try (Watching watching = FolderWatcher.keepFresh(space, fast, handing(dead))) {
            space.awaitDuties(1);
            put("devices/new/changes/0000/x.cairn");
            space.awaitSeen(Set.of("devices/new/changes/0000/x.cairn"));
            assertThat(watching.live()).isTrue();
            assertThat(dead.resyncs.get()).isPositive();
        }
    }

    @Test
    void polls_an_in_memory_folder_and_finds_everything() throws IOException {
        try (Watching watching = FolderWatcher.keepFresh(
                space, fast, hint -> ChangeSources.open(WatchMode.AUTO, root, hint, fast.threads()))) {
            put("a/b/c.cairn");
            space.awaitSeen(Set.of("a/b/c.cairn"));
            assertThat(watching.live()).isFalse();
        }
    }

    @Test
    void replaces_a_source_that_has_died_and_looks_after_that() throws IOException {
        List<HandSource> opened = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch second = new CountDownLatch(2);
        try (Watching watching = FolderWatcher.keepFresh(space, options, hint -> {
            HandSource source = new HandSource();
            source.hint = hint;
            opened.add(source);
            second.countDown();
            return source;
        })) {
            space.awaitDuties(1);
            put("x.cairn");
            opened.get(0).alive = false;
            opened.get(0).hint.run();
            ObservedSpace.await(second);
            space.awaitSeen(Set.of("x.cairn"));
            assertThat(opened.get(0).closed).isTrue();
            assertThat(watching.live()).isTrue();
        }
    }

    @Test
    void F10_polls_a_folder_that_cannot_be_watched_until_it_can() throws IOException {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch opened = new CountDownLatch(1);
        try (Watching watching = FolderWatcher.keepFresh(space, fast, hint -> {
            if (attempts.incrementAndGet() < 4) {
                throw new IOException("not there");
            }
            opened.countDown();
            return new HandSource();
        })) {
            ObservedSpace.await(opened);
            space.awaitRefreshes(4);
            assertThat(watching.live()).isTrue();
        }
    }

    @Test
    void a_folder_that_cannot_be_watched_is_complained_of_once() {
        try (Log log = new Log();
                Watching watching = FolderWatcher.keepFresh(space, fast, hint -> {
                    throw new IOException("no such folder");
                })) {
            space.awaitRefreshes(20);
            assertThat(watching.live()).isFalse();
            assertThat(log.lines())
                    .containsExactly("/folder cannot be watched, is polled: java.io.IOException: no such folder");
        }
    }

    @Nested
    class Duties {
        @Test
        void are_done_again_when_the_space_says() {
            space.dutyIn(Duration.ofMillis(1));
            try (Watching watching = FolderWatcher.keepFresh(space, options, handing(new HandSource()))) {
                space.awaitDuties(10);
                assertThat(watching.live()).isTrue();
            }
        }

        @Test
        void that_become_due_while_others_are_done_are_not_lost() {
            AtomicInteger commits = new AtomicInteger();
            space.whileOnDuty(() -> {
                if (commits.incrementAndGet() < 5) {
                    space.becomeDue();
                }
            });
            try (Watching watching = FolderWatcher.keepFresh(space, options, handing(new HandSource()))) {
                space.awaitDuties(5);
                assertThat(watching.live()).isTrue();
            }
        }

        @Test
        void are_done_at_once_when_a_commit_makes_them_due() {
            try (Watching watching = FolderWatcher.keepFresh(space, options, handing(new HandSource()))) {
                space.awaitDuties(1);
                space.becomeDue();
                space.awaitDuties(2);
                assertThat(space.refreshes())
                        .as("looks, of which a commit needs none")
                        .isEqualTo(1);
                assertThat(watching.live()).isTrue();
            }
        }
    }

    @Nested
    class Failures {
        @Test
        void of_a_refresh_do_not_end_the_watch() throws IOException {
            AtomicInteger failures = new AtomicInteger();
            space.whileRefreshing(() -> {
                if (failures.incrementAndGet() == 1) {
                    throw new IllegalStateException("a listener's bug, meant to be logged");
                }
            });
            put("x.cairn");
            try (Log log = new Log();
                    Watching watching = FolderWatcher.keepFresh(space, fast, handing(new HandSource()))) {
                space.awaitSeen(Set.of("x.cairn"));
                assertThat(log.lines())
                        .containsExactly("/folder cannot be refreshed, is tried again: "
                                + "java.lang.IllegalStateException: a listener's bug, meant to be logged");
                assertThat(failures.get()).isGreaterThanOrEqualTo(2);
                assertThat(watching.live()).isTrue();
            }
        }

        @Test
        void of_duties_do_not_either_nor_do_errors() throws IOException {
            AtomicInteger failures = new AtomicInteger();
            space.whileOnDuty(() -> {
                if (failures.incrementAndGet() == 1) {
                    throw new AssertionError("an error in a listener, meant to be logged");
                }
            });
            put("x.cairn");
            try (Watching watching = FolderWatcher.keepFresh(space, fast, handing(new HandSource()))) {
                space.awaitDuties(2);
                space.awaitSeen(Set.of("x.cairn"));
                assertThat(watching.live()).isTrue();
            }
        }

        @Test
        void of_the_registration_go_to_the_caller() {
            Refreshable closed = new Refreshable() {
                @Override
                public Path folder() {
                    return root;
                }

                @Override
                public void refresh() {
                    throw new IllegalStateException("closed");
                }

                @Override
                public Duration duties() {
                    throw new IllegalStateException("closed");
                }

                @Override
                public Subscription onDue(Runnable wake) {
                    throw new IllegalStateException("closed");
                }
            };
            assertThatThrownBy(() -> FolderWatcher.keepFresh(closed, options, handing(new HandSource())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Closing {
        @Test
        void waits_for_the_look_that_is_running() {
            CountDownLatch looking = new CountDownLatch(1);
            CountDownLatch finished = new CountDownLatch(1);
            CountDownLatch closing = new CountDownLatch(1);
            space.whileRefreshing(() -> {
                looking.countDown();
                ObservedSpace.await(closing);
                finished.countDown();
            });
            Watching watching = FolderWatcher.keepFresh(space, options, handing(new HandSource()));
            ObservedSpace.await(looking);
            closing.countDown();
            watching.close();
            assertThat(finished.getCount()).isZero();
            watching.close();
        }

        @Test
        void works_from_a_listener() {
            CompletableFuture<Watching> self = new CompletableFuture<>();
            CountDownLatch closed = new CountDownLatch(1);
            space.whileRefreshing(() -> {
                self.join().close();
                closed.countDown();
            });
            Watching watching = FolderWatcher.keepFresh(space, options, handing(new HandSource()));
            self.complete(watching);
            ObservedSpace.await(closed);
            watching.close();
            assertThat(space.refreshes()).isEqualTo(1);
        }

        @Test
        void at_once_after_opening_is_harmless() {
            for (int i = 0; i < 50; i++) {
                FolderWatcher.keepFresh(space, options, handing(new HandSource()))
                        .close();
            }
            assertThat(threads).noneMatch(Thread::isAlive);
        }
    }

    @Test
    void options_say_what_is_wrong_with_them() {
        FolderWatcher.keepFresh(space, options, handing(new HandSource())).close();
        assertThatThrownBy(() -> options.withPolling(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pollEvery");
        assertThatThrownBy(() -> options.withSettling(Duration.ofMillis(5), Duration.ofMillis(4), Duration.ofMillis(6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.004S");
    }
}
