package dev.cairn.system.syncthing;

import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Profile;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.simulation.syncthing.SyncthingDaemons;
import dev.cairn.simulation.syncthing.SyncthingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Devices of one space, each with a folder of its own which only real Syncthing daemons join. */
final class SyncthingFleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Rounds of publishing and syncing after which a fleet must agree: a repair and its spreading take three. */
    private static final int ROUNDS = 6;

    private final Path root;
    private final SyncthingDaemons daemons;
    private final List<Space> spaces = new ArrayList<>();

    private SyncthingFleet(Path root, SyncthingDaemons daemons) {
        this.root = root;
        this.daemons = daemons;
    }

    /** Starts the daemons and lets all devices join; says so loudly and skips the test without Syncthing. */
    static SyncthingFleet start(Path root, int devices) throws IOException {
        requireSyncthing();
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            folders.add(Files.createDirectories(root.resolve("folder-" + i)));
        }
        SyncthingFleet fleet =
                new SyncthingFleet(root, SyncthingDaemons.start(folders, SyncthingOptions.scanningOnDemand()));
        boolean joined = false;
        try {
            fleet.joinAll();
            joined = true;
            return fleet;
        } finally {
            if (!joined) {
                fleet.close();
            }
        }
    }

    static void requireSyncthing() {
        if (!SyncthingDaemons.available()) {
            System.err.println("SKIPPED: syncthing is not installed, so real daemons cannot be tried:"
                    + " apt-get install syncthing");
        }
        Assumptions.assumeTrue(SyncthingDaemons.available(), "syncthing is not installed");
    }

    private void joinAll() {
        spaces.add(Space.create(folder(0), options(0)));
        for (int i = 1; i < daemons.size(); i++) {
            String code = space(0).invite(InviteOptions.writer()).code();
            space(0).flush();
            carry();
            JoinResult result = Space.join(folder(i), code, options(i));
            if (!(result instanceof JoinResult.Joined joined)) {
                throw new IllegalStateException("an open invite must admit at once: " + result);
            }
            spaces.add(joined.space());
        }
        converge();
    }

    SpaceOptions options(int device) {
        return SpaceOptions.inState(root.resolve("state-" + device)).toBuilder()
                .deviceName("device-" + device)
                .profile(Profile.FAST)
                .build();
    }

    SyncthingDaemons daemons() {
        return daemons;
    }

    Space space(int device) {
        return spaces.get(device);
    }

    List<Space> spaces() {
        return List.copyOf(spaces);
    }

    /** Closes a device's space and opens it again, as a restart of the application does. */
    void reopen(int device) {
        spaces.get(device).close();
        spaces.set(device, Space.open(folder(device), options(device)));
    }

    Path folder(int device) {
        return daemons.folder(device);
    }

    /** Lets the daemons bring everything everywhere, as far as they are connected. */
    void carry() {
        daemons.scan();
        daemons.awaitIdle(PATIENCE);
    }

    /** One round: everybody publishes, the daemons carry, everybody reads. */
    void exchange() {
        spaces.forEach(Space::flush);
        carry();
        spaces.forEach(Space::refresh);
    }

    /** Exchanges until all devices show the same state. */
    void converge() {
        for (int round = 0; round < ROUNDS; round++) {
            exchange();
            if (spaces.stream().map(Space::stateHash).distinct().count() == 1) {
                return;
            }
        }
        throw new AssertionError("the devices differ after " + ROUNDS + " rounds: "
                + spaces.stream().map(space -> space.status().toString()).toList());
    }

    /** All regular files of a folder but Syncthing's own. */
    List<Path> files(int device) {
        Path folder = folder(device);
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).startsWith(".stfolder"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            spaces.forEach(Space::close);
        } finally {
            daemons.close();
        }
    }
}
