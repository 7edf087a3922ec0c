package dev.cairn.merge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.format.Bytes;
import dev.cairn.merge.Ward;
import dev.cairn.merge.Ward.Patient;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.Space;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.disk.FaultyFileSystem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault is done to real files; the doctor names its cause, and what it mends loses nothing. */
class DoctorTest {
    @TempDir
    Path root;

    private Ward ward;
    private Patient desk;
    private Patient phone;

    @BeforeEach
    void twoDevicesWithChanges() throws IOException {
        ward = new Ward(root);
        desk = ward.create("desk");
        phone = ward.join(desk, "phone");
        desk.put("desk", 1);
        phone.put("phone", 2);
        meet();
        assertThat(examine(desk).found()).isEmpty();
        assertThat(examine(phone).found()).isEmpty();
    }

    /** A machine which watches any number of directories, whatever the one does on which the tests run. */
    private Machine roomy() {
        return new Machine(root.resolve("no-limit"), Machine.here().freeBytesMin());
    }

    private static Doctor doctor(Patient patient, Machine machine) {
        return new Doctor(patient.folder, patient.options(), machine, Runnable::run, bytes -> {});
    }

    private DoctorReport examine(Patient patient) throws IOException {
        return doctor(patient, roomy()).examine();
    }

    private DoctorReport mend(Patient patient) throws IOException {
        return doctor(patient, roomy()).mend();
    }

    private void meet() throws IOException {
        desk.carryTo(phone);
        phone.carryTo(desk);
        desk.use(space -> {});
        phone.use(space -> {});
        desk.carryTo(phone);
        phone.carryTo(desk);
    }

    private static Set<Cause> causes(List<Diagnosis> found) {
        return found.stream().map(Diagnosis::cause).collect(Collectors.toCollection(() -> EnumSet.noneOf(Cause.class)));
    }

    /** The doctor sees these causes and changes nothing. */
    private DoctorReport sees(Patient patient, Cause... causes) throws IOException {
        List<String> before = content(patient.folder);
        DoctorReport report = examine(patient);
        assertThat(causes(report.found())).as(report.toString()).containsExactlyInAnyOrder(causes);
        assertThat(content(patient.folder)).isEqualTo(before);
        return report;
    }

    /** The doctor sees this cause, mends it, and all changes are there. */
    private void mends(Patient patient, Cause cause) throws IOException {
        sees(patient, cause);
        mendsSeen(patient, cause);
    }

    private void mendsSeen(Patient patient, Cause cause) throws IOException {
        DoctorReport report = mend(patient);
        assertThat(report.unmended()).isEmpty();
        assertThat(causes(report.mended())).contains(cause);
        assertThat(report.isWell()).as(report.toString()).isTrue();
        hasBoth(patient);
    }

    private static void hasBoth(Patient patient) {
        patient.use(space -> {
            assertThat(keys(space)).contains("desk", "phone");
            assertThat(space.status().waiting()).isEmpty();
        });
    }

    private static Set<String> keys(Space space) {
        return space.document("notes").map().entries().keySet();
    }

