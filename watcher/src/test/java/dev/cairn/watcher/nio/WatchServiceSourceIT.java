package dev.cairn.watcher.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class WatchServiceSourceIT extends ChangeSourceContract {
    @Override
    ChangeSource open(Path folder, Runnable hint) throws IOException {
        return WatchServiceSource.open(folder, hint, this::newThread);
    }

    @Test
    void F18_an_overflow_is_a_hint_and_directories_made_meanwhile_are_watched() throws IOException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(1);
        AtomicBoolean holds = new AtomicBoolean(true);
        Runnable slow = () -> {
            if (holds.getAndSet(false)) {
                held.countDown();
                awaitLatch(full);
            }
            hints.run();
        };
        try (ChangeSource source = open(root, slow)) {
            put("first.cairn");
            awaitLatch(held);
            for (int i = 0; i < 2000; i++) {
                put("burst-" + i + ".cairn");
            }
            Files.createDirectories(root.resolve("made/meanwhile"));
            full.countDown();
            hints.awaitSome();
            // the directory's own event was dropped with the others; one of the hints to come stands for it
            awaitUntil(() -> ((WatchServiceSource) source).watches(root.resolve("made/meanwhile")));
            put("made/meanwhile/x.cairn");
            hints.awaitSome();
            assertThat(source.alive()).isTrue();
        }
    }

    @Test
    void leaves_out_what_a_sync_tool_is_still_receiving() throws IOException {
        try (ChangeSource source = open(root, hints)) {
            for (int i = 0; i < 100; i++) {
                put(".syncthing.big.cairn.tmp");
                put("~syncthing~abcdefghijklmnop.~.tmp");
            }
            put("x.cairn");
            assertThat(hints.awaitSome()).isLessThan(10);
            assertThat(source.alive()).isTrue();
        }
    }

    @Test
    void F10_is_not_alive_any_more_when_the_folder_is_gone() throws IOException {
        try (ChangeSource source = open(root, hints)) {
            Files.delete(root);
            awaitUntil(() -> !source.alive());
        }
    }

    @Test
    void F10_finds_out_that_the_folder_is_another_one() throws IOException {
        try (ChangeSource source = open(root, hints)) {
            Files.move(root, temporary.resolve("aside"));
            Files.createDirectory(root);
            source.resync();
            assertThat(source.alive()).isFalse();
        }
    }

    @Test
    void a_directory_that_is_moved_in_with_its_files_is_watched() throws IOException {
        Path outside = Files.createDirectories(temporary.resolve("outside/inner"));
        try (ChangeSource source = open(root, hints)) {
            Files.move(outside.getParent(), root.resolve("moved"));
            hints.awaitSome();
            put("moved/inner/x.cairn");
            hints.awaitSome();
            assertThat(source.alive()).isTrue();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
