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
            assertThat(StoreTrouble.noRoom(full)).contains("no space left on the disk of " + file + ": make room");
            assertThat(full.getCause()).isInstanceOfSatisfying(FileSystemException.class, said -> {
                assertThat(said.getFile()).isEqualTo(file.toString());
                assertThat(said.getReason()).isEqualTo("no space left on its disk");
            });
        }
    }

    @Test
    void theStatementThatFoundNoRoomWorksWhenThereIsSome() {
        try (Database database = Database.open(root.resolve("local.db"))) {
            database.execute("CREATE TABLE t(x)");
            String insert = "INSERT INTO t VALUES (?)";
            database.execute("PRAGMA max_page_count=4");
            for (int i = 0; i < 2; i++) {
                assertThat(StoreTrouble.isNoRoom(catchThrowableOfType(
                                UncheckedIOException.class, () -> database.update(insert, "x".repeat(100_000)))))
                        .isTrue();
            }
            database.one("PRAGMA max_page_count=1000000", row -> row.getLong(1));
            assertThat(database.update(insert, "x".repeat(100_000))).isEqualTo(1);
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
