package dev.cairn.simulation.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fleet of a small application, under every fault alone and under all together. */
final class SimulationTest {
    private static final Duration SHIFT = Duration.ofHours(8);

    /** Writes each item into a file of its own, carefully or not, and keeps what it has seen in its private state. */
    private static final class Items implements SimulatedApp {
        private final SimulatedDevice device;
        private final boolean careful;
        private final Set<String> promised;

        Items(SimulatedDevice device, boolean careful, Set<String> promised) throws IOException {
            this.device = device;
            this.careful = careful;
            this.promised = promised;
            tick();
        }

        @Override
        public void use(RandomGenerator choices) throws IOException {
            String item = device.name() + "-" + Long.toHexString(choices.nextLong());
            save(device.state().resolve(item), item);
            promised.add(item);
            tick();
        }

        @Override
        public void tick() throws IOException {
            for (String item : items(device.folder())) {
                if (!Files.exists(device.state().resolve(item))) {
                    save(device.state().resolve(item), item);
                }
            }
            for (String item : items(device.state())) {
                save(device.folder().resolve(item + ".item"), item);
            }
        }

        private void save(Path file, String item) throws IOException {
            if (Files.exists(file)
                    && Files.readString(file, StandardCharsets.ISO_8859_1).equals(item + ".")) {
                return;
            }
            Path staged = file.resolveSibling("~syncthing~" + item + ".~.tmp");
            try (FileChannel channel = FileChannel.open(
                    staged,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                channel.write(ByteBuffer.wrap((item + ".").getBytes(StandardCharsets.UTF_8)));
                if (careful) {
                    channel.force(true);
                }
            }
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
            if (careful && !file.getFileSystem().getSeparator().equals("\\")) {
                try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                    directory.force(true);
                }
            }
        }

