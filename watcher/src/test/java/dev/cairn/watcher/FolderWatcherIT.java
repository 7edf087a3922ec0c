package dev.cairn.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.watcher.nio.ChangeSources;
import dev.cairn.watcher.nio.WatchMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A watched folder on a real disk, with events from the system; the safety poll is out of reach of these tests. */
final class FolderWatcherIT {
    @TempDir
    Path temporary = Path.of("");

    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final WatchOptions options = WatchOptions.defaults()
            .withPolling(Duration.ofMillis(100), Duration.ofHours(10))
            .withThreads(task -> {
                Thread thread = new Thread(task, "watcher under test");
                thread.setDaemon(true);
                threads.add(thread);
                return thread;
            });

    @AfterEach
    void nothingIsLeft() {
        assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
    }

    private Watching watch(ObservedSpace space, WatchMode mode) {
        return FolderWatcher.keepFresh(
                space, options, hint -> ChangeSources.open(mode, space.folder(), hint, options.threads()));
    }

    private static void put(Path folder, String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
    }

    @ParameterizedTest
    @EnumSource(
            value = WatchMode.class,
            names = {"NATIVE", "DIRECTORY_WATCHER"})
    void F18_ten_thousand_files_at_once_and_a_slow_consumer_none_missed(WatchMode mode) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        ObservedSpace space = new ObservedSpace(folder);
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        try (Watching watching = watch(space, mode)) {
            space.awaitDuties(1);
            space.whileRefreshing(() -> {
                looking.countDown();
                ObservedSpace.await(written);
            });
            put(folder, "first.cairn");
            ObservedSpace.await(looking);
            Set<String> all = new HashSet<>();
            for (int i = 0; i < 10_000; i++) {
                all.add("devices/w/changes/%04d/c%05d.cairn".formatted(i / 5000, i));
            }
            for (String each : all) {
                put(folder, each);
            }
            written.countDown();
            space.awaitSeen(all);
            assertThat(space.refreshes()).as("looks for 10,000 files").isLessThan(100);
            put(folder, "devices/w/changes/0001/afterwards.cairn");
            space.awaitSeen(Set.of("devices/w/changes/0001/afterwards.cairn"));
            assertThat(watching.live()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WatchMode.class,
            names = {"NATIVE", "DIRECTORY_WATCHER"})
    void F19_new_directories_with_files_at_once_all_found(WatchMode mode) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        ObservedSpace space = new ObservedSpace(folder);
        try (Watching watching = watch(space, mode)) {
            Set<String> all = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                String path = "devices/d%d/changes/0000/c.cairn".formatted(i);
                all.add(path);
                put(folder, path);
            }
            space.awaitSeen(all);
            assertThat(watching.live()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WatchMode.class,
            names = {"NATIVE", "DIRECTORY_WATCHER"})
    void files_written_while_the_watch_begins_are_found(WatchMode mode) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        for (int i = 0; i < 20; i++) {
            put(folder, "devices/a/before-" + i + ".cairn");
            ObservedSpace space = new ObservedSpace(folder);
            try (Watching watching = watch(space, mode)) {
                put(folder, "devices/a/during-" + i + ".cairn");
                put(folder, "devices/b" + i + "/during.cairn");
                space.awaitSeen(Set.of(
                        "devices/a/before-" + i + ".cairn",
                        "devices/a/during-" + i + ".cairn",
                        "devices/b" + i + "/during.cairn"));
                watching.hint();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WatchMode.class,
            names = {"NATIVE", "DIRECTORY_WATCHER"})
    void F10_a_folder_that_goes_away_and_comes_back_is_watched_again(WatchMode mode) throws IOException {
        Path folder = temporary.resolve("folder");
        ObservedSpace space = new ObservedSpace(folder);
        try (Watching watching = watch(space, mode)) {
            space.awaitRefreshes(2);
            assertThat(watching.live()).isFalse();
            Files.createDirectory(folder);
            put(folder, "devices/a/x.cairn");
            space.awaitSeen(Set.of("devices/a/x.cairn"));
            int before = space.refreshes();
            put(folder, "devices/a/y.cairn");
            space.awaitRefreshes(before + 1);
            space.awaitSeen(Set.of("devices/a/y.cairn"));
            assertThat(watching.live()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WatchMode.class,
            names = {"NATIVE", "DIRECTORY_WATCHER"})
    void a_replaced_head_is_looked_at(WatchMode mode) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        put(folder, "devices/a/head-0.cairn");
        ObservedSpace space = new ObservedSpace(folder);
        try (Watching watching = watch(space, mode)) {
            space.awaitDuties(1);
            for (int i = 0; i < 5; i++) {
                int before = space.refreshes();
                Path staged = Files.write(temporary.resolve("staged"), new byte[] {2, 3});
                Files.move(staged, folder.resolve("devices/a/head-0.cairn"), StandardCopyOption.ATOMIC_MOVE);
                space.awaitRefreshes(before + 1);
            }
            assertThat(watching.live()).isTrue();
        }
    }
}
