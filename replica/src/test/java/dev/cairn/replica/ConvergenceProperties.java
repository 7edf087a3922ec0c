package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.Fleet.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever subset of files arrives, in whatever order and under whatever names, devices end up the same. */
class ConvergenceProperties {
    private static final int STEPS = 40;

    @Property(tries = 12)
    void allDevicesConvergeAndNothingAcknowledgedIsLost(@ForAll long seed) {
        try (ScratchDirectory scratch = ScratchDirectory.make();
                Fleet fleet = new Fleet(scratch.path())) {
            new Run(fleet, new Random(seed)).run();
        }
    }

    /** One random history. */
    private static final class Run {
        private final Fleet fleet;
        private final Random random;
        private final Set<String> acknowledged = new TreeSet<>();
        private long added;

        private Run(Fleet fleet, Random random) {
            this.fleet = fleet;
            this.random = random;
        }

        private void run() {
            Device owner = fleet.create("d0");
            for (int i = 1; i < 3; i++) {
                fleet.join(owner, "d" + i);
            }
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            fleet.sync();
            fleet.sync();
            String hash = owner.space.stateHash();
            for (Device device : fleet.devices()) {
                assertThat(device.space.stateHash()).isEqualTo(hash);
                assertThat(device.space.document("all").map().entries().keySet())
                        .containsAll(acknowledged);
                assertThat(device.space.document("all").counter("sum")).isEqualTo(added);
                assertThat(device.space.status().waiting()).isEmpty();
            }
            owner.restart();
            assertThat(owner.space.stateHash()).isEqualTo(hash);
        }

        private void step() {
            Device device = fleet.devices().get(random.nextInt(fleet.devices().size()));
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> commit(device);
                case 4 -> {
                    device.space.flush();
                    fleet.clock.advance(Duration.ofMinutes(random.nextInt(3000) - 500));
                }
                case 5, 6 -> copySome(device);
                case 7 -> device.space.refresh();
                case 8 -> device.restart();
                default -> loseOrCopyAFile(device);
            }
        }

        private void commit(Device device) {
            String key = "k" + acknowledged.size();
            int at = random.nextInt(1000);
            device.space.commit(tx -> {
                tx.on("all").map().put(key, at);
                tx.on("all").map().put("contended", key);
                tx.on("all").counter("sum").add(at);
                tx.on("all").list("list").insert(at % (tx.on("all").list("list").size() + 1), key);
                tx.on("prose")
                        .text("body")
                        .insert(at % (tx.on("prose").text("body").length() + 1), key + " ");
                if (at % 5 == 0 && tx.on("prose").text("body").length() > 3) {
                    tx.on("prose").text("body").delete(0, 2);
                }
            });
            acknowledged.add(key);
            added += at;
        }

        private void copySome(Device from) {
            Device to = fleet.devices().get(random.nextInt(fleet.devices().size()));
            List<String> paths = new ArrayList<>(from.files());
            Collections.shuffle(paths, random);
            for (String path : paths.subList(0, random.nextInt(paths.size() + 1))) {
                if (random.nextInt(8) == 0) {
                    to.put("moved/" + random.nextInt(50) + " (1).cairn", from.read(path));
                } else {
                    from.copyTo(to, path);
                }
            }
        }

        private void loseOrCopyAFile(Device device) {
            List<String> paths = device.files();
            String path = paths.get(random.nextInt(paths.size()));
            if (path.endsWith("json")) {
                return;
            }
            if (random.nextBoolean()) {
                device.delete(path);
            } else {
                device.put(path.replace(".cairn", ".sync-conflict-20261120-222614-BFPIYIL.cairn"), device.read(path));
            }
        }
    }
}
