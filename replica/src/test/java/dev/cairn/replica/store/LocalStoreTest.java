package dev.cairn.replica.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
    private static final WriterId WRITER = new WriterId(1, 2);
    private static final DeviceId DEVICE = new DeviceId(3, 4);

    private static final FileName NAME = FileName.Numbered.of(FileKind.SEGMENT, 7, Bytes.of(1));

    @TempDir
    Path directory;

    @Test
    void keepsWhatWasCommittedAndNothingElse() {
        try (LocalStore store = open()) {
            store.write(() -> append(store, 0, 2));
            assertThatThrownBy(() -> store.write(() -> {
                        append(store, 2, 3);
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
        }
        try (LocalStore store = open()) {
            assertThat(store.runs().lines()).hasSize(1);
            assertThat(store.runs().end(1)).contains(point(2));
            assertThat(store.runs().changes()).isEqualTo(2);
        }
    }

    @Test
    void showsOneConnectionWhatAnotherCommits() {
        try (LocalStore first = open();
                LocalStore second = open()) {
            long stamp = second.stamp();
            first.write(() -> append(first, 0, 1));
            assertThat(second.stamp()).isNotEqualTo(stamp);
            assertThat(second.runs().after(0, 10)).singleElement().satisfies(run -> {
                assertThat(run.last()).isEqualTo(point(1));
                assertThat(run.body()).isEqualTo(Bytes.of(1, 7));
            });
            second.write(() -> append(second, 1, 4));
            assertThat(first.runs().ofLine(1, 1)).extracting(StoredRun::count).containsExactly(3);
        }
    }

    @Test
    void neverGivesARowNumberTwice() {
        try (LocalStore store = open()) {
            long first = store.write(() -> append(store, 0, 1));
            store.write(() -> {
                store.runs().remove(first);
                return true;
            });
            assertThat(store.write(() -> append(store, 0, 1))).isGreaterThan(first);
        }
    }

    @Test
    void keepsTheGreatestHeadOnly() {
        try (LocalStore store = open()) {
            assertThat(store.write(() -> store.heads().raise(head(5)))).isTrue();
            assertThat(store.write(() -> store.heads().raise(head(5)))).isFalse();
            assertThat(store.write(() -> store.heads().raise(head(4)))).isFalse();
            assertThat(store.write(() -> store.heads().raise(head(6)))).isTrue();
            assertThat(store.heads().all()).containsExactly(head(6));
        }
    }

    @Test
    void replacesWhatIsKnownOfAFile() {
        KnownFile incomplete = new KnownFile(
                "a/b", 10, 20, 30, KnownFile.State.INCOMPLETE, 0, Optional.empty(), "INCOMPLETE", "short", 1, 99);
        KnownFile whole =
                new KnownFile("a/b", 11, 21, 30, KnownFile.State.IMPORTED, 9, Optional.of(Bytes.of(1)), "", "", 0, 0);
        try (LocalStore store = open()) {
            store.write(() -> put(store, incomplete));
            long mark = store.files().newest();
            store.write(() -> put(store, whole));
            assertThat(store.files().after(0)).containsExactly(whole);
            assertThat(store.files().after(mark)).containsExactly(whole);
        }
    }

    @Test
    void givesBackTheBytesOfOwnFiles() {
        try (LocalStore store = open()) {
            OwnFile file = store.write(() -> store.own().add(WRITER, NAME, 7, 1, 2, Bytes.of(1, 2, 3)));
            assertThat(store.own().bytes(file.id())).contains(Bytes.of(1, 2, 3));
            assertThat(store.own().in(OwnFile.State.TO_PUBLISH)).containsExactly(file);
            assertThat(store.own().greatestOrdinal(WRITER, "c")).isEqualTo(7);
            OwnFile again = store.write(() -> store.own().add(WRITER, NAME, 8, 1, 2, Bytes.of(4)));
            assertThat(store.own().all()).containsExactly(again);
        }
    }

    @Test
    void refusesAStoreOfANewerVersion() {
        Path file = directory.resolve("local.db");
        open().close();
        try (Database database = Database.open(file)) {
            database.execute("PRAGMA user_version=99");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(LocalStore.NewerStoreException.class)
                .hasMessageContaining("99");
    }

    private LocalStore open() {
        return LocalStore.open(directory.resolve("local.db"));
    }

    private static long append(LocalStore store, long from, long to) {
        if (store.runs().lines().isEmpty()) {
            store.runs().addLine(WRITER, DEVICE, WRITER.bytes(), 0, 0);
        }
        return store.runs().append(1, point(from), point(to), Bytes.of(1, 7));
    }

    private static boolean put(LocalStore store, KnownFile file) {
        store.files().put(file);
        return true;
    }

    private static ChainPoint point(long seq) {
        return new ChainPoint(seq, Bytes.of((int) seq).sha256(), seq * 2, seq * 3);
    }

    private static KnownHead head(long counter) {
        return new KnownHead(
                WRITER, DEVICE, counter, counter, Bytes.empty().sha256(), counter, "laptop", Bytes.empty());
    }
}
