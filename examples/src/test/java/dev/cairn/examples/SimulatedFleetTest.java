package dev.cairn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.simulation.fleet.Happening;
import dev.cairn.simulation.fleet.SimulatedApp;
import dev.cairn.simulation.fleet.SimulatedDevice;
import dev.cairn.simulation.fleet.Simulation;
import dev.cairn.simulation.profile.SyncProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How an application is tested with a simulated fleet: one which knows nothing of Cairn, and one which is built on it.
 */
final class SimulatedFleetTest {
    private static final Set<Happening> FAULTS =
            EnumSet.of(Happening.KILL, Happening.OFFLINE, Happening.CLOCK_JUMP, Happening.FILE_COPIED);

    @TempDir
    private Path states;

    /** Bookmarks, each in a file of its own. */
    record Bookmarks(SimulatedDevice device, Set<String> added) implements SimulatedApp {
        @Override
        public void use(RandomGenerator choices) throws IOException {
            String url = "https://example.org/" + Long.toHexString(choices.nextLong());
            Files.writeString(device.folder().resolve(url.substring(20) + ".url"), url);
            added.add(url);
        }

        Set<String> all() throws IOException {
            try (Stream<Path> files = Files.list(device.folder())) {
                Set<String> urls = new TreeSet<>();
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".url")).toList()) {
                    urls.add(Files.readString(file));
                }
                return urls;
            }
        }
    }

    @Test
    void bookmarksReachEveryDevice() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            Set<String> added = new TreeSet<>();
            try (Simulation<Bookmarks> fleet = Simulation.of(SyncProfile.dropbox(), seed)
                    .faults(FAULTS)
                    .start(device -> new Bookmarks(device, added))) {
                fleet.run(Duration.ofHours(8));
                fleet.heal();
                fleet.sync().settle();
                for (Bookmarks bookmarks : fleet.apps()) {
                    assertThat(bookmarks.all())
                            .as("seed %d\n%s", seed, fleet.timeline())
                            .containsAll(added);
                }
            }
        }
    }

    /** A counter of visits in a Cairn space; the first device founds it, and the others join by its invites. */
    static final class Visits implements SimulatedApp {
        private static final List<String> INVITES = new ArrayList<>();

        private final SimulatedDevice device;
        private final SpaceOptions options;
        private Optional<Space> space;

        Visits(SimulatedDevice device) {
            this.device = device;
            this.options = SpaceOptions.inState(device.state()).toBuilder()
                    .deviceName(device.name())
                    .clock(device.clock())
                    .executor(Runnable::run)
                    .build();
            this.space = Optional.empty();
            if (Files.exists(device.state().resolve("keys"))) {
                space = Optional.of(Space.open(device.folder(), options));
            } else if (device.name().equals("device-0")) {
                Space founded = Space.create(device.folder(), options);
                INVITES.clear();
                INVITES.add(founded.invite(InviteOptions.writer()).code());
                founded.flush();
                space = Optional.of(founded);
            }
        }

        @Override
        public void use(RandomGenerator choices) {
            space.ifPresent(
                    open -> open.commit(tx -> tx.on("site").counter("visits").add(1)));
            tick();
        }

        @Override
        public void tick() {
            if (space.isEmpty()
                    && Space.join(device.folder(), INVITES.get(0), options) instanceof JoinResult.Joined joined) {
                space = Optional.of(joined.space());
            }
            space.ifPresent(open -> {
                open.refresh();
                open.flush();
            });
        }

        long visits() {
            return space.orElseThrow().document("site").counter("visits");
        }

        @Override
        public void close() {
            space.ifPresent(Space::close);
        }
    }

    @Test
    void visitsAreCountedOnEveryDevice() {
        try (Simulation<Visits> fleet = Simulation.of(SyncProfile.syncthing(), 7)
                .devices(2)
                .statesIn(states.resolve("visits"))
                .start(Visits::new)) {
            fleet.run(Duration.ofHours(8));
            fleet.heal();
            assertThat(fleet.settle(10, Duration.ofMinutes(2), () -> agree(fleet)))
                    .isTrue();
            assertThat(fleet.apps().get(0).visits()).isPositive();
        }
    }

    private static boolean agree(Simulation<Visits> fleet) {
        return fleet.apps().stream().map(Visits::visits).distinct().count() == 1;
    }
}