    private static List<String> content(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            List<String> content = new java.util.ArrayList<>();
            for (Path path : walk.sorted().toList()) {
                content.add(path + (Files.isDirectory(path) ? "/" : " " + Arrays.hashCode(Files.readAllBytes(path))));
            }
            return content;
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    @Nested
    class TheFolder {
        @Test
        void isNotMounted() throws IOException {
            Files.move(desk.folder, root.resolve("elsewhere"));
            sees(desk, Cause.FOLDER_MISSING);
            assertThat(mend(desk).isWell()).isFalse();
            assertThat(Files.exists(desk.folder)).isFalse();
            Files.move(root.resolve("elsewhere"), desk.folder);
            assertThat(examine(desk).found()).isEmpty();
        }

        @Test
        void isEmptied() throws IOException {
            Ward.delete(desk.folder);
            Files.createDirectory(desk.folder);
            sees(desk, Cause.FOLDER_EMPTIED);
            mend(desk);
            assertThat(content(desk.folder)).hasSize(1);
            hasBoth(desk);
        }

        @Test
        void hasNoMarker() throws IOException {
            Files.delete(desk.folder.resolve("cairn-space.json"));
            mends(desk, Cause.MARKER_MISSING);
        }

        @Test
        void hasADamagedMarkerWhichIsNotReplaced() throws IOException {
            Path marker = desk.folder.resolve("cairn-space.json");
            byte[] sound = Files.readAllBytes(marker);
            Files.writeString(marker, "{\"format\":");
            sees(desk, Cause.MARKER_DAMAGED);
            mend(desk);
            assertThat(Files.readString(marker)).isEqualTo("{\"format\":");
            Files.delete(marker);
            mend(desk);
            assertThat(Files.readAllBytes(marker)).isEqualTo(sound);
        }

        @Test
        void isReadOnly() throws IOException {
            Files.setPosixFilePermissions(desk.ownDirectory(), PosixFilePermissions.fromString("r-xr-xr-x"));
            mends(desk, Cause.FOLDER_READ_ONLY);
        }

        @Test
        void hasFilesThatMayNotBeRead() throws IOException {
            Path file = desk.fileOf(phone, "head-");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
            assertThat(causes(examine(desk).found())).contains(Cause.PERMISSIONS);
            mendsSeen(desk, Cause.PERMISSIONS);
            assertThat(Files.getPosixFilePermissions(file)).hasSize(1);
        }

        @Test
        void isOnAFullDisk() throws IOException {
            Configuration small = Configuration.unix().toBuilder()
                    .setMaxSize(1 << 20)
                    .setBlockSize(512)
                    .setAttributeViews("basic")
                    .build();
            try (FileSystem disk = Jimfs.newFileSystem(small)) {
                Patient full = ward.create("full", Files.createDirectory(disk.getPath("/space")));
                full.put("desk", 1);
                sees(full, Cause.DISK_FULL);
            }
        }

        /** Permissions do not hold root back, so that the disk has to refuse by itself. */
        @Test
        void cannotBeListed() throws IOException {
            FaultyFileSystem disk = FaultyFileSystem.over(desk.folder.getFileSystem());
            Path folder = disk.wrap(desk.folder.toAbsolutePath());
            Doctor doctor = new Doctor(folder, desk.options(), roomy(), Runnable::run, bytes -> {});
            assertThat(doctor.examine().found()).isEmpty();
            disk.set((operation, path) -> {
                if (operation == DiskOperation.LIST) {
                    throw new AccessDeniedException(path.toString());
                }
            });
            for (DoctorReport report : List.of(doctor.examine(), doctor.mend())) {
                assertThat(report.found()).hasSize(1);
                assertThat(report.found().get(0).cause()).isEqualTo(Cause.FOLDER_UNREADABLE);
                assertThat(report.isWell()).isFalse();
            }
            disk.set((operation, path) -> {});
            assertThat(doctor.examine().found()).isEmpty();
            hasBoth(desk);
        }

        @Test
        void hasMoreDirectoriesThanTheSystemWatches() throws IOException {
            Path limit = Files.writeString(root.resolve("limit"), "3\n");
            DoctorReport report = doctor(desk, new Machine(limit, 0)).examine();
            assertThat(causes(report.found())).containsOnly(Cause.WATCH_LIMIT);
            assertThat(doctor(desk, Machine.here()).examine().found()).isEmpty();
            Files.writeString(limit, "8192\n");
            assertThat(doctor(desk, new Machine(limit, 0)).examine().found()).isEmpty();
        }

        @Test
        void isOlderThanItWas() throws IOException {
            Path backup = root.resolve("backup");
            Ward.copy(desk.folder, backup);
            desk.put("later", 3);
            desk.put("latest", 4);
            Ward.delete(desk.folder);
            Ward.copy(backup, desk.folder);
            assertThat(causes(examine(desk).found())).contains(Cause.FOLDER_ROLLED_BACK);
            mendsSeen(desk, Cause.FOLDER_ROLLED_BACK);
            desk.carryTo(phone);
            phone.use(space -> assertThat(keys(space)).contains("later", "latest"));
        }
    }

    @Nested
    class AFile {
        @Test
        void ofAnotherDeviceIsDamaged() throws IOException {
            Path head = newest(desk.files(phone.ownDirectory().getFileName() + "/head-"));
            byte[] sound = Files.readAllBytes(head);
            flip(head, 200);
            sees(desk, Cause.DAMAGED_FILE);
            mend(desk);
            Files.write(head, sound);
            assertThat(examine(desk).found()).isEmpty();
        }

        @Test
        void ofThisDeviceIsTruncated() throws IOException {
            Path head = newest(desk.files(desk.ownDirectory().getFileName() + "/head-"));
            Files.write(head, Arrays.copyOf(Files.readAllBytes(head), 100));
            assertThat(causes(examine(desk).found())).contains(Cause.OWN_FILE_DAMAGED);
            mendsSeen(desk, Cause.OWN_FILE_DAMAGED);
            desk.carryTo(phone);
            hasBoth(phone);
        }

        @Test
        void ofThisDeviceHasGone() throws IOException {
            Path entry = desk.fileOf(desk, "/keys/");
            Files.delete(entry);
            assertThat(causes(examine(desk).found())).contains(Cause.OWN_FILE_MISSING);
            mendsSeen(desk, Cause.OWN_FILE_MISSING);
            assertThat(Files.exists(entry)).isTrue();
        }

        @Test
        void isAConflictCopy() throws IOException {
            Path head = desk.fileOf(phone, "head-");
            Files.copy(head, head.resolveSibling("head-0.sync-conflict-20260301-120000-ABCDEFG.cairn"));
            assertThat(sees(desk, Cause.CONFLICT_COPY).isWell()).isTrue();
        }

        @Test
        void isRenamedByAFileSystemThatFoldsCase() throws IOException {
            Path entry = desk.fileOf(phone, "/keys/");
            Files.move(
                    entry, entry.resolveSibling(entry.getFileName().toString().toUpperCase(Locale.ROOT)));
            assertThat(sees(desk, Cause.RENAMED).isWell()).isTrue();
        }

        @Test
        void isOfSomebodyElse() throws IOException {
            Files.writeString(desk.folder.resolve("devices").resolve("notes.txt"), "milk");
            assertThat(sees(desk, Cause.FOREIGN_FILE).isWell()).isTrue();
        }

        @Test
        void isOfAnotherSpace() throws IOException {
            Patient other = ward.create("other");
            other.put("x", 1);
            Ward.copy(
                    other.ownDirectory(),
                    desk.folder.resolve("devices").resolve(other.ownDirectory().getFileName()));
            assertThat(sees(desk, Cause.FOREIGN_SPACE).isWell()).isTrue();
        }

        @Test
        void wasNeverFinished() throws IOException {
            Path rest =
                    Files.writeString(desk.ownDirectory().resolve("~syncthing~abcdefghijklmnop.~.tmp"), "half of a fi");
            Files.setLastModifiedTime(rest, FileTime.from(desk.clock.instant().minus(Duration.ofHours(1))));
            assertThat(examine(desk).found()).isEmpty();
            Files.setLastModifiedTime(rest, FileTime.from(desk.clock.instant().minus(Duration.ofDays(2))));
            mends(desk, Cause.LEFT_OVER);
            assertThat(Files.exists(rest)).isFalse();
        }

        @Test
        void isOfANewerVersion() throws IOException {
            Path head = desk.fileOf(phone, "head-");
            byte[] bytes = Files.readAllBytes(head);
            bytes[9] = 2;
            byte[] digest = Bytes.copyOf(bytes, 0, bytes.length - 48).sha256().toArray();
            System.arraycopy(digest, 0, bytes, bytes.length - 48, digest.length);
            Files.write(head.resolveSibling("head-2.cairn"), bytes);
            sees(desk, Cause.TOO_NEW);
        }

        @Test
        void isWithItsProviderOnly() throws IOException {
            Path entry = desk.fileOf(phone, "head-");
            Files.delete(entry);
            Files.writeString(entry.resolveSibling("." + entry.getFileName() + ".icloud"), "");
            assertThat(causes(examine(desk).found())).contains(Cause.NOT_DOWNLOADED);
        }

        @Test
        void isOfADeviceWhoseEntryHasNotCome() throws IOException {
            Patient tablet = ward.join(desk, "tablet");
            tablet.put("tablet", 3);
            Path there = phone.folder
                    .resolve("devices")
                    .resolve(tablet.ownDirectory().getFileName());
            Ward.copy(tablet.ownDirectory(), there);
            Ward.delete(there.resolve("keys"));
            assertThat(causes(examine(phone).found())).contains(Cause.NO_KEY);
        }

        @Test
        void isOfADeviceWhoseCodeAnotherHasUsed() throws IOException {
            String[] code = new String[1];
            desk.use(space -> code[0] = space.invite(InviteOptions.writer()).code());
            Patient tablet = ward.enter(desk, "tablet", code[0]);
            Patient watch = ward.enter(desk, "watch", code[0]);
            watch.put("watch", 3);
            tablet.carryTo(desk);
            desk.use(space -> {});
            watch.carryTo(desk);
            desk.use(space -> {});
            assertThat(sees(desk, Cause.NOT_A_WRITER).isWell()).isTrue();
        }

        @Test
        void isMissingInTheMiddleOfAChain() throws IOException {
            desk.fill(3);
            desk.carryTo(phone);
            phone.clock.advance(Duration.ofDays(4));
            phone.use(space -> {});
            Path segment = phone.fileOf(desk, "/changes/");
            Path kept = root.resolve("kept");
            Files.move(segment, kept);
            DoctorReport report = sees(phone, Cause.GAP);
            assertThat(report.found().get(0).text()).contains("not there");
            Files.move(kept, segment);
            assertThat(examine(phone).found()).isEmpty();
        }
    }

    @Nested
    class TheFleet {
        @Test
        void hasADeviceThatWasCopied() throws IOException {
            Patient clone = ward.new Patient("clone", root.resolve("clone"));
            Ward.copy(desk.folder, clone.folder);
            Ward.copy(desk.state, clone.state);
            desk.put("original", 3);
            clone.put("copy", 4);
            Path there = root.resolve("clone")
                    .resolve("devices")
                    .resolve(desk.ownDirectory().getFileName());
            for (Path head : clone.files(there.getFileName() + "/head-")) {
                Files.copy(
                        head,
                        desk.ownDirectory()
                                .resolve(head.getFileName().toString().replace(".cairn", " (1).cairn")));
            }
            assertThat(causes(examine(desk).found())).contains(Cause.CLONED_DEVICE);
            desk.use(space -> assertThat(keys(space)).contains("original", "copy"));
        }

        @Test
        void hasADeviceWithAClockFarAhead() throws IOException {
            phone.clock.advance(Duration.ofDays(400));
            phone.put("future", 3);
            phone.carryTo(desk);
            DoctorReport report = sees(desk, Cause.CLOCK);
            assertThat(report.found().get(0).subject()).isEqualTo("\"phone\"");
            assertThat(report.found().get(0).text()).contains("400 days ahead");
        }

        @Test
        void hasADeviceWithAClockADayAhead() throws IOException {
            phone.clock.advance(Duration.ofHours(30));
            phone.put("tomorrow", 3);
            phone.carryTo(desk);
            assertThat(sees(desk, Cause.CLOCK).found().get(0).text()).contains("a clock 1 day ahead");
        }

        @Test
        void seesThatThisDevicesClockWasSetBack() throws IOException {
            desk.clock.advance(Duration.ofDays(-500));
            assertThat(sees(desk, Cause.CLOCK).found().get(0).subject()).isEqualTo("this device");
        }

        @Test
        void hasACheckpointThatLacksAPart() throws IOException {
            desk.fill(1);
            desk.use(space -> space.compaction().checkpoint((done, total) -> {}));
            Files.delete(desk.fileOf(desk, "/parts/"));
            assertThat(causes(examine(desk).found())).contains(Cause.CHECKPOINT_INCOMPLETE);
            mendsSeen(desk, Cause.OWN_FILE_MISSING);
        }

        @Test
        void hasASilentDeviceForWhichRetirementWaits() throws IOException {
            Patient tablet = ward.join(desk, "tablet");
            meet();
            desk.fill(2);
            meet();
            desk.clock.advance(Duration.ofDays(12));
            phone.clock.advance(Duration.ofDays(14));
            desk.use(space -> space.compaction().checkpoint((done, total) -> {}));
            for (int i = 0; i < 3; i++) {
                desk.carryTo(phone);
                phone.use(Space::refresh);
                phone.put("again", i);
                phone.carryTo(desk);
                desk.put("again too", i);
            }
            assertThat(desk.files("/retired/")).isNotEmpty();
            DoctorReport report = sees(desk, Cause.RETIREMENT_BLOCKED);
            assertThat(report.found().get(0).subject()).isEqualTo("\"tablet\"");
            assertThat(tablet.name).isEqualTo("tablet");

            for (Path part : desk.files("/parts/")) {
                Files.delete(part);
            }
            for (Path segment : desk.files("/changes/")) {
                Files.delete(segment);
            }
            assertThat(causes(examine(desk).found())).contains(Cause.RETIRED_UNCOVERED);
        }
    }

    @Nested
    class TheState {
        @Test
        void hasADamagedStoreFromWhichNothingPublishedIsLost() throws IOException {
            Path store = desk.state.resolve("local.db");
            byte[] bytes = Files.readAllBytes(store);
            Arrays.fill(bytes, 4096, Math.min(bytes.length, 40_000), (byte) 0x5a);
            Files.write(store, bytes, StandardOpenOption.TRUNCATE_EXISTING);
            sees(desk, Cause.STORE_DAMAGED);
            mend(desk);
            assertThat(Files.readAllBytes(store)).isEqualTo(bytes);
            // what the doctor says to do
            try (Stream<Path> state = Files.list(desk.state)) {
                for (Path part : state.filter(
                                path -> path.getFileName().toString().startsWith("local.db"))
                        .toList()) {
                    Files.move(part, root.resolve("damaged-" + part.getFileName()));
                }
            }
            sees(desk, Cause.STORE_DAMAGED);
            hasBoth(desk);
            desk.put("after", 5);
            assertThat(causes(examine(desk).found())).doesNotContain(Cause.STORE_DAMAGED);
            Ward.copy(desk.folder, phone.folder);
            phone.use(space -> {});
            hasBoth(phone);
            phone.use(space -> assertThat(keys(space)).contains("after"));
        }

        @Test
        void hasNoKeys() throws IOException {
            Ward.delete(desk.state);
            sees(desk, Cause.NO_IDENTITY);
        }

        @Test
        void hasTheKeysOfAnotherSpace() throws IOException {
            Patient other = ward.create("other");
            Ward.delete(desk.state);
            Ward.copy(other.state, desk.state);
            sees(desk, Cause.WRONG_KEYS);
        }

        @Test
        void hasDamagedKeys() throws IOException {
            flip(desk.state.resolve("keys"), 20);
            sees(desk, Cause.KEYS_DAMAGED);
            assertThat(mend(desk).isWell()).isFalse();
        }

        @Test
        void hasKeysWhichOthersMayRead() throws IOException {
            Path keys = desk.state.resolve("keys");
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
            mends(desk, Cause.KEYS_EXPOSED);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                    .isEqualTo("rw-------");
        }

        @Test
        void liesInTheSyncedFolder() throws IOException {
            Patient inside = ward.new Patient("inside", desk.folder);
            Path state = desk.folder.resolve("state");
            Doctor doctor = new Doctor(
                    inside.folder,
                    inside.options().toBuilder().stateDirectory(state).build(),
                    roomy(),
                    Runnable::run,
                    bytes -> {});
            assertThat(causes(doctor.examine().found())).contains(Cause.STATE_INSIDE_FOLDER);
        }
    }

    @Test
    void everyCauseIsInThePage() throws IOException {
        Path page = Path.of("..", "docs", "doctor.md");
        List<String> rows = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> expected = Arrays.stream(Cause.values())
                .map(cause -> "| `" + cause.code() + "` | "
                        + cause.severity().name().toLowerCase(Locale.ROOT) + " | " + cause.lost() + " | " + cause.fix()
                        + " |")
                .toList();
        assertThat(rows).containsExactlyElementsOf(expected);
    }

    private static Path newest(List<Path> heads) {
        return heads.stream().max(Comparator.comparing(DoctorTest::counter)).orElseThrow();
    }

    private static long counter(Path head) {
        try {
            return java.nio.ByteBuffer.wrap(Files.readAllBytes(head)).getLong(56);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
