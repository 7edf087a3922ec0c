package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.Arrival;
import dev.cairn.simulation.profile.ArrivalStyle;
import dev.cairn.simulation.profile.ConflictSpelling;
import dev.cairn.simulation.profile.Conflicts;
import dev.cairn.simulation.profile.Placeholder;
import dev.cairn.simulation.profile.Span;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.profile.Temporary;
import dev.cairn.simulation.profile.Travel;
import dev.cairn.simulation.profile.Winner;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fact of a profile does what its description says. */
class SyncFactsTest {

    private static final Span SECOND = Span.exactly(Duration.ofSeconds(1));
    private static final Duration STEP = Duration.ofMillis(100);

    @Nested
    class Noticed {

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void aNewFileIsSentHalfToOneAndAHalfDelaysAfterItWasWritten(long seed) throws IOException {
            World world = new World(
                    SyncProfile.syncthing().withTravel(Travel.IMMEDIATE).withArrival(Arrival.ATOMIC), seed, 2);
            world.sync().advance(Duration.ofMillis(seed * 1_370));
            world.write(0, "a.txt", "a");
            assertThat(world.untilFileIsThere(1, "a.txt")).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
        }

        @Test
        void aFileReplacedEveryFiveSecondsIsHeldBackForAMinute() throws IOException {
            World world = new World(SyncProfile.syncthing(), 5, 2);
            world.rewrite(0, "head.txt", Duration.ofSeconds(5));
            assertThat(world.untilFileIsThere(1, "head.txt")).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
            assertThat(world.sync().timeline().toString()).contains("held back");
        }

        @Test
        void aFileReplacedEveryTwentySecondsIsNot() throws IOException {
            World world = new World(SyncProfile.syncthing(), 5, 2);
            world.rewrite(0, "head.txt", Duration.ofSeconds(20));
            assertThat(world.untilFileIsThere(1, "head.txt")).isLessThan(Duration.ofSeconds(20));
            world.sync().advance(Duration.ofMinutes(5));
            assertThat(world.sync().timeline().toString()).doesNotContain("held back");
        }

        @Test
        void theDelayCanBeOneSecond() throws IOException {
            World world = new World(SyncProfile.syncthing().withNoticeDelay(Duration.ofSeconds(1)), 5, 2);
            world.write(0, "a.txt", "a");
            assertThat(world.untilFileIsThere(1, "a.txt")).isLessThan(Duration.ofMillis(3_100));
        }

        @Test
        void aChangeOfEqualSizeAndTimeIsNever() throws IOException {
            World world = new World(SyncProfile.rsync(), 5, 2);
            world.write(0, "a.txt", "one");
            world.sync().settle();
            FileTime time = Files.getLastModifiedTime(world.folder(0).resolve("a.txt"));
            world.write(0, "a.txt", "two");
            Files.setLastModifiedTime(world.folder(0).resolve("a.txt"), time);
            world.sync().settle();
            assertThat(world.text(1, "a.txt")).isEqualTo("one");
        }
    }

    @Nested
    class Travelling {

        @Test
        void filesArriveInAnyOrder() throws IOException {
            World world = new World(SyncProfile.syncthing(), 11, 2);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                sent.add("f" + (100 + i));
                world.write(0, "f" + (100 + i), "text");
            }
            world.sync().settle();
            List<String> arrived = world.sync().timeline().lines().stream()
                    .filter(line -> line.contains(" d1 ") && line.contains(" arrived "))
                    .map(line -> line.replaceAll(".* (f\\d+) .*", "$1"))
                    .toList();
            assertThat(arrived).hasSize(60).containsExactlyInAnyOrderElementsOf(sent);
            int inversions = 0;
            for (int i = 0; i < 60; i++) {
                for (int j = i + 1; j < 60; j++) {
                    inversions += arrived.get(i).compareTo(arrived.get(j)) > 0 ? 1 : 0;
                }
            }
            assertThat(inversions).isBetween(600, 1_170);
        }

