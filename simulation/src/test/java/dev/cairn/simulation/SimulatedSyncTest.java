package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatedSyncTest {

    static List<SyncProfile> profiles() {
        return Profiles.ALL;
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void filesDirectoriesAndChangesGetEverywhere(SyncProfile profile) throws IOException {
        World world = new World(profile, 7, 3);
        world.write(0, "x/y/one.txt", "one");
        world.write(0, "two.txt", "two");
        Files.createDirectories(world.folder(0).resolve("empty/directory"));
        world.sync().settle();
        assertThat(world.text(2, "x/y/one.txt")).isEqualTo("one");
        assertThat(world.folder(2).resolve("empty/directory")).isDirectory();
        world.write(1, "two.txt", "two and more");
        world.sync().settle();
        assertThat(world.text(0, "two.txt")).isEqualTo("two and more");
        assertThat(world.sync().differences()).isEmpty();
        assertThat(world.sync().counters().conflictCopies()).isZero();
        assertThat(world.sync().isIdle()).isTrue();
        assertThat(world.sync().step()).isFalse();
    }

    @Test
    void deletionsOfWholeTreesGetEverywhere() throws IOException {
        World world = new World(SyncProfile.syncthing(), 3, 3);
        world.write(0, "x/y/one.txt", "one");
        world.write(0, "x/two.txt", "two");
        world.sync().settle();
        world.delete(1, "x/y/one.txt");
        world.delete(1, "x/y");
        world.delete(1, "x/two.txt");
        world.delete(1, "x");
        world.sync().settle();
        assertThat(world.folder(0).resolve("x")).doesNotExist();
        assertThat(world.folder(2).resolve("x")).doesNotExist();
        assertThat(world.sync().counters().deleted()).isEqualTo(8);
    }

    @Test
    void aNewFileInADeletedDirectorySurvives() throws IOException {
        World world = new World(SyncProfile.syncthing(), 3, 2);
        world.write(0, "x/old.txt", "old");
        world.sync().settle();
        world.sync().disconnect("d1");
        world.delete(0, "x/old.txt");
        world.delete(0, "x");
        world.write(1, "x/new.txt", "new");
        world.sync().settle();
        world.sync().reconnect("d1");
        world.sync().settle();
        assertThat(world.sync().snapshot("d0").paths()).containsExactly("x/new.txt");
        assertThat(world.sync().differences()).isEmpty();
    }

    @Test
    void realDirectoriesAndSimulatedDisksCanBeJoined(@TempDir Path real) throws IOException {
        SimulatedSync sync = SimulatedSync.of(SyncProfile.syncthing(), 1);
        Path windows = SimulatedDisks.windows().newFolder("notes", sync.time().clock());
        sync.join("real", real).join("windows", windows);
        Files.writeString(Files.createDirectories(real.resolve("deep/er")).resolve("one.txt"), "one");
        Files.writeString(windows.resolve("two.txt"), "two");
        sync.settle();
        assertThat(windows.resolve("deep\\er\\one.txt")).content().isEqualTo("one");
        assertThat(real.resolve("two.txt")).content().isEqualTo("two");
        assertThat(real.getFileSystem()).isEqualTo(FileSystems.getDefault());
    }

    @Test
    void whatADeviceHasBeforeItJoinsIsMerged() throws IOException {
        World world = new World(SyncProfile.perfect(), 1, 1);
        world.write(0, "same.txt", "same");
        world.write(0, "zero.txt", "zero");
        world.sync().settle();
        Path late = SimulatedDisks.unix().newFolder("late", world.sync().time().clock());
        Files.writeString(late.resolve("same.txt"), "same");
        Files.writeString(late.resolve("late.txt"), "late");
        world.sync().join("late", late);
        world.sync().settle();
        assertThat(world.sync().snapshot("late").paths()).containsExactly("late.txt", "same.txt", "zero.txt");
        assertThat(world.sync().differences()).isEmpty();
        assertThat(world.sync().counters().conflictCopies()).isZero();
    }

    @Test
    void theTimelineIsReadable() throws IOException {
        World world = new World(SyncProfile.perfect(), 1, 2);
        world.sync().advance(Duration.ofSeconds(61));
        world.write(0, "a.txt", "hello");
        world.sync().settle();
        assertThat(world.sync().timeline().lines())
                .containsExactly(
                        "0d 00:00:00.000000 d0         joined           perfect",
                        "0d 00:00:00.000000 d1         joined           perfect",
                        "0d 00:01:01.000000 d0         noticed          a.txt (5 bytes)",
                        "0d 00:01:01.000000 d1         arrived          a.txt (5 bytes by d0)");
        assertThat(world.sync().timeline().tail(1)).hasSize(1);
        assertThat(world.sync().timeline().size()).isEqualTo(4);
        assertThat(world.sync().counters()).isEqualTo(new SyncCounters(1, 1, 0, 5, 0, 0, 0, 0, 0));
    }

    @Test
    void symbolicLinksAreLeftAlone() throws IOException {
        World world = new World(SyncProfile.syncthing(), 1, 2);
        world.write(0, "a.txt", "a");
        Files.createSymbolicLink(
                world.folder(0).resolve("link.txt"), world.folder(0).resolve("a.txt"));
        world.sync().settle();
        assertThat(world.sync().snapshot("d1").paths()).containsExactly("a.txt");
    }

    @Test
    void wrongNamesAreRefused() {
        World world = new World(SyncProfile.perfect(), 1, 1);
        assertThatThrownBy(() -> world.sync().join("d0", world.folder(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("d0");
        assertThatThrownBy(() -> world.sync().join("x", world.folder(0).resolve("absent")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> world.sync().disconnect("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
    }

    @Nested
    class Connections {

        @Test
        void aDeviceThatIsOffGetsEverythingWhenItIsOnAgain() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            world.sync().disconnect("d1");
            world.write(0, "a.txt", "a");
            world.sync().settle();
            assertThat(world.sync().snapshot("d1").paths()).isEmpty();
            world.sync().reconnect("d1");
            world.sync().settle();
            assertThat(world.text(1, "a.txt")).isEqualTo("a");
        }

        @Test
        void groupsOfAPartitionShareAmongThemselvesOnly() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 5);
            world.sync().partition(Set.of("d0", "d1"), Set.of("d2"));
            world.write(0, "zero.txt", "0");
            world.write(2, "two.txt", "2");
            world.write(3, "three.txt", "3");
            world.sync().settle();
            assertThat(world.sync().snapshot("d1").paths()).containsExactly("zero.txt");
            assertThat(world.sync().snapshot("d2").paths()).containsExactly("two.txt");
            assertThat(world.sync().snapshot("d4").paths()).containsExactly("three.txt");
            world.sync().heal();
            world.sync().settle();
            assertThat(world.sync().snapshot("d4").paths()).hasSize(3);
            assertThat(world.sync().differences()).isEmpty();
        }

        @Test
        void aServerKeepsWhatADeviceSentBeforeItWentOffAndAMeshDoesNot() throws IOException {
            World cloud = new World(SyncProfile.dropbox(), 1, 2);
            World mesh = new World(SyncProfile.syncthing(), 1, 2);
            for (World world : List.of(cloud, mesh)) {
                world.sync().disconnect("d1");
                world.write(0, "a.txt", "a");
                world.sync().settle();
                world.sync().disconnect("d0");
                world.sync().reconnect("d1");
                world.sync().settle();
            }
            assertThat(cloud.text(1, "a.txt")).isEqualTo("a");
            assertThat(mesh.sync().snapshot("d1").paths()).isEmpty();
        }

        @Test
        void theServerStaysWithTheRest() throws IOException {
            World world = new World(SyncProfile.dropbox(), 1, 3);
            world.sync().partition(Set.of("d0"));
            world.write(0, "zero.txt", "0");
            world.write(1, "one.txt", "1");
            world.sync().settle();
            assertThat(world.sync().snapshot("d2").paths()).containsExactly("one.txt");
            assertThat(world.sync().snapshot("d0").paths()).containsExactly("zero.txt");
        }
    }

    @Nested
    class Folders {

        @Test
        void aFolderRolledBackRollsEverybodyBack() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            world.write(0, "head.txt", "v1");
            world.write(0, "old.txt", "old");
            world.sync().settle();
            FolderSnapshot backup = world.sync().snapshot("d1");
            world.write(0, "head.txt", "version 2");
            world.write(0, "new.txt", "new");
            world.delete(0, "old.txt");
            world.sync().settle();
            world.sync().rollBack("d1", backup);
            world.sync().settle();
            assertThat(world.sync().snapshot("d0")).isEqualTo(backup);
            assertThat(world.text(0, "head.txt")).isEqualTo("v1");
        }

        @Test
        void aFolderRolledBackTogetherWithTheDatabaseOfTheToolOnlyAdds() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            world.write(0, "head.txt", "v1");
            world.write(0, "old.txt", "old");
            world.sync().settle();
            FolderSnapshot backup = world.sync().snapshot("d1");
            world.write(0, "head.txt", "version 2");
            world.write(0, "new.txt", "new");
            world.delete(0, "old.txt");
            world.sync().settle();
            world.sync().disconnect("d1");
            world.sync().rollBack("d1", backup);
            world.sync().forgetVersions("d1");
            world.sync().reconnect("d1");
            world.sync().settle();
            assertThat(world.text(1, "head.txt")).isEqualTo("version 2");
            assertThat(world.sync().snapshot("d0").paths())
                    .contains("new.txt", "old.txt")
                    .hasSize(4);
            assertThat(world.sync().counters().conflictCopies()).isEqualTo(1);
        }

        @Test
        void anEmptiedFolderEmptiesEverybody() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            world.write(0, "x/a.txt", "a");
            world.sync().settle();
            world.sync().empty("d1");
            world.sync().settle();
            assertThat(world.sync().snapshot("d0").paths()).isEmpty();
            assertThat(world.folder(0).resolve("x")).doesNotExist();
        }

        @Test
        void anUnmountedFolderSpreadsNothingAndComesBack() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            world.write(0, "x/a.txt", "a");
            world.sync().settle();
            world.sync().unmount("d1");
            assertThat(world.folder(1).resolve("x")).doesNotExist();
            world.write(0, "b.txt", "b");
            world.sync().settle();
            assertThat(world.folder(1).resolve("b.txt")).doesNotExist();
            world.sync().mount("d1");
            world.sync().settle();
            assertThat(world.sync().snapshot("d0").paths()).containsExactly("b.txt", "x/a.txt");
            assertThat(world.sync().differences()).isEmpty();
            assertThat(world.sync().counters().noticed()).isEqualTo(3);
        }

        @Test
        void syncthingDoesNothingWithoutItsMarker() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            world.write(0, "a.txt", "a");
            world.sync().settle();
            world.delete(1, ".stfolder");
            world.delete(1, "a.txt");
            world.sync().settle();
            assertThat(world.text(0, "a.txt")).isEqualTo("a");
        }

        @Test
        void aDeletedFileIsResurrected() throws IOException {
            World world = new World(SyncProfile.syncthing(), 1, 2);
            world.write(0, "a.txt", "a");
            world.sync().settle();
            world.delete(0, "a.txt");
            world.sync().settle();
            assertThat(world.sync().resurrect("d1", "never.txt")).isFalse();
            assertThat(world.sync().resurrect("d1", "a.txt")).isTrue();
            world.sync().settle();
            assertThat(world.text(0, "a.txt")).isEqualTo("a");
        }
    }
}