        /** What whole files say, whatever their names are. */
        private static Set<String> items(Path directory) throws IOException {
            Set<String> items = new TreeSet<>();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    if (text.matches("device-\\d(-clone\\d)*-[0-9a-f]+\\.")) {
                        items.add(text.substring(0, text.length() - 1));
                    }
                }
            }
            return items;
        }

        Set<String> all() throws IOException {
            return items(device.state());
        }
    }

    private record Outcome(Set<String> promised, List<Set<String>> found, List<String> trace) {}

    private static Outcome play(long seed, Set<Happening> faults, boolean careful) throws IOException {
        Set<String> promised = new TreeSet<>();
        List<String> trace = new ArrayList<>();
        try (Simulation<Items> fleet = Simulation.of(SyncProfile.syncthing(), seed)
                .disks(SimulatedDisks.unix(), SimulatedDisks.osX())
                .faults(faults)
                .start(device -> new Items(device, careful, promised))) {
            fleet.timeline().onLine(trace::add);
            fleet.run(SHIFT);
            fleet.heal();
            fleet.settle(4, Duration.ofMinutes(2), () -> false);
            List<Set<String>> found = new ArrayList<>();
            for (Items app : fleet.apps()) {
                found.add(app.all());
            }
            return new Outcome(promised, found, trace);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Happening.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"USE", "TICK", "RESTART", "READS_LIE"})
    void aCarefulApplicationSurvives(Happening fault) throws IOException {
        for (long seed = 0; seed < 2; seed++) {
            Outcome outcome = play(seed, EnumSet.of(fault), true);
            assertThat(outcome.promised()).isNotEmpty();
            for (Set<String> found : outcome.found()) {
                if (fault == Happening.BACKUP_RESTORED) {
                    assertThat(found).isSubsetOf(outcome.promised());
                } else {
                    assertThat(found).as("seed %d under %s", seed, fault).containsAll(outcome.promised());
                }
            }
        }
    }

    @Test
    void theSameSeedTellsTheSameStoryByteForByte() throws IOException {
        for (long seed = 0; seed < 3; seed++) {
            Outcome one = play(seed, Happening.faults(), true);
            Outcome other = play(seed, Happening.faults(), true);
            assertThat(String.join("\n", other.trace())).isEqualTo(String.join("\n", one.trace()));
            assertThat(one.trace()).hasSizeGreaterThan(100);
        }
        assertThat(play(1, Happening.faults(), true).trace())
                .isNotEqualTo(play(2, Happening.faults(), true).trace());
    }

    @Test
    void anApplicationWhichForgetsToForceIsFound() throws IOException {
        int lost = 0;
        for (long seed = 0; seed < 20; seed++) {
            Outcome outcome = play(seed, EnumSet.of(Happening.POWER_LOSS), false);
            lost += outcome.found().stream().allMatch(found -> found.containsAll(outcome.promised())) ? 0 : 1;
        }
        assertThat(lost).isPositive();
    }

    @Test
    void aBugOfTheApplicationEndsTheRunAndSaysWhere() {
        assertThatThrownBy(() -> Simulation.of(SyncProfile.perfect(), 1)
                        .devices(1)
                        .start(device -> choices -> {
                            throw new IllegalStateException("a bug");
                        })
                        .run(SHIFT))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("device-0: use failed")
                .hasMessageContaining("a bug");
    }

    /** Says the time every ten seconds by a timer of its own, and is never in the middle of something else then. */
    private record Ticking(SimulatedDevice device, List<Long> said, AtomicInteger working) implements SimulatedApp {
        Ticking {
            device.timer().after(Duration.ofSeconds(10), this::say);
        }

        private void say() throws IOException {
            assertThat(working.getAndIncrement()).isZero();
            Files.writeString(device.folder().resolve("said"), "x");
            said.add(device.timer().runningMillis());
            working.getAndDecrement();
            device.timer().after(Duration.ofSeconds(10), this::say);
        }

        @Override
        public void use(RandomGenerator choices) throws IOException {
            assertThat(working.getAndIncrement()).isZero();
            for (int i = 0; i < 150; i++) {
                Files.writeString(device.folder().resolve("used"), "x");
            }
            working.getAndDecrement();
        }
    }

    @Test
    void whatIsPlannedForLaterIsDoneInTimeAndNotAfterTheProcessHasEnded() {
        List<Long> said = new ArrayList<>();
        try (Simulation<Ticking> fleet = Simulation.of(SyncProfile.perfect(), 1)
                .devices(1)
                .start(device -> new Ticking(device, said, new AtomicInteger()))) {
            fleet.sync().advance(Duration.ofSeconds(45));
            assertThat(said).hasSize(4);
            assertThat(said.get(3) - said.get(0)).isEqualTo(30_000);
            fleet.play(List.of(new Step(Duration.ofSeconds(1), 0, Happening.RESTART, 1)));
            fleet.sync().advance(Duration.ofSeconds(45));
            assertThat(said).as("only the new process goes on").hasSize(8);
        }
    }

    @Test
    void whatIsPlannedForLaterWaitsUntilTheProcessIsAtRest() {
        List<Long> said = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (int choice = 0; choice < 20; choice++) {
            steps.add(new Step(Duration.ofMillis(500), 0, Happening.INTERLEAVED, choice));
        }
        try (Simulation<Ticking> fleet = Simulation.of(SyncProfile.perfect(), 1)
                .devices(1)
                .faults(Set.of(Happening.INTERLEAVED))
                .start(device -> new Ticking(device, said, new AtomicInteger()))) {
            fleet.play(steps);
            assertThat(said).as("its time came while it worked, and passed").isNotEmpty();
        }
    }

    @Test
    void faultsHaveNames() {
        assertThat(Happening.named("power-loss")).contains(Happening.POWER_LOSS);
        assertThat(Happening.named("Power_Loss")).contains(Happening.POWER_LOSS);
        assertThat(Happening.named("flood")).isEmpty();
        assertThat(Happening.faults()).allMatch(Happening::isFault).hasSize(Happening.values().length - 3);
        assertThat(Happening.REORDERED_POWER_LOSS.label()).isEqualTo("reordered-power-loss");
    }

    /** Their numbers follow those of the devices a fleet began with. */
    @Test
    void copiesActOnceTheyAreThereLikeAllOthers() {
        List<Step> steps = Step.of(new SplittableRandom(7), Duration.ofHours(8), 3, EnumSet.of(Happening.CLONED));
        int copies = 0;
        int acted = 0;
        for (Step step : steps) {
            assertThat(step.device()).isLessThan(3 + copies);
            acted += step.device() < 3 ? 0 : 1;
            copies += step.happening() == Happening.CLONED && copies < Simulation.CLONES_MAX ? 1 : 0;
        }
        assertThat(acted).isBetween(steps.size() / 4, steps.size() / 2);
    }

    /** Drawn steps often have one choice; machines with the same chance would make the same keys and ids. */
    @Test
    void noTwoCopiesDrawTheSameNumbers() {
        Set<Long> drawn = new TreeSet<>();
        try (Simulation<SimulatedApp> fleet = Simulation.of(SyncProfile.perfect(), 1)
                .devices(2)
                .start(device -> {
                    drawn.add(device.random().nextLong());
                    return choices -> {};
                })) {
            fleet.play(List.of(
                    new Step(Duration.ZERO, 0, Happening.CLONED, 7), new Step(Duration.ZERO, 1, Happening.CLONED, 7)));
            assertThat(drawn).hasSameSizeAs(fleet.devices()).hasSize(4);
        }
    }
}