        @Test
        void deletionsCanBeLater() throws IOException {
            Travel travel = new Travel(Span.NONE, SECOND, 0);
            World world = new World(SyncProfile.perfect().withTravel(travel), 1, 2);
            world.write(0, "a.txt", "a");
            world.sync().settle();
            world.delete(0, "a.txt");
            world.sync().advance(Duration.ofMillis(900));
            assertThat(world.folder(1).resolve("a.txt")).exists();
            world.sync().advance(Duration.ofMillis(200));
            assertThat(world.folder(1).resolve("a.txt")).doesNotExist();
        }

        @Test
        void deletionsCanBeLostUntilTheDevicesConnectAgain() throws IOException {
            World world = new World(SyncProfile.perfect().withTravel(new Travel(Span.NONE, Span.NONE, 1)), 1, 2);
            world.write(0, "a.txt", "a");
            world.sync().settle();
            world.delete(0, "a.txt");
            world.sync().settle();
            assertThat(world.folder(1).resolve("a.txt")).exists();
            assertThat(world.sync().timeline().toString()).contains("lost deletion");
        }
    }

    @Nested
    class Arriving {

        @Test
        void aPartUnderATemporaryNameIsSeenAndIgnored() throws IOException {
            World world = new World(withArrival(ArrivalStyle.RENAMED, Temporary.SYNCTHING), 2, 3);
            world.write(0, "sub/big.txt", "0123456789".repeat(50));
            world.sync().advance(Duration.ofMillis(500));
            Path temporary = world.folder(1).resolve("sub/.syncthing.big.txt.tmp");
            assertThat(temporary).exists();
            assertThat(Files.size(temporary)).isLessThan(500);
            assertThat(world.folder(1).resolve("sub/big.txt")).doesNotExist();
            world.sync().settle();
            assertThat(temporary).doesNotExist();
            assertThat(world.folder(1).resolve("sub/big.txt")).hasSize(500);
        }

        @Test
        void aPartUnderTheFinalNameIsSeenButNotSentOn() throws IOException {
            World world = new World(withArrival(ArrivalStyle.IN_PLACE, Temporary.OUTSIDE), 2, 3);
            world.write(0, "big.txt", "0123456789".repeat(50));
            world.sync().advance(Duration.ofMillis(500));
            assertThat(Files.size(world.folder(1).resolve("big.txt"))).isLessThan(500);
            world.sync().disconnect("d0");
            world.sync().settle();
            assertThat(Files.size(world.folder(1).resolve("big.txt"))).isLessThan(500);
            assertThat(world.sync().counters().cutOff()).isPositive();
            assertThat(world.sync().counters().noticed()).isEqualTo(1);
            world.sync().reconnect("d0");
            world.sync().settle();
            assertThat(world.folder(1).resolve("big.txt")).hasSize(500);
            assertThat(world.folder(2).resolve("big.txt")).hasSize(500);
        }

        @Test
        void aTransferThatIsCutOffLeavesAPartUnderTheFinalName() throws IOException {
            World world = new World(withArrival(ArrivalStyle.RENAMED_UNLESS_CUT_OFF, Temporary.RSYNC), 2, 2);
            world.write(0, "big.txt", "0123456789".repeat(50));
            world.sync().advance(Duration.ofMillis(500));
            assertThat(world.folder(1).resolve("big.txt")).doesNotExist();
            world.sync().disconnect("d0");
            world.sync().settle();
            assertThat(Files.size(world.folder(1).resolve("big.txt"))).isLessThan(500);
            world.sync().reconnect("d0");
            world.sync().settle();
            assertThat(world.folder(1).resolve("big.txt")).hasSize(500);
        }

        @Test
        void aReplacedFileIsAbsentForAMoment() throws IOException {
            Arrival arrival = Arrival.ATOMIC.withTimes(Span.NONE, SECOND);
            World world = new World(SyncProfile.perfect().withArrival(arrival), 1, 2);
            world.write(0, "head.txt", "one");
            world.sync().settle();
            world.write(0, "head.txt", "two and more");
            world.sync().advance(Duration.ofMillis(500));
            assertThat(world.folder(1).resolve("head.txt")).doesNotExist();
            world.sync().settle();
            assertThat(world.text(1, "head.txt")).isEqualTo("two and more");
            assertThat(world.sync().counters().noticed()).isEqualTo(2);
        }

        @Test
        void whatIsWrittenIntoTheHoleIsNotLost() throws IOException {
            Arrival arrival = Arrival.ATOMIC.withTimes(Span.NONE, SECOND);
            World world = new World(SyncProfile.perfect().withArrival(arrival), 1, 2);
            world.write(0, "head.txt", "one");
            world.sync().settle();
            world.write(0, "head.txt", "two and more");
            world.sync().advance(Duration.ofMillis(500));
            world.write(1, "head.txt", "in between");
            world.sync().settle();
            assertThat(world.texts("d0").values()).containsExactlyInAnyOrder("in between", "two and more");
            assertThat(world.sync().differences()).isEmpty();
        }

        @Test
        void aFileIsAPlaceholderForAWhile() throws IOException {
            for (Placeholder placeholder : Placeholder.values()) {
                Arrival arrival =
                        new Arrival(ArrivalStyle.RENAMED, Temporary.OUTSIDE, SECOND, Span.NONE, placeholder, 1, 0);
                World world = new World(SyncProfile.perfect().withArrival(arrival), 1, 2);
                world.write(0, "x/a.txt", "text");
                world.sync().advance(STEP);
                Path stub = world.folder(1).resolve(placeholder.pathFor("x/a.txt"));
                assertThat(stub).isEmptyFile();
                world.sync().settle();
                assertThat(world.text(1, "x/a.txt")).isEqualTo("text");
                assertThat(Files.exists(stub)).isEqualTo(placeholder == Placeholder.EMPTY);
                assertThat(world.sync().counters().noticed()).isEqualTo(2);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"iCloud", "nextcloud", "oneDrive"})
        void anEvictedFileIsNotADeletedFile(String tool) throws IOException {
            SyncProfile profile = tool.equals("iCloud")
                    ? SyncProfile.iCloud()
                    : tool.equals("nextcloud") ? SyncProfile.nextcloud() : SyncProfile.oneDrive();
            World world = new World(profile, 1, 2);
            world.write(0, "a.txt", "text");
            world.sync().settle();
            world.sync().evict("d1", "a.txt");
            world.sync().settle();
            String stub = profile.arrival().placeholder().pathFor("a.txt");
            assertThat(world.folder(1).resolve(stub)).isEmptyFile();
            assertThat(world.text(0, "a.txt")).isEqualTo("text");
            world.sync().download("d1", "a.txt");
            world.sync().settle();
            assertThat(world.text(1, "a.txt")).isEqualTo("text");
            assertThat(world.sync().differences()).isEmpty();
        }

        @Test
        void secondCopiesAppearButNoCopiesOfCopies() throws IOException {
            World world = new World(SyncProfile.perfect().withArrival(Arrival.ATOMIC.withDuplicates(1)), 1, 2);
            world.write(0, "x/a.txt", "text");
            world.sync().settle();
            assertThat(world.sync().snapshot("d0").paths()).containsExactly("x/a (1).txt", "x/a.txt");
            assertThat(world.sync().differences()).isEmpty();
            assertThat(world.sync().counters().duplicates()).isEqualTo(1);
        }

        @Test
        void timesAreThoseOfTheOriginCutToTheGranularity() throws IOException {
            World world = new World(SyncProfile.usbStick(), 1, 2);
            Path file = world.folder(0).resolve("a.txt");
            world.write(0, "a.txt", "text");
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-02-03T04:05:07.9Z")));
            world.sync().settle();
            assertThat(Files.getLastModifiedTime(world.folder(1).resolve("a.txt"))
                            .toInstant())
                    .isEqualTo("2020-02-03T04:05:06Z");
        }

        @Test
        void aFullDiskBlocksAFileUntilThereIsRoom() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 1);
            Path small = SimulatedDisks.unix()
                    .withSize(64 * 1024)
                    .newFolder("small", world.sync().time().clock());
            world.sync().join("small", small);
            Files.write(small.resolve("ballast"), new byte[40 * 1024]);
            world.sync().settle();
            Files.write(world.folder(0).resolve("big.bin"), new byte[30 * 1024]);
            world.sync().settle();
            assertThat(small.resolve("big.bin")).doesNotExist();
            assertThat(world.sync().counters().blocked()).isEqualTo(1);
            world.delete(0, "ballast");
            world.sync().advance(Duration.ofMinutes(5));
            assertThat(small.resolve("big.bin")).hasSize(30 * 1024);
            assertThat(world.sync().differences()).isEmpty();
        }

        @Test
        void namesTheDiskDoesNotTakeAreBlocked() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 1);
            world.sync()
                    .join(
                            "pc",
                            SimulatedDisks.windows()
                                    .newFolder("pc", world.sync().time().clock()));
            world.write(0, "what?.txt", "no");
            world.write(0, "fine.txt", "yes");
            world.sync().settle();
            assertThat(world.sync().snapshot("pc").paths()).containsExactly("fine.txt");
            assertThat(world.sync().counters().blocked()).isEqualTo(1);
        }

        @Test
        void aNameThatDiffersInCaseOnlyIsBlockedWhereCaseDoesNotMatter() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 1);
            FileSystem mac = SimulatedDisks.osX().newDisk(world.sync().time().clock());
            Path folder = Files.createDirectory(mac.getPath("/mac"));
            world.sync().join("mac", folder);
            world.write(0, "todo.txt", "lower");
            world.sync().settle();
            world.write(0, "TODO.txt", "upper");
            world.sync().settle();
            assertThat(folder.resolve("todo.txt")).content().isEqualTo("lower");
            assertThat(world.sync().snapshot("mac").paths()).containsExactly("todo.txt");
            assertThat(world.sync().timeline().toString()).contains("upper or lower case");
        }
    }

    @Nested
    class InConflict {

        @Test
        void syncthingKeepsTheOlderOneUnderANameOfItsOwn() throws IOException {
            World world = conflict(SyncProfile.syncthing());
            assertThat(world.text(0, "notes/todo.txt")).isEqualTo("by one, later");
            assertThat(world.conflictCopy()).matches("notes/todo\\.sync-conflict-\\d{8}-\\d{6}-[A-Z2-7]{7}\\.txt");
            assertThat(world.text(0, world.conflictCopy())).isEqualTo("by zero");
        }

        @Test
        void theWrongClockOfADeviceDecides() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            world.write(0, "todo.txt", "first");
            world.sync().settle();
            world.sync().partition(Set.of("d0"));
            world.sync().clock("d0").jump(Duration.ofDays(365));
            world.write(0, "todo.txt", "by zero");
            world.sync().advance(Duration.ofMinutes(10));
            world.write(1, "todo.txt", "by one, later");
            world.sync().heal();
            world.sync().settle();
            assertThat(world.text(1, "todo.txt")).isEqualTo("by zero");
            assertThat(world.sync().differences()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"dropbox", "oneDrive", "googleDrive", "iCloud"})
        void aServerKeepsTheFirstOne(String tool) throws IOException {
            SyncProfile profile = switch (tool) {
                case "dropbox" -> SyncProfile.dropbox();
                case "oneDrive" -> SyncProfile.oneDrive();
                case "googleDrive" -> SyncProfile.googleDrive().withArrival(Arrival.ATOMIC);
                default -> SyncProfile.iCloud();
            };
            World world = conflict(profile);
            assertThat(world.texts("d0").values()).containsExactlyInAnyOrder("by zero", "by one, later");
            assertThat(world.conflictCopy())
                    .matches("notes/todo( \\((d[01]'s conflicted copy 20[0-9-]+|1)\\)|-D[01]| 2)\\.txt");
        }

        @Test
        void nextcloudDoesNotSendTheCopy() throws IOException {
            World world = conflict(SyncProfile.nextcloud());
            List<Path> copies = new ArrayList<>();
            for (Path folder : world.folders()) {
                try (var files = Files.list(folder.resolve("notes"))) {
                    files.filter(file -> file.toString().contains("(conflicted copy"))
                            .forEach(copies::add);
                }
            }
            assertThat(copies).hasSize(1);
            assertThat(world.sync().snapshot("d1").paths()).containsExactly("notes/todo.txt");
        }

        @Test
        void aToolWithoutMemoryLosesTheOlderOne() throws IOException {
            World world = conflict(SyncProfile.rsync());
            assertThat(world.texts("d0")).containsOnlyKeys("notes/todo.txt").containsValue("by one, later");
        }

        @Test
        void aToolWithoutMemoryPutsTheLaterFileOverWhatWasMadeOfItUnderAnEarlierTime() throws IOException {
            for (SyncProfile profile : List.of(SyncProfile.rsync(), SyncProfile.usbStick())) {
                World world = new World(profile, 1, 2);
                world.write(0, "a.txt", "text");
                world.sync().settle();
                world.write(1, "a.txt", "te");
                Files.setLastModifiedTime(
                        world.folder(1).resolve("a.txt"), FileTime.from(Instant.parse("2020-02-03T04:05:06Z")));
                world.sync().settle();
                assertThat(world.text(1, "a.txt")).as(profile.name()).isEqualTo("text");
                assertThat(world.sync().differences()).isEmpty();
            }
        }

        @Test
        void aToolWithoutMemoryBringsDeletedFilesBack() throws IOException {
            World world = new World(SyncProfile.rsync(), 1, 2);
            world.write(0, "a.txt", "text");
            world.sync().settle();
            world.delete(0, "a.txt");
            world.sync().settle();
            assertThat(world.text(0, "a.txt")).isEqualTo("text");
        }

        @Test
        void equalChangesAreNoConflict() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            world.sync().partition(Set.of("d0"));
            world.write(0, "a.txt", "same");
            world.write(1, "a.txt", "same");
            world.sync().settle();
            world.sync().heal();
            world.sync().settle();
            assertThat(world.sync().counters().conflictCopies()).isZero();
            assertThat(world.sync().counters().arrived()).isZero();
        }

        @Test
        void aChangeWinsOverADeletion() throws IOException {
            for (SyncProfile profile : List.of(SyncProfile.syncthing(), SyncProfile.dropbox())) {
                World world = changeAndLaterDeletion(profile);
                assertThat(world.text(0, "a.txt")).isEqualTo("changed");
                assertThat(world.sync().snapshot("d0").paths()).hasSize(1);
                assertThat(world.sync().differences()).isEmpty();
            }
        }

        @Test
        void aLaterDeletionCanWinAndLeavesACopy() throws IOException {
            Conflicts conflicts =
                    new Conflicts(Winner.NEWER, ConflictSpelling.SYNCTHING, true, true, Integer.MAX_VALUE);
            World world = changeAndLaterDeletion(SyncProfile.syncthing().withConflicts(conflicts));
            assertThat(world.folder(0).resolve("a.txt")).doesNotExist();
            assertThat(world.text(0, world.conflictCopy())).isEqualTo("changed");
            assertThat(world.sync().differences()).isEmpty();
        }

        @Test
        void onlySoManyCopiesAreKept() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            for (int i = 0; i < 13; i++) {
                world.sync().partition(Set.of("d0"));
                world.write(0, "a.txt", "zero " + i);
                world.sync().advance(Duration.ofSeconds(1));
                world.write(1, "a.txt", "one " + i);
                world.sync().settle();
                world.sync().heal();
                world.sync().settle();
            }
            assertThat(world.sync().snapshot("d0").paths()).hasSize(11);
            assertThat(Collections.min(new TreeSet<>(world.texts("d0").values())))
                    .isEqualTo("one 12");
            assertThat(world.texts("d0")).doesNotContainValue("zero 2").containsValue("zero 3");
        }

        @Test
        void threeDevicesInConflictCanLoseOneVersionWithoutATrace() throws IOException {
            int lost = 0;
            for (long seed = 0; seed < 20; seed++) {
                World world = new World(SyncProfile.syncthing(), seed, 3);
                world.sync().partition(Set.of("d0"), Set.of("d1"), Set.of("d2"));
                for (int i = 0; i < 3; i++) {
                    world.write(i, "lock.txt", "by " + i + "!".repeat(i));
                    world.sync().advance(Duration.ofSeconds(1));
                }
                world.sync().settle();
                world.sync().heal();
                world.sync().settle();
                assertThat(world.sync().differences()).isEmpty();
                lost += Set.copyOf(world.texts("d0").values()).size() < 3 ? 1 : 0;
            }
            assertThat(lost).isBetween(1, 19);
        }

        @Test
        void aNameWithoutRoomForTheSuffixIsNeverSyncedAgain() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            String name = "n".repeat(234);
            world.write(0, name, "first");
            world.sync().settle();
            world.sync().partition(Set.of("d0"));
            world.write(0, name, "by zero");
            world.sync().advance(Duration.ofSeconds(1));
            world.write(1, name, "by one, later");
            world.sync().settle();
            world.sync().heal();
            world.sync().settle();
            assertThat(world.sync().counters().blocked()).isPositive();
            assertThat(world.text(0, name)).isEqualTo("by zero");
            assertThat(world.text(1, name)).isEqualTo("by one, later");
        }

        @Test
        void namesWhichDifferInCaseOnlyAreAConflictForAToolThatFoldsCase() throws IOException {
            World world = new World(SyncProfile.dropbox(), 1, 2);
            world.write(0, "todo.txt", "lower");
            world.sync().settle();
            world.write(1, "TODO.txt", "upper");
            world.sync().settle();
            assertThat(world.sync().snapshot("d0").paths()).containsExactly("TODO (Case Conflict).txt", "todo.txt");
            assertThat(world.sync().differences()).isEmpty();
        }

        private World changeAndLaterDeletion(SyncProfile profile) throws IOException {
            World world = new World(profile, 1, 2);
            world.write(0, "a.txt", "text");
            world.sync().settle();
            world.sync().partition(Set.of("d0"));
            world.write(0, "a.txt", "changed");
            world.sync().advance(Duration.ofMinutes(1));
            world.delete(1, "a.txt");
            world.sync().settle();
            world.sync().heal();
            world.sync().settle();
            return world;
        }

        private World conflict(SyncProfile profile) throws IOException {
            World world = new World(profile, 1, 2);
            world.write(0, "notes/todo.txt", "first");
            world.sync().settle();
            world.sync().partition(Set.of("d0"), Set.of("d1"));
            world.write(0, "notes/todo.txt", "by zero");
            world.sync().advance(Duration.ofMinutes(1));
            world.write(1, "notes/todo.txt", "by one, later");
            world.sync().settle();
            world.sync().heal();
            world.sync().settle();
            assertThat(world.sync().differences()).isEmpty();
            return world;
        }
    }

    @Test
    void foreignTemporariesAreNotSent() throws IOException {
        World world = new World(SyncProfile.syncthing(), 1, 2);
        world.write(0, "x/.syncthing.a.tmp", "no");
        world.write(0, "~syncthing~abc.~.tmp", "no");
        world.write(0, ".stignore", "no");
        world.write(0, "x/.stfolder/y", "yes");
        world.sync().settle();
        assertThat(world.sync().snapshot("d1").paths()).containsExactly("x/.stfolder/y");
    }

    private static SyncProfile withArrival(ArrivalStyle style, Temporary temporary) {
        Arrival arrival = new Arrival(style, temporary, SECOND, Span.NONE, Placeholder.EMPTY, 0, 0);
        return SyncProfile.perfect().withArrival(arrival);
    }
}
