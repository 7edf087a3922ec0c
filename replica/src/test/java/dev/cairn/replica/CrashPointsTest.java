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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
                        new Work("checkpoint", CrashPointsTest::makeSegments, CrashPointsTest::checkpoint),
                        new Work("retirement: the list", CrashPointsTest::confirmCheckpoint, CrashPointsTest::twice),
                        new Work(
                                "retirement: the announcement, the deletions and the end",
                                CrashPointsTest::awaitTheLastDay,
                                space -> {
                                    twice(space);
                                    twice(space);
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

    private static void makeSegments(Fleet fleet) {
        for (Device device : fleet.devices()) {
            for (int i = 0; i < 3; i++) {
                device.put(device.name + i, "v");
                device.sealAll();
            }
        }
        fleet.sync();
    }

    private static void checkpoint(Space space) {
        space.compaction().checkpoint((done, total) -> {});
    }

    private static void twice(Space space) {
        for (int i = 0; i < 2; i++) {
            space.refresh();
            space.flush();
        }
    }

    /** The other device has confirmed the checkpoint, and the first has not read so yet. */
    private static void confirmCheckpoint(Fleet fleet) {
        makeSegments(fleet);
        Device a = fleet.devices().get(0);
        Device b = fleet.devices().get(1);
        checkpoint(a.space);
        a.copyOwnTo(b);
        b.space.refresh();
        b.space.flush();
        b.copyOwnTo(a);
    }

    /** All have agreed, and the time is over which the first device has not looked at yet. */
    private static void awaitTheLastDay(Fleet fleet) {
        confirmCheckpoint(fleet);
        Device a = fleet.devices().get(0);
        Duration day = Duration.ofHours(24);
        a.space.refresh();
        while (a.space
                        .compaction()
                        .status()
                        .lists()
                        .get(0)
                        .remaining()
                        .orElse(day.multipliedBy(9))
                        .compareTo(day)
                > 0) {
            fleet.clock.advance(day);
            fleet.syncAmong(fleet.devices());
        }
        fleet.clock.advance(day);
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
            for (int draw = 0; draw < draws(loss); draw++) {
                play(work, loss, draw);
            }
        }
    }

    @Test
    void joiningGoesOnWhereverThePowerGoes() throws IOException {
        assertThat(playJoining(PowerLoss.IN_ORDER, 1)).isGreaterThan(15);
    }

    @Tag("long")
    @Test
    void joiningGoesOnWhateverTheDiskKeeps() throws IOException {
        for (PowerLoss loss : PowerLoss.values()) {
            for (int draw = 0; draw < draws(loss); draw++) {
                playJoining(loss, draw);
            }
        }
    }

    /** How often what the disk keeps is drawn; it is always the same when all or nothing is lost. */
    private static int draws(PowerLoss loss) {
        return switch (loss) {
            case NOTHING_LOST, ALL_LOST -> 1;
            case IN_ORDER, IN_ANY_ORDER -> 8;
        };
    }

    private int playJoining(PowerLoss loss, int seed) throws IOException {
        try (Fleet fleet = new Fleet(states.resolve("fleet-" + worlds++))) {
            Device host = fleet.create("host");
            host.put("before", "v");
            String code = host.space.invite(InviteOptions.writer()).code();
            host.space.flush();
            Backup folder = host.backup();
            int operations = 0;
            for (boolean crashed = true; crashed; operations++) {
                World world = new World(fleet, new Backup(Map.of()), folder);
                crashed = world.joinUntil(operations, code, loss, new SplittableRandom(seed * 31L + operations));
                world.checkJoined(host, code, loss + ", operation " + operations);
            }
            return operations;
        }
    }

    /** Returns how many operations there were. */
    private int play(Work work, PowerLoss loss, int seed) throws IOException {
        try (Fleet fleet = new Fleet(states.resolve("fleet-" + worlds++))) {
            Device a = fleet.create("a");
            fleet.join(a, "b");
            Device reader = fleet.join(a, "reader");
            a.space.compaction().retire(reader.space.status().self().id());
            reader.space.close();
            fleet.devices().remove(reader);
            fleet.sync();
            work.before().accept(fleet);
            a.space.close();
            Backup state = a.backupState();
            Backup folder = a.backup();
            int operations = 0;
            for (boolean crashed = true; crashed; operations++) {
                World world = new World(fleet, state, folder);
                crashed = world.crashAt(operations, work, loss, new SplittableRandom(seed * 31L + operations));
                world.check(reader, fleet, work + ", " + loss + ", operation " + operations);
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
            Files.createDirectories(state);
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
            Space space = Space.open(folder, options());
            cutPowerAt(number);
            boolean crashed = crashes(() -> work.work().accept(space));
            end(loss, random, space::close);
            return crashed;
        }

        /** Joins, unless the power goes before. */
        boolean joinUntil(int number, String code, PowerLoss loss, SplittableRandom random) throws IOException {
            cutPowerAt(number);
            List<Space> joined = new ArrayList<>();
            boolean crashed = crashes(() -> joined.add(join(code)));
            end(loss, random, () -> joined.forEach(Space::close));
            return crashed;
        }

        /** What a user does who does not know how far it came. */
        Space joinAgain(String code) {
            try {
                return Space.open(folder, options());
            } catch (SpaceException notYet) {
                assertThat(notYet.code()).isIn(SpaceException.Code.NO_IDENTITY, SpaceException.Code.AWAITING_APPROVAL);
                return join(code);
            }
        }

        private Space join(String code) {
            return ((JoinResult.Joined) Space.join(folder, code, options())).space();
        }

        private void cutPowerAt(int number) {
            int[] left = {number};
            disk.set((operation, path) -> {
                if (left[0]-- == 0) {
                    disk.cutPower();
                    throw new PowerCutError(operation + " of " + path);
                }
            });
        }

        private void end(PowerLoss loss, SplittableRandom random, Runnable close) throws IOException {
            disk.cutPower();
            Path dead = state;
            state = states.resolve("world-" + worlds++);
            copyState(dead);
            crashes(close);
            disk.restorePower(loss, random);
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

        /** The device gets in by the same invite, reads and is read. */
        void checkJoined(Device host, String code, String where) throws IOException {
            try (Space space = joinAgain(code)) {
                space.refresh();
                assertThat(space.document("notes").toPlain()).as(where).containsEntry("before", "v");
                space.commit(tx -> tx.on("notes").map().put("after", "v"));
                assertThat(space.flush()).as(where).isTrue();
                Device reader = fleet.cloneOfReader(host);
                for (String path : files()) {
                    reader.receive(path, Files.readAllBytes(folder.resolve(path)));
                }
                reader.space.refresh();
                assertThat(reader.space.stateHash()).as(where).isEqualTo(space.stateHash());
                assertThat(reader.space.status().others())
                        .as(where)
                        .singleElement()
                        .satisfies(device -> {
                            assertThat(device.role()).isEqualTo("writer");
                            assertThat(device.id())
                                    .isEqualTo(space.status().self().id());
                        });
                assertThat(reader.space.status().waiting()).as(where).isEmpty();
                assertThat(reader.space.status().files()).as(where).isEmpty();
                reader.close();
            }
        }

        private List<String> files() throws IOException {
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
