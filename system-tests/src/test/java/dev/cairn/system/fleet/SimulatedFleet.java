package dev.cairn.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.replica.SpaceStatus;
import dev.cairn.simulation.SimulatedSync;
import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Devices of one space on unlike disks, joined by a simulated sync tool, which do what a seed tells them; and the check
 * of everything that must hold afterwards.
 */
final class SimulatedFleet implements AutoCloseable {
    private static final String DOCUMENT = "winter-journal";
    private static final String WORD = "lantern";
    /** Rounds of publishing, carrying and reading after which a healed fleet must agree. */
    private static final int ROUNDS = 8;

    private final SplittableRandom random;
    private final SimulatedSync sync;
    private final List<Device> devices = new ArrayList<>();
    private int written;

    SimulatedFleet(SyncProfile tool, long seed, Path states, int size) {
        this.random = new SplittableRandom(seed);
        this.sync = SimulatedSync.of(tool, seed);
        List<SimulatedDisks> disks = List.of(SimulatedDisks.unix(), SimulatedDisks.windows(), SimulatedDisks.osX());
        for (int i = 0; i < size; i++) {
            String name = "device-" + i;
            Path folder =
                    disks.get(i % disks.size()).newFolder(name, sync.time().clock());
            sync.join(name, folder);
            devices.add(new Device(name, folder, states.resolve(name)));
        }
        found();
    }

    private void found() {
        List<Device> all = List.copyOf(devices);
        devices.retainAll(all.subList(0, 1));
        Device owner = all.get(0);
        owner.space = Space.create(owner.folder, owner.options());
        for (Device device : all.subList(1, all.size())) {
            String code = owner.space().invite(InviteOptions.writer()).code();
            owner.space().flush();
            sync.settle();
            if (!(Space.join(device.folder, code, device.options()) instanceof JoinResult.Joined joined)) {
                throw new IllegalStateException("an open invite must admit at once");
            }
            device.space = joined.space();
            devices.add(device);
            exchange();
        }
    }

    /** Lets the seed choose who does what, how long it takes, and who is cut off. */
    void live(int steps) {
        for (int i = 0; i < steps; i++) {
            Device device = devices.get(random.nextInt(devices.size()));
            switch (random.nextInt(12)) {
                case 0 -> device.restart();
                case 1 -> sync.disconnect(device.name);
                case 2 -> sync.heal();
                case 3 -> device.space().flush();
                case 4, 5 -> device.space().refresh();
                default -> write(device);
            }
            device.space().duties();
            sync.advance(Duration.ofMillis(random.nextInt(40_000)));
        }
    }

    private void write(Device device) {
        int number = written++;
        device.space().commit(tx -> {
            tx.on(DOCUMENT).counter("written").add(1);
            int length = tx.on(DOCUMENT).text("body").length();
            tx.on(DOCUMENT).text("body").insert(random.nextInt(length + 1), "[" + WORD + number + "]");
            tx.on(DOCUMENT).map().put("last-" + random.nextInt(3), number);
            tx.on(DOCUMENT).list("pages").insert(0, number);
        });
    }

    private void exchange() {
        devices.forEach(device -> device.space().flush());
        sync.settle();
        devices.forEach(device -> device.space().refresh());
    }

    /** Joins all again and checks what must hold. */
    void check() {
        sync.heal();
        for (int round = 0; round < ROUNDS && !agree(); round++) {
            exchange();
        }
        assertThat(agree()).as(this::story).isTrue();
        for (Device device : devices) {
            assertThat(device.space().document(DOCUMENT).counter("written"))
                    .as(this::story)
                    .isEqualTo(written);
            assertThat(device.space().document(DOCUMENT).list("pages")).hasSize(written);
            assertThat(device.space().status().waiting()).as(this::story).isEmpty();
            assertThat(device.space().status().alarms()).as(this::story).isEmpty();
            assertThat(device.space().status().files())
                    .as(this::story)
                    .noneMatch(file -> file.state() == SpaceStatus.FileState.REFUSED
                            || file.state() == SpaceStatus.FileState.WAITING);
            assertThat(plaintext(device.folder)).as(this::story).isEmpty();
        }
        assertThat(sync.counters().conflictCopies()).as(this::story).isZero();
    }

    private boolean agree() {
        long states = devices.stream()
                .map(device -> device.space().stateHash())
                .distinct()
                .count();
        return states == 1
                && devices.stream()
                        .allMatch(device -> device.space().document(DOCUMENT).counter("written") == written);
    }

    private String story() {
        StringBuilder story = new StringBuilder();
        devices.forEach(device -> story.append(device.space().status()).append('\n'));
        return story.append(sync.timeline()).toString();
    }

    /** Files in which something readable stands. */
    private static List<String> plaintext(Path folder) {
        Set<String> secrets = Set.of(DOCUMENT, WORD, "written", "device-0", "device-1");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> secrets.stream().anyMatch(secret -> holds(file, secret)))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(Path file, String secret) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret)
                    || file.getFileName().toString().contains(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        devices.forEach(Device::close);
    }

    /** One device. */
    private final class Device {
        private final String name;
        private final Path folder;
        private final Path state;
        private Space space;

        @SuppressWarnings("NullAway.Init")
        private Device(String name, Path folder, Path state) {
            this.name = name;
            this.folder = folder;
            this.state = state;
        }

        private SpaceOptions options() {
            return SpaceOptions.inState(state).toBuilder()
                    .deviceName(name)
                    .clock(sync.clock(name))
                    .executor(Runnable::run)
                    .build();
        }

        private Space space() {
            return space;
        }

        private void restart() {
            space.close();
            space = Space.open(folder, options());
        }

        private void close() {
            space.close();
        }
    }
}
