package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.format.folder.Pause;
import dev.cairn.replica.Fleet.Backup;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.simulation.disk.FaultyFileSystem;
import dev.cairn.simulation.disk.PowerCutError;
import dev.cairn.simulation.disk.PowerLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The power goes at every operation on the folder, of everything a device does there; then it starts again.
 *
 * <p>A first run counts the operations. The local store is copied as it is at that moment: each of its transactions is
 * forced when it is committed.
 */
class CrashPointsTest {
    @TempDir
    Path states;

    private int worlds;

    /** What a device does, and how to bring it to the point where it does so. */
    private record Work(String name, Consumer<Fleet> before, Consumer<Space> work) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> works() {
        Consumer<Fleet> nothing = fleet -> {};
        Consumer<Space> commit = space -> {
            space.commit(tx -> tx.on("notes").map().put("key", "acknowledged"));
            space.flush();
        };
        return Stream.of(
                        new Work("commit and publish", nothing, commit),
                        new Work("seal", CrashPointsTest::makeTailOld, commit),
                        new Work("merge and retire", CrashPointsTest::makeSevenSegments, commit),
                        new Work("ingest", CrashPointsTest::writeElsewhere, Space::refresh),
                        new Work("invite", nothing, space -> {
                            space.invite(InviteOptions.writer());
                            space.flush();
                        }),
                        new Work("close", CrashPointsTest::writeElsewhere, space -> {
                            space.refresh();
                            space.commit(tx -> tx.on("notes").map().put("key", "acknowledged"));
                            space.close();
                        }))
                .map(Arguments::of);
    }

    private static void makeTailOld(Fleet fleet) {
        Device a = fleet.devices().get(0);
        a.put("old", "tail");
        a.space.flush();
        fleet.clock.advance(Duration.ofHours(25));
    }

    private static void makeSevenSegments(Fleet fleet) {
        Device a = fleet.devices().get(0);
        for (int i = 0; i < 7; i++) {
            a.put("segment" + i, "v");
            a.sealAll();
        }
        a.put("old", "tail");
        a.space.flush();
        fleet.clock.advance(Duration.ofHours(25));
    }

    private static void writeElsewhere(Fleet fleet) {
        Device b = fleet.devices().get(1);
        for (int i = 0; i < 3; i++) {
            b.put("elsewhere" + i, "v");
            b.sealAll();
        }
        b.put("tail", "v");
        b.space.flush();
        b.copyTo(fleet.devices().get(0));
    }

    @ParameterizedTest
    @MethodSource("works")
    void nothingIsLostWhereverThePowerGoes(Work work) throws IOException {
        assertThat(play(work, PowerLoss.IN_ORDER, 1)).isGreaterThan(15);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("works")
    void nothingIsLostWhateverTheDiskKeeps(Work work) throws IOException {
        for (PowerLoss loss : PowerLoss.values()) {
            for (int seed = 0; seed < 8; seed++) {
                play(work, loss, seed);
            }
        }
    }

    /** Returns how many operations there were. */
    private int play(Work work, PowerLoss loss, int seed) throws IOException {
        try (Fleet fleet = new Fleet(states.resolve("fleet-" + worlds++))) {
            Device a = fleet.create("a");
            Device b = fleet.join(a, "b");
            work.before().accept(fleet);
            a.space.close();
            Backup state = a.backupState();
            Backup folder = a.backup();
            int operations = 0;
            for (boolean crashed = true; crashed; operations++) {
                World world = new World(fleet, state, folder);
                crashed = world.crashAt(operations, work, loss, new SplittableRandom(seed * 31L + operations));
                world.check(b, fleet, work + ", " + loss + ", operation " + operations);
            }
            return operations;
        }
    }

    /** One device on a disk of its own, as it was before its work. */
    private final class World {
        private final FaultyFileSystem disk = FaultyFileSystem.over(Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setBlockSize(512).build()));
        private final Path folder = disk.getPath("/sync");
        private final Fleet fleet;
        private Path state = states.resolve("world-" + worlds++);

        World(Fleet fleet, Backup stateFiles, Backup folderFiles) throws IOException {
            this.fleet = fleet;
            write(state, stateFiles.files());
            Files.createDirectory(folder);
            write(folder, folderFiles.files());
            disk.writeBack();
        }

        private void write(Path root, Map<String, byte[]> files) throws IOException {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = root.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
                if (path.endsWith("keys") && path.getFileSystem().equals(states.getFileSystem())) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
                }
            }
        }

        private SpaceOptions options() {
            return SpaceOptions.inState(state).toBuilder()
                    .clock(fleet.clock)
                    .executor(Runnable::run)
                    .pause(Pause.none())
                    .build();
        }

        boolean crashAt(int number, Work work, PowerLoss loss, SplittableRandom random) throws IOException {
            int[] left = {number};
            Space space = Space.open(folder, options());
            disk.set((operation, path) -> {
                if (left[0]-- == 0) {
                    disk.cutPower();
                    throw new PowerCutError(operation + " of " + path);
                }
            });
            boolean crashed = crashes(() -> work.work().accept(space));
            disk.cutPower();
            Path dead = state;
            state = states.resolve("world-" + worlds++);
            copyState(dead);
            crashes(space::close);
            disk.restorePower(loss, random);
            return crashed;
        }

        private void copyState(Path dead) throws IOException {
            try (Stream<Path> files = Files.walk(dead)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!file.toString().endsWith("-shm")) {
                        write(state, Map.of(dead.relativize(file).toString(), Files.readAllBytes(file)));
                    }
                }
            }
        }

        /** The device starts again and publishes; another one gets its folder, and both show the same. */
        void check(Device other, Fleet world, String where) throws IOException {
            try (Space space = Space.open(folder, options())) {
                boolean committed = space.document("notes").map().entries().containsKey("key");
                space.refresh();
                assertThat(space.flush()).as(where).isTrue();
                world.clock.advance(Duration.ofMinutes(2));
                Device reader = world.cloneOfReader(other);
                for (String path : files()) {
                    reader.receive(path, Files.readAllBytes(folder.resolve(path)));
                }
                reader.space.refresh();
                assertThat(reader.space.stateHash()).as(where).isEqualTo(space.stateHash());
                assertThat(reader.space.document("notes").map().entries().containsKey("key"))
                        .as(where)
                        .isEqualTo(committed);
                assertThat(space.status().self().writers()).as(where).hasSize(1);
                assertThat(reader.space.status().waiting()).as(where).isEmpty();
                assertThat(reader.space.status().files()).as(where).isEmpty();
                reader.close();
            }
        }

        private java.util.List<String> files() throws IOException {
            try (Stream<Path> all = Files.walk(folder)) {
                return all.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".tmp"))
                        .map(file -> folder.relativize(file).toString())
                        .sorted()
                        .toList();
            }
        }
    }

    private static boolean crashes(Runnable action) {
        try {
            action.run();
            return false;
        } catch (PowerCutError cut) {
            return true;
        }
    }
}
