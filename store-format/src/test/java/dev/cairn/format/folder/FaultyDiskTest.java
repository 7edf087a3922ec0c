package dev.cairn.format.folder;

import static dev.cairn.format.folder.SharedFolderContract.HEAD;
import static dev.cairn.format.folder.SharedFolderContract.MAX;
import static dev.cairn.format.folder.SharedFolderContract.NOW;
import static dev.cairn.format.folder.SharedFolderContract.OTHER;
import static dev.cairn.format.folder.SharedFolderContract.WRITER;
import static dev.cairn.format.folder.SharedFolderContract.ours;
import static dev.cairn.format.folder.SharedFolderContract.segment;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.format.Bytes;
import dev.cairn.format.folder.Listing.Entry;
import dev.cairn.simulation.disk.DiskFaults;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.disk.FaultyFileSystem;
import dev.cairn.simulation.disk.PowerCutError;
import dev.cairn.simulation.disk.PowerLoss;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link SharedFolder} makes of a disk on which any operation may fail, stop half way, or never come back. */
final class FaultyDiskTest {
    private static final Bytes OLD = ours("the old content");
    private static final Bytes NEW = ours("the new content, which is longer");

    private final List<Duration> pauses = new ArrayList<>();
    private FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
    private FaultyFileSystem disk = FaultyFileSystem.withoutSecureListings(memory);

