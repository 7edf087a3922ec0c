package dev.cairn.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.fleet.FleetOptions.Company;
import dev.cairn.cli.fleet.FleetResult.Broken;
import dev.cairn.replica.Space;
import dev.cairn.simulation.fleet.Happening;
import dev.cairn.simulation.fleet.SimulatedDevice;
import dev.cairn.simulation.fleet.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole fleet in which one device waits for nobody: the rules about what is withdrawn see it. */
final class HastyDeviceTest {
    private static final FleetOptions OPTIONS =
            new FleetOptions("perfect", 2, Duration.ofHours(8), Set.of(), Set.of(Company.COMPACTING));

    @TempDir
    private Path directory;

    /** Deletes its segments as soon as it has a checkpoint, whoever lacks them. */
    private static final class Hasty implements FleetMember {
        private final SimulatedDevice device;
        private final CairnApp app;

        Hasty(SimulatedDevice device, Oracle oracle) {
            this.device = device;
            this.app = new CairnApp(device, oracle);
        }

        @Override
        public void use(RandomGenerator choices) {
            app.use(choices);
        }

        @Override
        public void tick() {
            app.tick();
            app.space().filter(space -> space.status().changes() > 0).ifPresent(space -> {
                space.compaction().checkpoint((done, total) -> {});
                deleteSegments(space);
            });
        }

        private void deleteSegments(Space space) {
            Path own = device.folder()
                    .resolve("devices")
                    .resolve(space.status().self().writers().get(0).toString())
                    .resolve("changes");
            try (Stream<Path> files = Files.exists(own) ? Files.walk(own) : Stream.of()) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            app.close();
        }
    }

    /** Has joined, and reads nothing any more. */
    private record Deaf(CairnApp app) implements FleetMember {
        @Override
        public void use(RandomGenerator choices) {
            tick();
        }

        @Override
        public void tick() {
            if (app.space().isEmpty()) {
                app.tick();
            }
        }

        @Override
        public void close() {
            app.close();
        }
    }

    private static List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            steps.add(new Step(Duration.ofSeconds(30), i % 2, Happening.TICK, i));
        }
        for (int i = 0; i < 24; i++) {
            steps.add(new Step(Duration.ofSeconds(30), 0, i % 4 == 3 ? Happening.TICK : Happening.USE, i));
        }
        return steps;
    }

    private List<String> broken(BiFunction<SimulatedDevice, Oracle, FleetMember> first) {
        CairnFleet fleet = new CairnFleet(
                directory,
                List.of(),
                (device, oracle) -> device.name().equals("device-1")
                        ? new Deaf(new CairnApp(device, oracle))
                        : first.apply(device, oracle));
        return fleet.play(1, OPTIONS, steps()).broken().stream()
                .map(Broken::invariant)
                .toList();
    }

    @Test
    void aDeviceThatWaitsForNobodyIsSeen() {
        assertThat(broken(Hasty::new)).contains("withdrawn-when-all-agree", "withdrawn-as-announced");
        assertThat(broken(CairnApp::new)).doesNotContain("withdrawn-when-all-agree", "withdrawn-as-announced");
    }
}
