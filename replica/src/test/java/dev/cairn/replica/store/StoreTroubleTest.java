package dev.cairn.replica.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTroubleTest {
    @TempDir
    Path root;

    @Test
    void aFullDiskIsNoBrokenFile() {
        Path file = root.resolve("local.db");
        try (Database database = Database.open(file)) {
            database.execute("CREATE TABLE t(x)");
            database.execute("PRAGMA max_page_count=4");
            UncheckedIOException full = catchThrowableOfType(
                    UncheckedIOException.class, () -> database.update("INSERT INTO t VALUES (?)", "x".repeat(100_000)));
            assertThat(StoreTrouble.isNoRoom(full)).isTrue();
            assertThat(full.getCause()).isInstanceOfSatisfying(FileSystemException.class, said -> {
                assertThat(said.getFile()).isEqualTo(file.toString());
                assertThat(said.getReason()).isEqualTo("no space left on its disk");
            });
        }
    }

    @Test
    void aBrokenFileIsNoFullDisk() throws Exception {
        Path file = Files.writeString(root.resolve("local.db"), "this is no database".repeat(1_000));
        UncheckedIOException broken = catchThrowableOfType(
                UncheckedIOException.class, () -> Database.open(file).close());
        assertThat(StoreTrouble.isNoRoom(broken)).isFalse();
        assertThat(LocalStore.check(file)).singleElement().asString().contains("not a database");
    }
}
