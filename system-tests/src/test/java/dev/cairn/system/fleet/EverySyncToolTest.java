package dev.cairn.system.fleet;

import dev.cairn.simulation.profile.SyncProfile;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A fleet over each simulated sync tool: all converge, nothing is lost, no conflict copy is made, nothing leaks. */
final class EverySyncToolTest {
    private static final int DEVICES = 3;

    @TempDir
    private Path states;

    static Stream<Arguments> tools() {
        return Stream.of(
                Arguments.of("perfect", SyncProfile.perfect()),
                Arguments.of("Syncthing", SyncProfile.syncthing()),
                Arguments.of("Dropbox", SyncProfile.dropbox()),
                Arguments.of("OneDrive", SyncProfile.oneDrive()),
                Arguments.of("Google Drive", SyncProfile.googleDrive()),
                Arguments.of("iCloud", SyncProfile.iCloud()),
                Arguments.of("Nextcloud", SyncProfile.nextcloud()),
                Arguments.of("rsync", SyncProfile.rsync()),
                Arguments.of("USB stick", SyncProfile.usbStick()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tools")
    void carriesAFleet(String name, SyncProfile tool) {
        play(tool, 1, name);
    }

    @Tag("long")
    @ParameterizedTest(name = "{0}")
    @MethodSource("tools")
    void carriesManyFleets(String name, SyncProfile tool) {
        for (long seed = 2; seed < 60; seed++) {
            play(tool, seed, name + "-" + seed);
        }
    }

    private void play(SyncProfile tool, long seed, String run) {
        try (SimulatedFleet fleet = new SimulatedFleet(tool, seed, states.resolve(run), DEVICES)) {
            fleet.live(60);
            fleet.check();
        }
    }
}
