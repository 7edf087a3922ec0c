package dev.cairn.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a power cut costs an application which forces, and one which does not. */
final class FaultyFileSystemTest {
    private static final String OLD = "the old content";
    private static final String NEW = "the new content, which is longer";

    private FaultyFileSystem disk = FaultyFileSystem.over(Jimfs.newFileSystem(Configuration.unix()));
    private Path folder = disk.getPath("/box");

    @BeforeEach
    void renew() throws IOException {
        disk = FaultyFileSystem.over(Jimfs.newFileSystem(Configuration.unix()));
        folder = Files.createDirectory(disk.getPath("/box"));
        disk.writeBack();
    }

    private void write(Path file, String text, boolean force) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            if (force) {
                channel.force(true);
            }
        }
    }

    private void forceDirectory() throws IOException {
        force(folder);
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Writes as one should, or leaves out one of the two forces. */
    private void replace(Path file, boolean forceFile, boolean forceFolder) throws IOException {
        Path staged = folder.resolve("staged.tmp");
        write(staged, NEW, forceFile);
        Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
        if (forceFolder) {
            forceDirectory();
        }
    }

    private Set<String> outcomes(PowerLoss loss, boolean forceFile, boolean forceFolder) throws IOException {
        Set<String> outcomes = new TreeSet<>();
        for (int seed = 0; seed < 100; seed++) {
            renew();
            Path file = folder.resolve("file");
            write(file, OLD, true);
            forceDirectory();
            replace(file, forceFile, forceFolder);
            disk.cutPower();
            disk.restorePower(loss, new SplittableRandom(seed));
            outcomes.add(Files.exists(file) ? kind(Files.readString(file)) : "absent");
        }
        return outcomes;
    }

    private static String kind(String content) {
        if (content.equals(OLD) || content.equals(NEW)) {
            return content.equals(OLD) ? "old" : "new";
        }
        return content.isEmpty() ? "empty" : "torn";
    }

    @ParameterizedTest
    @EnumSource(PowerLoss.class)
    void whatWasForcedIsThere(PowerLoss loss) throws IOException {
        assertThat(outcomes(loss, true, true)).containsExactly("new");
    }

    @ParameterizedTest
    @EnumSource(PowerLoss.class)
    void withoutTheForceOfTheDirectoryItIsTheOldFileOrTheNewOne(PowerLoss loss) throws IOException {
        Set<String> expected = switch (loss) {
            case NOTHING_LOST -> Set.of("new");
            case ALL_LOST -> Set.of("old");
            case IN_ORDER, IN_ANY_ORDER -> Set.of("old", "new");
        };
        assertThat(outcomes(loss, true, false)).isEqualTo(expected);
    }

    @Test
    void withoutTheForceOfTheFileTheFinalNameMayHoldNothingOrAPart() throws IOException {
        assertThat(outcomes(PowerLoss.IN_ORDER, false, true)).contains("empty", "torn", "new");
        assertThat(outcomes(PowerLoss.ALL_LOST, false, true)).containsExactly("empty");
    }

    @Nested
    class WithoutAnyForce {
        @Test
        void aNewFileAndItsDirectoryAreGone() throws IOException {
            Files.createDirectories(folder.resolve("a/b"));
            write(folder.resolve("a/b/file"), NEW, false);
            disk.cutPower();
            assertThat(disk.restorePower(PowerLoss.ALL_LOST, new SplittableRandom(1)))
                    .hasSize(4);
            assertThat(folder.resolve("a")).doesNotExist();
        }

        /** As POSIX has it: the force of a directory keeps the names in it, and not its own in the one above. */
        @Test
        void whatIsForcedInADirectoryThatIsNotGoesWithIt() throws IOException {
            for (PowerLoss loss : List.of(PowerLoss.ALL_LOST, PowerLoss.IN_ANY_ORDER)) {
                Set<Boolean> kept = new HashSet<>();
                for (int seed = 0; seed < 50; seed++) {
                    renew();
                    makeReplacedAndDeletedFilesIn("a/b");
                    disk.cutPower();
                    disk.restorePower(loss, new SplittableRandom(seed));
                    boolean there = Files.exists(folder.resolve("a/b"));
                    assertThat(folder.resolve("a/b/deleted")).doesNotExist();
                    assertThat(Files.exists(folder.resolve("a/b/file"))).isEqualTo(there);
                    kept.add(there);
                }
                assertThat(kept)
                        .as("%s", loss)
                        .isEqualTo(loss == PowerLoss.ALL_LOST ? Set.of(false) : Set.of(false, true));
            }
        }

        @Test
        void andIsKeptOnceTheDirectoriesAboveAreForcedToo() throws IOException {
            for (PowerLoss loss : PowerLoss.values()) {
                renew();
                makeReplacedAndDeletedFilesIn("a/b");
                force(folder.resolve("a"));
                forceDirectory();
                assertThat(disk.unforcedChanges()).isZero();
                disk.cutPower();
                disk.restorePower(loss, new SplittableRandom(1));
                assertThat(folder.resolve("a/b/file")).hasContent(NEW);
            }
        }

        private void makeReplacedAndDeletedFilesIn(String directory) throws IOException {
            Path inside = Files.createDirectories(folder.resolve(directory));
            write(inside.resolve("file"), OLD, true);
            write(inside.resolve("next"), NEW, true);
            Files.move(inside.resolve("next"), inside.resolve("file"), StandardCopyOption.ATOMIC_MOVE);
            write(inside.resolve("deleted"), OLD, true);
            Files.delete(inside.resolve("deleted"));
            force(inside);
        }

        @Test
        void aDeletedFileIsBack() throws IOException {
            write(folder.resolve("file"), OLD, true);
            forceDirectory();
            Files.delete(folder.resolve("file"));
            disk.cutPower();
            disk.restorePower(PowerLoss.ALL_LOST, new SplittableRandom(1));
            assertThat(folder.resolve("file")).hasContent(OLD);
        }

        @Test
        void directoriesComeBackInAnyOrderButEachToOneMomentOfItsOwn() throws IOException {
            Set<String> kept = new HashSet<>();
            for (int seed = 0; seed < 200; seed++) {
                renew();
                Files.createDirectory(folder.resolve("x"));
                Files.createDirectory(folder.resolve("y"));
                disk.writeBack();
                for (String name : List.of("x/1", "y/1", "x/2", "y/2")) {
                    write(folder.resolve(name), NEW, true);
                }
                disk.cutPower();
                disk.restorePower(PowerLoss.IN_ANY_ORDER, new SplittableRandom(seed));
                kept.add(String.valueOf(10 * count("x") + count("y")));
            }
            assertThat(kept).containsExactlyInAnyOrder("0", "1", "2", "10", "11", "12", "20", "21", "22");
        }

        private int count(String directory) throws IOException {
            boolean first = Files.exists(folder.resolve(directory).resolve("1"));
            boolean second = Files.exists(folder.resolve(directory).resolve("2"));
            assertThat(!second || first).isTrue();
            return (first ? 1 : 0) + (second ? 1 : 0);
        }

        @Test
        void whatASyncToolPutThereMeanwhileStays() throws IOException {
            write(folder.resolve("file"), OLD, false);
            Path behind = disk.unwrap(folder.resolve("file"));
            Files.delete(behind);
            Files.writeString(behind, "from elsewhere");
            disk.cutPower();
            disk.restorePower(PowerLoss.ALL_LOST, new SplittableRandom(1));
            assertThat(behind).hasContent("from elsewhere");
        }
    }

    @Test
    void nothingHappensWithoutPower() throws IOException {
        write(folder.resolve("file"), OLD, true);
        FileChannel open = FileChannel.open(folder.resolve("file"), StandardOpenOption.WRITE);
        disk.cutPower();
        assertThatThrownBy(() -> open.write(ByteBuffer.wrap(new byte[1]))).isInstanceOf(PowerCutError.class);
        assertThatThrownBy(() -> Files.delete(folder.resolve("file"))).isInstanceOf(PowerCutError.class);
        assertThatThrownBy(() -> Files.createDirectory(folder.resolve("d"))).isInstanceOf(PowerCutError.class);
        open.close();
        assertThat(disk.restorePower(PowerLoss.NOTHING_LOST, new SplittableRandom(1)))
                .isEmpty();
        assertThat(folder.resolve("file")).hasContent(OLD);
    }

    @Test
    void everyOperationIsAskedForAndCanFail() throws IOException {
        List<DiskOperation> seen = new ArrayList<>();
        disk.set((operation, path) -> seen.add(operation));
        Files.createDirectory(folder.resolve("d"));
        write(folder.resolve("d/f"), NEW, true);
        forceDirectory();
        Files.move(folder.resolve("d/f"), folder.resolve("d/g"));
        Files.readString(folder.resolve("d/g"));
        assertThat(names()).isNotEmpty();
        Files.getLastModifiedTime(folder.resolve("d/g"));
        Files.write(folder.resolve("d/g"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        try (FileChannel channel = FileChannel.open(folder.resolve("d/g"), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        Files.delete(folder.resolve("d/g"));
        assertThat(seen).contains(DiskOperation.values());
        for (DiskOperation operation : List.of(DiskOperation.LIST, DiskOperation.OPEN, DiskOperation.DELETE)) {
            disk.set((each, path) -> {
                if (each == operation) {
                    throw new IOException("a bad sector");
                }
            });
            assertThatThrownBy(() -> ask(operation))
                    .isInstanceOf(IOException.class)
                    .hasMessage("a bad sector");
        }
    }

    private List<Path> names() throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.toList();
        }
    }

    private void ask(DiskOperation operation) throws IOException {
        switch (operation) {
            case LIST -> names();
            case OPEN -> Files.readAllBytes(folder.resolve("d"));
            default -> Files.delete(folder.resolve("d"));
        }
    }

    @Test
    void aWriteCanBeTornAndAReadCanFlipABit() throws IOException {
        disk.set(new DiskFaults() {
            @Override
            public void at(DiskOperation operation, Path path) {}

            @Override
            public void writing(Path path, ByteBuffer bytes) {
                bytes.limit(bytes.limit() - 1);
            }

            @Override
            public void reading(Path path, ByteBuffer bytes) {
                bytes.put(0, (byte) (bytes.get(0) ^ 1));
            }
        });
        write(folder.resolve("file"), "ab", true);
        assertThat(Files.readString(folder.resolve("file"))).isEqualTo("`");
        disk.set(DiskFaults.NONE);
        assertThat(Files.readString(folder.resolve("file"))).isEqualTo("a");
    }
}
