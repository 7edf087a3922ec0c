package dev.cairn.watcher.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source of hints promises on a real disk. */
abstract class ChangeSourceContract {
    @TempDir
    Path temporary = Path.of("");

    final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    final Hints hints = new Hints();
    Path root = Path.of("");

    abstract ChangeSource open(Path folder, Runnable hint) throws IOException;

    Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "source under test");
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    @BeforeEach
    void makeFolder() throws IOException {
        root = Files.createDirectory(temporary.resolve("folder"));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    void put(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
    }

    /** Takes hints until the condition holds; each hint is one more chance. */
    void awaitUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            hints.awaitSome();
        }
    }

    @Test
    void hints_at_a_new_a_replaced_and_a_deleted_file_anywhere_below() throws IOException {
        put("devices/a/changes/0000/old.cairn");
        try (ChangeSource source = open(root, hints)) {
            assertThat(source.alive()).isTrue();
            put("devices/a/changes/0000/new.cairn");
            hints.awaitSome();
            put("beside.cairn");
            hints.awaitSome();
            Files.move(
                    root.resolve("beside.cairn"),
                    root.resolve("devices/a/changes/0000/new.cairn"),
                    StandardCopyOption.ATOMIC_MOVE);
            hints.awaitSome();
            Files.delete(root.resolve("devices/a/changes/0000/old.cairn"));
            hints.awaitSome();
        }
    }

    @Test
    void F19_hints_at_files_in_directories_made_after_it_was_opened() throws IOException {
        try (ChangeSource source = open(root, hints)) {
            for (int i = 0; i < 40; i++) {
                put("devices/" + i + "/changes/0000/first.cairn");
                hints.awaitSome();
            }
            assertThat(source.alive()).isTrue();
        }
    }

    @Test
    void ends_its_thread_when_it_is_closed() throws IOException {
        ChangeSource source = open(root, hints);
        assertThat(threads).hasSize(1).allMatch(Thread::isAlive);
        source.close();
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(source.alive()).isFalse();
        source.close();
    }

    @Test
    void cannot_be_opened_on_a_folder_that_is_not_there() {
        assertThatThrownBy(() -> open(root.resolve("missing"), hints)).isInstanceOf(IOException.class);
    }
}
