package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.simulation.profile.SyncProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatedSyncTest {

    static List<SyncProfile> profiles() {
        return Profiles.ALL;
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void filesDirectoriesChangesAndDeletionsGetEverywhere(SyncProfile profile) throws IOException {
        World world = new World(profile, 7, 3);
        Path a = world.folder(0);
        Files.createDirectories(a.resolve("x/y"));
        Files.writeString(a.resolve("x/y/one.txt"), "one");
        Files.writeString(a.resolve("two.txt"), "two");
        world.sync().settle();
        assertThat(world.folder(2).resolve("x/y/one.txt")).content().isEqualTo("one");
        Files.writeString(world.folder(1).resolve("two.txt"), "two and more");
        world.sync().settle();
        assertThat(world.folder(0).resolve("two.txt")).content().isEqualTo("two and more");
        assertThat(world.sync().differences()).isEmpty();
        assertThat(world.sync().counters().conflictCopies()).isZero();
        assertThat(world.sync().isIdle()).isTrue();
    }
}
