package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.Fleet.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Fleets that compact all the time, whatever a folder does to them: invariant I1 holds after every event, and in the
 * end every device has every change that was acknowledged.
 */
class RetirementProperties {
    private static final int STEPS = 45;

    @Property(tries = 6)
    void nothingIsEverOutsideOfFileAndCheckpoint(@ForAll long seed) {
        Path states = temporary();
        try (Fleet fleet = new Fleet(states).retiringAfter(Duration.ofDays(1))) {
            new Run(fleet, new Random(seed)).run();
        } finally {
            delete(states);
        }
    }

    /** One random history. */
    private static final class Run {
        private final Fleet fleet;
        private final Random random;
        private final InvariantOne invariant;
        private final Set<String> acknowledged = new TreeSet<>();
        private final List<String> story = new ArrayList<>();
        private final java.util.Map<String, byte[]> graveyard = new java.util.TreeMap<>();

        private Run(Fleet fleet, Random random) {
            this.fleet = fleet;
            this.random = random;
            this.invariant = new InvariantOne(fleet);
        }

        private void run() {
            Device owner = fleet.create("d0");
            fleet.join(owner, "d1");
            fleet.join(owner, "d2");
            for (int i = 0; i < STEPS; i++) {
                step(i);
                assertThat(invariant.broken())
                        .as(() -> String.join("\n", story))
                        .isEmpty();
            }
            owner.space.compaction().status();
            for (Device device : fleet.devices()) {
                device.space.compaction().comeBack();
            }
            for (int round = 0; round < 3; round++) {
                fleet.sync();
            }
            assertThat(invariant.broken()).isEmpty();
            String hash = owner.space.stateHash();
            for (Device device : fleet.devices()) {
                assertThat(device.space.document("all").map().entries().keySet())
                        .as(() -> String.join("\n", story))
                        .containsAll(acknowledged);
                assertThat(device.space.stateHash())
                        .as(() -> device.name + ": " + device.space.status() + "\n" + owner.space.status() + "\n"
                                + String.join("\n", story))
                        .isEqualTo(hash);
                assertThat(device.space.status().waiting()).isEmpty();
            }
            Device fresh = fleet.join(owner, "fresh");
            fleet.sync();
            assertThat(fresh.space.stateHash())
                    .as(() -> fresh.space.status() + "\n" + owner.space.status() + "\n"
                            + fresh.space.compaction().status() + "\n" + String.join("\n", story))
                    .isEqualTo(owner.space.stateHash());
        }

        private void step(int number) {
            List<Device> devices = fleet.devices();
            Device device = devices.get(random.nextInt(devices.size()));
            int what = random.nextInt(16);
            story.add(number + ": " + device.name + " " + what);
            switch (what) {
                case 0, 1, 2 -> commit(device);
                case 3 -> device.sealAll();
                case 4, 5 -> days(3);
                case 6, 7 -> checkpoint(device);
                case 8 -> copySome(device);
                case 9 -> device.restart();
                case 10 -> lose(device);
                case 11 -> resurrect(device);
                case 12 -> two();
                case 13 -> retireOrReturn(device);
                case 14 -> device.space.refresh();
                default -> {
                    List<Device> online = new ArrayList<>(devices);
                    online.remove(random.nextInt(online.size()));
                    fleet.clock.advance(Duration.ofDays(1));
                    fleet.syncAmong(online);
                }
            }
        }

        private void commit(Device device) {
            String key = "k" + acknowledged.size();
            device.space.commit(tx -> {
                tx.on("all").map().put(key, key);
                tx.on("prose").text("body").insert(0, key);
            });
            acknowledged.add(key);
            device.space.flush();
        }

        private void days(int count) {
            for (int i = 0; i < count; i++) {
                fleet.clock.advance(Duration.ofDays(1));
                fleet.syncAmong(fleet.devices());
            }
        }

        private static void checkpoint(Device device) {
            if (device.space.status().changes() > 0) {
                device.space.compaction().checkpoint((done, total) -> {});
            }
        }

        /** Two devices compact at once, as two leaders would. */
        private void two() {
            checkpoint(fleet.devices().get(0));
            checkpoint(fleet.devices().get(1));
        }

        private void retireOrReturn(Device device) {
            Device owner = fleet.devices().get(0);
            if (device != owner && !owner.space.compaction().isRetired(device.space.device())) {
                owner.space.compaction().retire(device.space.device());
                owner.space.compaction().cleanRetired();
                owner.space.flush();
            } else {
                device.space.compaction().comeBack();
            }
        }

        private void copySome(Device from) {
            Device to = fleet.devices().get(random.nextInt(fleet.devices().size()));
            List<String> paths = new ArrayList<>(from.ownFiles());
            Collections.shuffle(paths, random);
            paths.subList(0, random.nextInt(paths.size() + 1)).forEach(path -> from.copyTo(to, path));
        }

        /** A file goes from one copy of the folder, and comes back later; its own writer's copy is not touched. */
        private void lose(Device device) {
            List<String> paths = new ArrayList<>(device.files());
            paths.removeAll(device.ownFiles());
            paths.removeIf(path -> !path.endsWith(".cairn"));
            if (!paths.isEmpty()) {
                String path = paths.get(random.nextInt(paths.size()));
                graveyard.put(path, device.read(path));
                device.delete(path);
            }
        }

        private void resurrect(Device device) {
            graveyard.forEach((path, bytes) -> {
                if (!path.contains("head-")) {
                    device.put(path, bytes);
                }
            });
            device.space.refresh();
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("cairn-retirement");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
