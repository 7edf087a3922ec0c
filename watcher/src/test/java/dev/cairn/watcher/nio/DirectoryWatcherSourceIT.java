package dev.cairn.watcher.nio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class DirectoryWatcherSourceIT extends ChangeSourceContract {
    @Override
    ChangeSource open(Path folder, Runnable hint) throws IOException {
        return DirectoryWatcherSource.open(folder, hint, this::newThread);
    }

    @Test
    void F18_after_an_overflow_it_is_not_alive_and_has_given_a_hint() throws IOException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(1);
        AtomicBoolean holds = new AtomicBoolean(true);
        Runnable slow = () -> {
            if (holds.getAndSet(false)) {
                held.countDown();
                try {
                    assertThat(full.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            hints.run();
        };
        try (ChangeSource source = open(root, slow)) {
            put("first.cairn");
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 2000; i++) {
                put("burst-" + i + ".cairn");
            }
            full.countDown();
            awaitUntil(() -> !source.alive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void in_memory_folders_are_polled_since_it_is_blind_to_their_subdirectories() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
                ChangeSource source = ChangeSources.open(
                        WatchMode.DIRECTORY_WATCHER, memory.getPath("/work"), hints, this::newThread)) {
            assertThat(source.alive()).isFalse();
            assertThat(threads).isEmpty();
        }
    }
}
