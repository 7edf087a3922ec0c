package dev.cairn.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.simulation.time.VirtualClock;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimulatedDisksTest {

    private final VirtualTime time = VirtualTime.start();
    private final VirtualClock clock = time.clock();

    @Test
    void fileTimesAreThoseOfTheClockAndNeverEqual() throws IOException {
        Path folder = SimulatedDisks.unix().newFolder("x", clock);
        Set<FileTime> times = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            times.add(Files.getLastModifiedTime(Files.writeString(folder.resolve("a"), "text " + i)));
        }
        assertThat(times).hasSize(100);
        time.advance(Duration.ofDays(3));
        FileTime later = Files.getLastModifiedTime(Files.writeString(folder.resolve("a"), "later"));
        assertThat(later.toInstant()).isBetween(time.now(), time.now().plusMillis(1));
    }

    @Test
    void fileTimesJumpWithTheClock() throws IOException {
        Path folder = SimulatedDisks.unix().newFolder("x", clock);
        Files.writeString(folder.resolve("a"), "text");
        clock.jump(Duration.ofDays(-400));
        FileTime back = Files.getLastModifiedTime(Files.writeString(folder.resolve("a"), "text"));
        assertThat(back.toInstant()).isBefore(time.now().minus(Duration.ofDays(399)));
    }

    @Test
    void aSmallDiskIsFull() throws IOException {
        Path folder = SimulatedDisks.unix().withSize(100 * 1024).newFolder("x", clock);
        Files.write(folder.resolve("a"), new byte[60 * 1024]);
        assertThatThrownBy(() -> Files.write(folder.resolve("b"), new byte[60 * 1024]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("out of disk space");
    }

    @Test
    void theKindsDifferInWhatANameIs() throws IOException {
        Path unix = SimulatedDisks.unix().newFolder("x", clock);
        Path mac = SimulatedDisks.osX().newFolder("x", clock);
        Path windows = SimulatedDisks.windows().newFolder("x", clock);
        for (Path folder : List.of(unix, mac, windows)) {
            Files.writeString(folder.resolve("todo"), "text");
        }
        assertThat(unix.resolve("TODO")).doesNotExist();
        assertThat(mac.resolve("TODO")).exists();
        assertThat(windows.resolve("TODO")).exists();
        assertThat(windows.toString()).contains("\\");
    }

    @Nested
    class WithShuffledListings {

        private final Path folder =
                SimulatedDisks.unix().withShuffledListings(4).newFolder("x", clock);

        @Test
        void theOrderChangesAndFollowsFromTheSeed() throws IOException {
            Path same = SimulatedDisks.unix().withShuffledListings(4).newFolder("x", clock);
            Path other = SimulatedDisks.unix().withShuffledListings(5).newFolder("x", clock);
            for (Path each : List.of(folder, same, other)) {
                for (int i = 0; i < 30; i++) {
                    Files.writeString(each.resolve("f" + i), "text");
                }
            }
            List<String> first = names(folder);
            assertThat(first).hasSize(30).isNotEqualTo(names(other)).isEqualTo(names(same));
            assertThat(names(folder)).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
        }

        @Test
        void everythingElseIsAsOnAnyDisk() throws IOException {
            Path file = Files.createDirectories(folder.resolve("a/b")).resolve("c.txt");
            Files.writeString(file, "text");
            Files.move(file, folder.resolve("d.txt"), StandardCopyOption.ATOMIC_MOVE);
            Files.copy(folder.resolve("d.txt"), file);
            Files.createSymbolicLink(folder.resolve("link"), folder.resolve("d.txt"));
            Files.createLink(folder.resolve("hard"), file);
            assertThat(Files.readString(folder.resolve("link"))).isEqualTo("text");
            assertThat(Files.readSymbolicLink(folder.resolve("link"))).isEqualTo(folder.resolve("d.txt"));
            assertThat(Files.isSameFile(folder.resolve("hard"), file)).isTrue();
            assertThat(Files.isHidden(folder.resolve(".x"))).isTrue();
            assertThat(Files.getAttribute(file, "size")).isEqualTo(4L);
            assertThat(Files.getFileStore(file).name()).isEqualTo("jimfs");
            assertThat(Files.isWritable(file)).isTrue();
            assertThatThrownBy(() -> Files.delete(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
            try (Stream<Path> walk = Files.walk(folder)) {
                assertThat(walk.map(path -> folder.relativize(path).toString()))
                        .containsExactlyInAnyOrder("", "a", "a/b", "a/b/c.txt", "d.txt", "link", "hard");
            }
        }

        @Test
        void pathsAreOfThisDisk() {
            FileSystem disk = folder.getFileSystem();
            Path path = disk.getPath("/x/a/../b.txt");
            assertThat(path.normalize()).isEqualTo(folder.resolve("b.txt")).hasSameHashCodeAs(folder.resolve("b.txt"));
            assertThat(path.getFileName()).hasToString("b.txt");
            assertThat(path.getParent()).isEqualTo(disk.getPath("/x/a/.."));
            assertThat(path.getRoot())
                    .isEqualTo(disk.getRootDirectories().iterator().next());
            assertThat(disk.getPath("a").getParent()).isNull();
            assertThat(disk.getPath("a")).isRelative();
            assertThat(path.subpath(1, 3)).hasToString("a/..");
            assertThat(path).startsWithRaw(folder).endsWithRaw(disk.getPath("b.txt"));
            assertThat(path.startsWith(Path.of("/x"))).isFalse();
            assertThat(disk.getPathMatcher("glob:**.txt").matches(path)).isTrue();
            assertThat(folder.compareTo(path)).isNegative();
            assertThat(path).isNotEqualTo(Path.of("/x/a/../b.txt"));
            assertThatThrownBy(() -> folder.resolve(Path.of("b.txt")))
                    .isInstanceOf(java.nio.file.ProviderMismatchException.class);
        }

        @Test
        void aDirectoryCanBeForcedAndNothingElse() throws IOException {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
                assertThatThrownBy(() -> channel.read(java.nio.ByteBuffer.allocate(1)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("is a directory");
                channel.close();
                assertThatThrownBy(() -> channel.force(true)).isInstanceOf(IOException.class);
            }
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("a"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3}));
                channel.force(true);
            }
            assertThat(folder.resolve("a")).hasSize(3);
        }

        @Test
        void secureListingsStaySecure() throws IOException {
            Files.writeString(Files.createDirectories(folder.resolve("sub")).resolve("a"), "text");
            try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
                assertThat(listing).isInstanceOf(SecureDirectoryStream.class);
                SecureDirectoryStream<Path> secure = (SecureDirectoryStream<Path>) listing;
                Path sub = folder.getFileSystem().getPath("sub");
                Path a = folder.getFileSystem().getPath("a");
                try (SecureDirectoryStream<Path> inner = secure.newDirectoryStream(sub)) {
                    try (var channel = inner.newByteChannel(a, Set.of(StandardOpenOption.READ))) {
                        assertThat(channel.size()).isEqualTo(4);
                    }
                    inner.move(a, secure, a);
                }
                secure.deleteDirectory(sub);
            }
            assertThat(names(folder)).containsExactly("a");
        }

        private List<String> names(Path directory) throws IOException {
            List<String> names = new ArrayList<>();
            try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
                listing.forEach(path -> names.add(path.getFileName().toString()));
            }
            return names;
        }
    }
}