    @BeforeEach
    void start() throws IOException {
        renewDisk(Configuration.unix());
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    private void renewDisk(Configuration configuration) throws IOException {
        memory.close();
        memory = Jimfs.newFileSystem(configuration);
        disk = FaultyFileSystem.withoutSecureListings(memory);
        Files.createDirectory(memory.getPath("/folder"));
    }

    private SharedFolder folder(FolderOptions options) {
        return SharedFolder.at(disk.getPath("/folder"), options);
    }

    private FolderOptions options() {
        return FolderOptions.direct(Clock.fixed(NOW, ZoneOffset.UTC))
                .withRandom(new Random(1))
                .withPause(pauses::add);
    }

    private FolderOptions staging(boolean outside) {
        return outside ? options().withStaging(disk.getPath("/state/staging")) : options();
    }

    private Path real(SharedFolder folder) {
        return memory.getPath("/folder").resolve(folder.own(WRITER).listedPath(HEAD));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(memory.getPath("/"))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    /** The power goes before the n-th operation; a write which it interrupts has put half of its bytes to the disk. */
    private static final class PowerCut implements DiskFaults {
        private final int at;
        private final boolean torn;
        private int operations;

        PowerCut(int at, boolean torn) {
            this.at = at;
            this.torn = torn;
        }

        @Override
        public void at(DiskOperation operation, Path path) {
            if (operations++ >= at) {
                throw new Crash();
            }
        }

        @Override
        public void writing(Path path, ByteBuffer bytes) {
            if (torn && operations == at) {
                bytes.limit(bytes.limit() / 2);
            }
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @CsvSource({
        "true,true,true",
        "true,true,false",
        "true,false,true",
        "true,false,false",
        "false,true,true",
        "false,true,false",
        "false,false,true",
        "false,false,false"
    })
    void a_crash_between_any_two_operations_leaves_the_old_file_or_the_new_one(
            boolean replaces, boolean outside, boolean torn) throws IOException {
        int crashes = 0;
        boolean sawOld = false;
        boolean sawNew = false;
        for (boolean crashed = true; crashed; crashes++) {
            renewDisk(Configuration.unix());
            SharedFolder folder = folder(staging(outside));
            if (replaces) {
                folder.own(WRITER).publish(HEAD, OLD);
            }
            disk.set(new PowerCut(crashes, torn));
            crashed = crashes(() -> folder.own(WRITER).publish(HEAD, NEW));
            disk.set(DiskFaults.NONE);

            Path file = real(folder);
            boolean isNew =
                    Files.exists(file) && Bytes.copyOf(Files.readAllBytes(file)).equals(NEW);
            sawNew |= isNew;
            sawOld |= !isNew;
            if (!isNew) {
                assertThat(Files.exists(file)).isEqualTo(replaces);
                assertThat(!replaces || Bytes.copyOf(Files.readAllBytes(file)).equals(OLD))
                        .isTrue();
            }
            assertThat(folder.list().entries().size()).isEqualTo(Files.exists(file) ? 1 : 0);
            recovers(outside);
        }
        assertThat(crashes).isGreaterThan(12);
        assertThat(sawOld && sawNew).isTrue();
    }

    private static boolean crashes(Runnable action) {
        try {
            action.run();
            return false;
        } catch (Crash crash) {
            return true;
        }
    }

    /** After a restart the file is published, and a day later nothing is left of the crash. */
    private void recovers(boolean outside) throws IOException {
        FolderOptions later = new FolderOptions(
                staging(outside).staging(),
                Pause.none(),
                Clock.offset(Clock.systemUTC(), Duration.ofHours(25)),
                new Random(2),
                new FolderOptions.Reading.Direct());
        SharedFolder folder = folder(later);
        assertThat(folder.own(WRITER).publish(HEAD, NEW).published()).isTrue();
        folder.own(WRITER).sweepStaging();
        assertThat(names()).containsExactly("head-0.cairn");
        assertThat(Files.readAllBytes(real(folder))).isEqualTo(NEW.toArray());
    }

    /** The disk has kept no more than it was told to: what was never forced is lost or mixed up. */
    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void a_power_cut_between_any_two_operations_leaves_the_old_file_or_the_new_one_and_keeps_what_was_published(
            boolean replaces, boolean outside) throws IOException {
        for (PowerLoss loss : PowerLoss.values()) {
            for (int at = 0; !keepsItsPromiseWhenThePowerGoes(at, loss, replaces, outside); at++) {
                assertThat(at).isLessThan(100);
            }
        }
    }

    /** The simulated disk keeps a forced file even in a directory which was not, so its directories are counted. */
    @Test
    void nothing_on_the_way_to_a_published_file_is_left_unforced() {
        SharedFolder folder = folder(options());
        assertThat(folder.own(WRITER).publish(segment(1, NEW), NEW).published()).isTrue();
        assertThat(disk.unforcedChanges()).isZero();
    }

    /** Cuts the power before an operation, or after the last; returns whether it was after the last. */
    private boolean keepsItsPromiseWhenThePowerGoes(int at, PowerLoss loss, boolean replaces, boolean outside)
            throws IOException {
        renewDisk(Configuration.unix());
        SharedFolder folder = folder(staging(outside));
        if (replaces) {
            folder.own(WRITER).publish(HEAD, OLD);
            disk.writeBack();
        }
        int[] operations = {0};
        disk.set((operation, path) -> {
            if (operations[0]++ == at) {
                disk.cutPower();
            }
        });
        boolean published = false;
        try {
            published = folder.own(WRITER).publish(HEAD, NEW).published();
        } catch (PowerCutError off) {
            // the machine is off
        }
        disk.cutPower();
        disk.restorePower(loss, new Random(at));
        Optional<Bytes> found = Files.exists(real(folder))
                ? Optional.of(Bytes.copyOf(Files.readAllBytes(real(folder))))
                : Optional.empty();
        assertThat(found)
                .as("published: %s, cut before operation %s, %s", published, at, loss)
                .isIn(Optional.of(NEW), published ? Optional.of(NEW) : replaces ? Optional.of(OLD) : Optional.empty());
        return published;
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void an_error_of_any_operation_is_a_result_which_tells_the_truth(boolean replaces, boolean outside)
            throws IOException {
        List<DiskOperation> failedAt = new ArrayList<>();
        boolean reached = true;
        for (int at = 0; reached; at++) {
            renewDisk(Configuration.unix());
            SharedFolder folder = folder(staging(outside));
            if (replaces) {
                folder.own(WRITER).publish(HEAD, OLD);
            }
            int failing = at;
            int[] operations = {0};
            disk.set((operation, path) -> {
                if (operations[0]++ == failing) {
                    failedAt.add(operation);
                    throw new IOException("a bad sector");
                }
            });
            PublishResult result = folder.own(WRITER).publish(HEAD, NEW);
            disk.set(DiskFaults.NONE);
            reached = operations[0] > failing;

            Path file = real(folder);
            boolean isNew =
                    Files.exists(file) && Bytes.copyOf(Files.readAllBytes(file)).equals(NEW);
            assertThat(isNew).as("%s after %s", result, failedAt).isEqualTo(result.published());
            assertThat(names()).hasSizeLessThanOrEqualTo(1);
            assertThat(isNew
                            || !replaces
                            || Bytes.copyOf(Files.readAllBytes(file)).equals(OLD))
                    .isTrue();
        }
        assertThat(failedAt)
                .contains(
                        DiskOperation.ATTRIBUTES,
                        DiskOperation.OPEN,
                        DiskOperation.WRITE,
                        DiskOperation.FORCE,
                        DiskOperation.READ,
                        DiskOperation.MOVE);
    }

    @Nested
    class F24 {
        @Test
        void a_scanner_which_holds_the_file_for_a_moment_only_delays() {
            int[] refusals = {3};
            disk.set((operation, path) -> {
                if (operation == DiskOperation.MOVE && refusals[0]-- > 0) {
                    throw new AccessDeniedException(path.toString());
                }
            });
            SharedFolder folder = folder(options());
            assertThat(folder.own(WRITER).publish(HEAD, NEW)).isEqualTo(new PublishResult.Published(true));
            assertThat(pauses).containsExactly(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(40));
        }

        @Test
        void a_rename_that_is_always_refused_leaves_nothing_behind() throws IOException {
            disk.set((operation, path) -> {
                if (operation == DiskOperation.MOVE) {
                    throw new AccessDeniedException(path.toString());
                }
            });
            assertThat(folder(options()).own(WRITER).publish(HEAD, NEW)).isInstanceOf(PublishResult.ReadOnly.class);
            assertThat(pauses).hasSize(5);
            assertThat(names()).isEmpty();
        }

        @Test
        void a_delete_that_is_refused_for_a_moment_only_delays() {
            SharedFolder folder = folder(options());
            folder.own(WRITER).publish(HEAD, NEW);
            int[] refusals = {1};
            disk.set((operation, path) -> {
                if (operation == DiskOperation.DELETE && refusals[0]-- > 0) {
                    throw new FileSystemException(path.toString(), null, "used by another process");
                }
            });
            assertThat(folder.own(WRITER).delete(HEAD)).isEqualTo(new DeleteResult.Deleted());
        }

        @ParameterizedTest
        @CsvSource({"No space left on device", "Disk quota exceeded", "There is not enough space on the disk"})
        void a_full_disk_is_told_by_what_it_says(String said) throws IOException {
            SharedFolder folder = folder(options());
            folder.own(WRITER).publish(HEAD, OLD);
            disk.set((operation, path) -> {
                if (operation == DiskOperation.WRITE) {
                    throw new IOException(said);
                }
            });
            assertThat(folder.own(WRITER).publish(HEAD, NEW))
                    .isInstanceOfSatisfying(
                            PublishResult.DiskFull.class,
                            full -> assertThat(full.reason()).contains("head-0.cairn", said));
            assertThat(Files.readAllBytes(real(folder))).isEqualTo(OLD.toArray());
            assertThat(names()).containsExactly("head-0.cairn");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void the_disk_which_is_full_is_named_and_not_the_other(boolean outside) {
            Path staging = disk.getPath("/state/staging");
            SharedFolder folder = folder(staging(true));
            folder.own(WRITER).publish(HEAD, OLD);
            Path full = outside ? staging : folder.path();
            DiskOperation refused = outside ? DiskOperation.WRITE : DiskOperation.MOVE;
            disk.set((operation, path) -> {
                if (operation == refused) {
                    throw new IOException("No space left on device");
                }
            });
            PublishResult result = folder.own(WRITER).publish(HEAD, NEW);
            assertThat(result)
                    .isInstanceOfSatisfying(
                            PublishResult.DiskFull.class,
                            told -> assertThat(told.place()).isEqualTo(full));
            assertThat(result.advice())
                    .startsWith("no space left on the disk of " + full + ": ")
                    .endsWith(": make room");
        }

        @Test
        void a_staging_directory_that_refuses_does_not_make_the_folder_read_only() {
            Path staging = disk.getPath("/state/staging");
            disk.set((operation, path) -> {
                if (path.startsWith(staging.toString())) {
                    throw new AccessDeniedException(path.toString());
                }
            });
            PublishResult result = folder(staging(true)).own(WRITER).publish(HEAD, NEW);
            assertThat(result.advice()).startsWith("cannot write into " + staging + ": ");
        }

        @Test
        void a_disk_that_really_is_full_is_told_too_and_works_again_when_it_is_not() throws IOException {
            renewDisk(Configuration.unix().toBuilder().setMaxSize(64 * 1024).build());
            Path hog = Files.write(memory.getPath("/hog"), new byte[56 * 1024]);
            SharedFolder folder = folder(options());
            Bytes large = Bytes.copyOf(new byte[16 * 1024]);
            assertThat(folder.own(WRITER).publish(HEAD, large)).isInstanceOf(PublishResult.DiskFull.class);
            assertThat(names()).containsExactly("hog");
            Files.delete(hog);
            assertThat(folder.own(WRITER).publish(HEAD, large)).isEqualTo(new PublishResult.Published(true));
        }

        @Test
        void a_read_only_disk_is_told_by_what_it_says() {
            disk.set((operation, path) -> {
                if (operation == DiskOperation.MAKE_DIRECTORY) {
                    throw new FileSystemException(path.toString(), null, "Read-only file system");
                }
            });
            assertThat(folder(options()).own(WRITER).publish(HEAD, NEW)).isInstanceOf(PublishResult.ReadOnly.class);
        }

        @Test
        void a_folder_that_vanishes_while_it_is_written_is_missing() {
            disk.set((operation, path) -> {
                if (operation == DiskOperation.MAKE_DIRECTORY) {
                    Files.delete(memory.getPath("/folder"));
                }
            });
            assertThat(folder(options()).own(WRITER).publish(HEAD, NEW))
                    .isEqualTo(new PublishResult.FolderMissing(FolderState.MISSING));
        }

        /** Disks speak the user's language; how much room is left is the same in all of them. */
        @Test
        void a_full_disk_is_told_by_its_space_when_its_words_are_not_known() throws IOException {
            renewDisk(Configuration.unix().toBuilder().setMaxSize(64 * 1024).build());
            Files.write(memory.getPath("/hog"), new byte[56 * 1024]);
            disk.set((operation, path) -> {
                if (operation == DiskOperation.OPEN) {
                    throw new IOException("Kein Platz mehr frei");
                }
            });
            OwnDirectory own = folder(options()).own(WRITER);
            assertThat(own.publish(HEAD, Bytes.copyOf(new byte[16 * 1024]))).isInstanceOf(PublishResult.DiskFull.class);
            assertThat(own.publish(HEAD, Bytes.copyOf(new byte[16]))).isInstanceOf(PublishResult.Failed.class);
        }

        @Test
        void what_was_refused_says_of_which_file_why_and_what_to_do() {
            OwnDirectory own = folder(options()).own(WRITER);
            String name = own.listedPath(HEAD);
            assertThat(adviceWhenOpeningSays(new FileSystemException("/a/b", null, "Read-only\nfile system")))
                    .isEqualTo("cannot write into /folder: " + name + ": FileSystem: Read-only file system"
                            + ": give yourself the right to write there, or mount its disk for writing");
            assertThat(adviceWhenOpeningSays(new AccessDeniedException("/a/b")))
                    .startsWith("cannot write into /folder: " + name + ": AccessDenied: /a/b: ");
            assertThat(adviceWhenOpeningSays(new IOException("Disk quota exceeded")))
                    .isEqualTo(
                            "no space left on the disk of /folder: " + name + ": IO: Disk quota exceeded: make room");
            assertThat(adviceWhenOpeningSays(new FileSystemException("/a/b", null, "Stale file handle")))
                    .isEqualTo(name + ": FileSystem: Stale file handle"
                            + ": check its disk, and whether another program or a directory is in the way");
            assertThat(adviceWhenOpeningSays(new IOException())).isEqualTo(name + ": IO");
            assertThat(own.publish(HEAD, NEW).advice()).isEqualTo("published");
        }

        private String adviceWhenOpeningSays(IOException trouble) {
            disk.set((operation, path) -> {
                if (operation == DiskOperation.OPEN) {
                    throw trouble;
                }
            });
            String advice = folder(options()).own(WRITER).publish(HEAD, NEW).advice();
            disk.set(DiskFaults.NONE);
            return advice;
        }

        @Test
        void a_file_which_cannot_be_deleted_says_why() {
            OwnDirectory own = folder(options()).own(WRITER);
            own.publish(HEAD, NEW);
            disk.set((operation, path) -> {
                if (operation == DiskOperation.DELETE) {
                    throw new FileSystemException(path.toString(), null, "used by another process");
                }
            });
            assertThat(own.delete(HEAD))
                    .isEqualTo(new DeleteResult.Failed(own.listedPath(HEAD) + ": FileSystem: used by another process"));
        }

        @Test
        void a_directory_that_cannot_be_listed_keeps_its_left_overs_and_no_others() throws IOException {
            OwnDirectory own = folder(options()).own(WRITER);
            own.publish(HEAD, OLD);
            own.publish(segment(1, OLD), OLD);
            Path directory = memory.getPath("/folder/devices").resolve(WRITER.toString());
            for (String each : List.of("", "changes", "changes/0000")) {
                Path leftOver = directory.resolve(each).resolve("~syncthing~abcdefghijklmnop.~.tmp");
                Files.write(leftOver, new byte[1]);
                Files.setLastModifiedTime(leftOver, FileTime.from(NOW.minus(Duration.ofDays(2))));
            }
            disk.set((operation, path) -> {
                if (operation == DiskOperation.LIST && path.endsWith("0000")) {
                    throw new AccessDeniedException(path.toString());
                }
            });
            assertThat(own.sweepStaging()).isEqualTo(2);
            disk.set(DiskFaults.NONE);
            assertThat(own.sweepStaging()).isEqualTo(1);
        }

        @Test
        void a_disk_that_reads_back_something_else_is_not_trusted() throws IOException {
            SharedFolder folder = folder(options());
            folder.own(WRITER).publish(HEAD, OLD);
            disk.set(new DiskFaults() {
                @Override
                public void at(DiskOperation operation, Path path) {}

                @Override
                public void writing(Path path, ByteBuffer bytes) {
                    bytes.put(9, (byte) (bytes.get(9) ^ 1));
                }
            });
            assertThat(folder.own(WRITER).publish(HEAD, NEW))
                    .isInstanceOfSatisfying(
                            PublishResult.Failed.class,
                            failed -> assertThat(failed.reason()).contains("reads back differently"));
            assertThat(Files.readAllBytes(real(folder))).isEqualTo(OLD.toArray());
        }
    }

    @Nested
    class Listing_and_reading {
        @Test
        void one_bad_entry_hides_nothing_else() throws IOException {
            SharedFolder folder = folder(options());
            folder.own(WRITER).publish(HEAD, OLD);
            folder.own(OTHER).publish(HEAD, OLD);
            disk.set((operation, path) -> {
                if (operation == DiskOperation.ATTRIBUTES && path.toString().contains(WRITER.toString())) {
                    throw new IOException("Input/output error");
                }
            });
            Listing listing = folder.list();
            assertThat(listing.entries())
                    .extracting(Entry::path)
                    .containsExactly(folder.own(OTHER).listedPath(HEAD));
            assertThat(listing.problems())
                    .containsExactly(new Listing.Problem("devices/" + WRITER, "IO: Input/output error"));
        }

        @Test
        void a_file_that_goes_away_while_it_is_listed_is_no_problem() {
            SharedFolder folder = folder(options());
            folder.own(WRITER).publish(HEAD, OLD);
            disk.set((operation, path) -> {
                if (operation == DiskOperation.ATTRIBUTES && path.endsWith("head-0.cairn")) {
                    Files.deleteIfExists(path);
                }
            });
            Listing listing = folder.list();
            assertThat(listing.entries()).isEmpty();
            assertThat(listing.problems()).isEmpty();
        }

        /** As a tool does which writes in place: what was listed and even what was opened is not what is read. */
        @Test
        void a_file_that_grows_while_it_is_read_is_read_to_its_end_or_not_at_all() {
            byte[] more = new byte[5000];
            int size = OLD.size() + more.length;
            Bytes whole = Bytes.concat(OLD, Bytes.copyOf(more));
            assertThat(readWhileItGrows(more, MAX)).isEqualTo(new ReadResult.Content(whole));
            assertThat(readWhileItGrows(more, size)).isEqualTo(new ReadResult.Content(whole));
            assertThat(readWhileItGrows(more, size - 1)).isEqualTo(new ReadResult.TooLarge(size, size - 1));
        }

        private ReadResult readWhileItGrows(byte[] more, int maxBytes) {
            SharedFolder folder = folder(options());
            folder.own(WRITER).publish(HEAD, OLD);
            Entry entry = folder.list().entries().get(0);
            boolean[] grown = {false};
            disk.set((operation, path) -> {
                if (operation == DiskOperation.READ && !grown[0]) {
                    grown[0] = true;
                    Files.write(path, more, StandardOpenOption.APPEND);
                }
            });
            ReadResult result = folder.read(entry, maxBytes);
            disk.set(DiskFaults.NONE);
            return result;
        }

        @Test
        void a_thousand_bad_entries_are_a_hundred_problems() throws IOException {
            for (int i = 0; i < 1000; i++) {
                Files.write(memory.getPath("/folder/bad" + i), new byte[1]);
            }
            Files.write(memory.getPath("/folder/good"), new byte[1]);
            disk.set((operation, path) -> {
                if (operation == DiskOperation.ATTRIBUTES && path.toString().contains("bad")) {
                    throw new IOException("Input/output error");
                }
            });
            Listing listing = folder(options()).list();
            assertThat(listing.problems()).hasSize(100);
            assertThat(listing.entries()).extracting(Entry::path).containsExactly("good");
        }

        @Test
        void a_bug_of_the_file_system_is_one_bad_entry_too() {
            SharedFolder folder = folder(options());
            folder.own(WRITER).publish(HEAD, OLD);
            Entry entry = folder.list().entries().get(0);
            disk.set((operation, path) -> {
                if (path.endsWith("head-0.cairn")) {
                    throw new IllegalStateException("a bug, meant to be there");
                }
            });
            assertThat(folder.list().problems()).hasSize(1);
            assertThat(folder.read(entry, MAX)).isInstanceOf(ReadResult.Unreadable.class);
        }

        @Test
        void a_folder_that_cannot_be_listed_says_why() {
            disk.set((operation, path) -> {
                if (operation == DiskOperation.LIST) {
                    throw new AccessDeniedException(path.toString());
                }
            });
            Listing listing = folder(options()).list();
            assertThat(listing.state()).isEqualTo(FolderState.UNREADABLE);
            assertThat(listing.reason()).contains("AccessDenied");
        }
    }

    @Nested
    class F22 {
        private final ExecutorService executor = Executors.newFixedThreadPool(2);
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch downloaded = new CountDownLatch(1);

        @AfterEach
        void stop() {
            downloaded.countDown();
            executor.shutdownNow();
        }

        /** Opening the placeholder waits for its content. */
        private void placeholderBlocks(SharedFolder folder) {
            Path placeholder = real(folder);
            disk.set((operation, path) -> {
                if (operation == DiskOperation.OPEN && path.equals(placeholder)) {
                    arrived.countDown();
                    try {
                        downloaded.await();
                    } catch (InterruptedException e) {
                        throw new IOException("interrupted", e);
                    }
                }
            });
        }

        @Test
        void a_placeholder_that_blocks_is_given_up_and_the_others_are_read() {
            SharedFolder folder = folder(options().withReading(executor, Duration.ofMillis(20)));
            SharedFolder direct = folder(options());
            direct.own(WRITER).publish(HEAD, OLD);
            direct.own(OTHER).publish(HEAD, NEW);
            Listing listing = folder.list();
            placeholderBlocks(folder);

            assertThat(folder.read(
                            listing.find(folder.own(WRITER).listedPath(HEAD)).orElseThrow(), MAX))
                    .isEqualTo(new ReadResult.TimedOut(Duration.ofMillis(20)));
            SharedFolder patient = folder(options().withReading(executor, Duration.ofMinutes(1)));
            assertThat(patient.read(
                            listing.find(folder.own(OTHER).listedPath(HEAD)).orElseThrow(), MAX))
                    .isEqualTo(new ReadResult.Content(NEW));
        }

        @Test
        void a_placeholder_that_comes_in_time_is_read() {
            SharedFolder folder = folder(options().withReading(executor, Duration.ofMinutes(1)));
            folder.own(WRITER).publish(HEAD, OLD);
            placeholderBlocks(folder);
            Entry entry = folder.list().entries().get(0);
            executor.execute(() -> {
                try {
                    arrived.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                downloaded.countDown();
            });
            assertThat(folder.read(entry, MAX)).isEqualTo(new ReadResult.Content(OLD));
        }

        @Test
        void a_placeholder_that_throws_says_why() {
            SharedFolder folder = folder(options().withReading(executor, Duration.ofMinutes(1)));
            folder.own(WRITER).publish(HEAD, OLD);
            disk.set((operation, path) -> {
                if (operation == DiskOperation.READ) {
                    throw new IOException("The cloud file provider is not running");
                }
            });
            assertThat(folder.read(folder.list().entries().get(0), MAX))
                    .isEqualTo(new ReadResult.Unreadable("IO: The cloud file provider is not running"));
        }

        @Test
        void an_executor_which_takes_no_more_is_like_one_that_is_busy() {
            SharedFolder folder = folder(options().withReading(executor, Duration.ofMinutes(1)));
            folder.own(WRITER).publish(HEAD, OLD);
            executor.shutdown();
            assertThat(folder.read(folder.list().entries().get(0), MAX)).isInstanceOf(ReadResult.TimedOut.class);
        }

        @Test
        void an_interrupted_reader_stays_interrupted() throws InterruptedException {
            SharedFolder folder = folder(options().withReading(executor, Duration.ofMinutes(1)));
            folder.own(WRITER).publish(HEAD, OLD);
            placeholderBlocks(folder);
            Entry entry = folder.list().entries().get(0);
            AtomicReference<String> seen = new AtomicReference<>("");
            Thread reader = new Thread(() -> {
                ReadResult result = folder.read(entry, MAX);
                seen.set(result + " " + Thread.currentThread().isInterrupted());
            });
            reader.start();
            arrived.await();
            reader.interrupt();
            reader.join();
            assertThat(seen.get()).startsWith("Unreadable").endsWith("true");
        }
    }
}
