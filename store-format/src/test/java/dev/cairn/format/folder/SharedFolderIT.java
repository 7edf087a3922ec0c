package dev.cairn.format.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.folder.Listing.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the real disk, and what only a real disk has. */
final class SharedFolderIT extends SharedFolderContract {
    @TempDir
    Path temporary = Path.of("");

    private int directories;

    @Override
    Path newDirectory() throws IOException {
        return Files.createDirectory(temporary.resolve("folder" + directories++));
    }

    private void shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(root.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static boolean isPosix() {
        boolean posix =
                Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) {
            System.err.println("NOT TESTED: this file system has no pipes, permissions or names of any bytes");
        }
        return posix;
    }

    @Nested
    class HostileFiles {
        @Test
        void T23_a_pipe_is_never_opened() throws IOException, InterruptedException {
            if (!isPosix()) {
                return;
            }
            put("pipe.cairn", ours("x"));
            Entry entry = folder.list().entries().get(0);
            shell("rm pipe.cairn && mkfifo pipe.cairn");
            assertThat(folder.read(entry, MAX)).isEqualTo(new ReadResult.NotRegular("a pipe, socket or device"));
            assertThat(folder.list().ignored().special()).isEqualTo(1);
            assertThat(folder.list().entries()).isEmpty();
        }

        @Test
        void T26_a_hole_of_three_tebibytes_costs_no_memory() throws IOException {
            Path file = root.resolve("sparse.cairn");
            long size = 3L << 40;
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.position(size - 1).write(ByteBuffer.allocate(1));
            }
            Entry entry = folder.list().entries().get(0);
            assertThat(entry.size()).isEqualTo(size);
            assertThat(folder.read(entry, MAX)).isEqualTo(new ReadResult.TooLarge(size, MAX));
            Files.delete(file);
        }

        @Test
        void T26_a_file_that_becomes_huge_after_it_was_listed_is_not_read() throws IOException {
            put("x.cairn", ours("small"));
            Entry entry = folder.list().entries().get(0);
            long size = 3L << 40;
            try (FileChannel channel = FileChannel.open(root.resolve("x.cairn"), StandardOpenOption.WRITE)) {
                channel.position(size - 1).write(ByteBuffer.allocate(1));
            }
            assertThat(folder.read(entry, MAX)).isEqualTo(new ReadResult.TooLarge(size, MAX));
        }

        @Test
        void T25_names_which_are_no_text_are_told_apart_and_read() throws IOException, InterruptedException {
            if (!isPosix()) {
                return;
            }
            shell("for n in '\\377' '\\376'; do f=$(printf \"a$n.cairn\");"
                    + " printf '\\211CRN\\r\\n\\032\\n%s' $n > \"$f\"; done");
            put("%EF.cairn", ours("plain"));
            Listing listing = folder.list();
            assertThat(paths()).doesNotHaveDuplicates().hasSize(3).contains("\uFFFDa%FF.cairn", "\uFFFDa%FE.cairn");
            for (Entry each : listing.entries()) {
                assertThat(folder.read(each, MAX)).as(each.path()).isInstanceOf(ReadResult.Content.class);
            }
        }

        @Test
        void T25_names_with_control_characters_are_only_names() throws IOException {
            if (!isPosix()) {
                return;
            }
            put("a\nb\t\u0001 .cairn", ours("x"));
            put("CON", ours("x"));
            put("a:b", ours("x"));
            put("trailing. ", ours("x"));
            assertThat(folder.list().entries())
                    .hasSize(4)
                    .allSatisfy(each -> assertThat(folder.read(each, MAX)).isInstanceOf(ReadResult.Content.class));
        }

        @Test
        void an_unreadable_file_or_directory_hides_nothing_else() throws IOException {
            if (!isPosix()) {
                return;
            }
            Path file = put("a/unreadable.cairn", ours("x"));
            put("b/closed/x.cairn", ours("x"));
            put("c.cairn", ours("x"));
            Path closed = root.resolve("b/closed");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
            boolean denied = !Files.isReadable(file); // the superuser may read everything
            Listing listing = folder.list();
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

            assertThat(listing.find("c.cairn")).isPresent();
            assertThat(listing.problems()).hasSize(denied ? 1 : 0);
            assertThat(folder.read(listing.find("a/unreadable.cairn").orElseThrow(), MAX))
                    .isInstanceOf(denied ? ReadResult.Unreadable.class : ReadResult.Content.class);
        }
    }

    @Nested
    class WhenTheFolderCannotBeWritten {
        @Test
        void F24_it_says_read_only() throws IOException {
            Path kernel = Path.of("/proc/sys");
            if (!Files.isDirectory(kernel)) {
                System.err.println("NOT TESTED: no /proc/sys to find read-only");
                return;
            }
            SharedFolder readOnly = SharedFolder.at(kernel, options());
            PublishResult result = readOnly.own(WRITER).publish(HEAD, ours("x"));
            assertThat(result.published()).isFalse();
            assertThat(result).isNotInstanceOf(PublishResult.FolderMissing.class);

            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xr-xr-x"));
            boolean denied = !Files.isWritable(root);
            PublishResult own = folder.own(WRITER).publish(HEAD, ours("x"));
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(own).isInstanceOf(denied ? PublishResult.ReadOnly.class : PublishResult.Published.class);
        }
    }

    @Nested
    class Staging {
        @Test
        void is_done_outside_the_folder_on_the_same_disk() throws IOException {
            Path staging = temporary.resolve("state/staging");
            SharedFolder staged = SharedFolder.at(root, options().withStaging(staging));
            assertThat(staged.own(WRITER).publish(HEAD, ours("1")).published()).isTrue();
            assertThat(staging).isEmptyDirectory();
            if (isPosix()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(staging)))
                        .isEqualTo("rwx------");
            }
        }

        @Test
        void falls_back_to_the_folder_when_the_disks_differ() throws IOException {
            Path memory = Path.of("/dev/shm");
            if (!Files.isWritable(memory) || Files.getFileStore(memory).equals(Files.getFileStore(root))) {
                System.err.println("NOT TESTED: no second file store to stage on");
                return;
            }
            Path staging = Files.createTempDirectory(memory, "cairn");
            SharedFolder staged = SharedFolder.at(root, options().withStaging(staging));
            for (String content : new String[] {"1", "2"}) {
                assertThat(staged.own(WRITER).publish(HEAD, ours(content)))
                        .isEqualTo(new PublishResult.Published(true));
            }
            assertThat(onDisk()).containsExactly(staged.own(WRITER).listedPath(HEAD));
            assertThat(staging).isEmptyDirectory();
            Files.delete(staging);
        }
    }

    @Test
    void many_files_are_all_listed() throws IOException {
        int files = 10_000;
        for (int i = 0; i < files; i++) {
            put("devices/w/changes/%04d/c%010d.cairn".formatted(i / 1024, i), Bytes.empty());
        }
        assertThat(SharedFolder.at(root, FolderOptions.direct(Clock.systemUTC()))
                        .list()
                        .entries())
                .hasSize(files);
    }
}
