package dev.cairn.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.fleet.FleetOptions.Company;
import dev.cairn.cli.fleet.FleetResult.Broken;
import dev.cairn.simulation.fleet.Happening;
import dev.cairn.simulation.fleet.SimulatedDevice;
import dev.cairn.simulation.fleet.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Fleets of any size over any tool, to which anything happens in any order: every rule holds, and where one does not,
 * few steps remain.
 *
 * <p>A build says the same of the same code, so it always plays the same stories. {@code proof/long stories=N} plays
 * those of seeds which it draws at random, and names.
 */
final class FleetProperties {
    private static final int SHRINKINGS_MAX = 150;
    private static final long FIRST = Long.getLong("cairn.stories.first", 1);
    private static final long LAST = Long.getLong("cairn.stories.last", 100);

    /** A fleet and what happens to it. */
    record Story(long seed, FleetOptions options, List<Step> steps) {

        /** The rules which are broken when a fleet made in a place of its own plays it. */
        List<Broken> broken(Function<Path, CairnFleet> fleets) {
            try {
                Path scratch = Files.createTempDirectory("fleet-properties");
                try {
                    return fleets.apply(scratch).play(seed, options, steps).broken();
                } finally {
                    remove(scratch);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Broken> broken() {
            return broken(scratch -> new CairnFleet(scratch, List.of()));
        }

        Story with(List<Step> others) {
            return new Story(seed, options, others);
        }

        @Override
        public String toString() {
            return "seed " + seed + " " + options.arguments() + " " + steps;
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    static Arbitrary<Story> stories() {
        Arbitrary<FleetOptions> fleets = Combinators.combine(
                        Arbitraries.of(FleetOptions.profiles()),
                        Arbitraries.integers().between(2, 4),
                        Arbitraries.of(Company.class).set())
                .as((tool, devices, company) ->
                        new FleetOptions(tool, devices, Duration.ofMinutes(40), Happening.faults(), company));
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1 << 20),
                        fleets,
                        steps(4).list().ofMaxSize(80))
                .as(Story::new);
    }

    /** Users act most of the time; the simplest of all steps is one of a user. */
    private static Arbitrary<Step> steps(int devices) {
        Arbitrary<Happening> happenings = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(Happening.USE)),
                Tuple.of(3, Arbitraries.of(Happening.TICK, Happening.RESTART)),
                Tuple.of(3, Arbitraries.of(faults())));
        return Combinators.combine(
                        Arbitraries.integers().between(1, 60_000),
                        Arbitraries.integers().between(0, devices - 1),
                        happenings,
                        Arbitraries.longs().greaterOrEqual(0))
                .as((millis, device, happening, choice) ->
                        new Step(Duration.ofMillis(millis), device, happening, choice));
    }

    private static List<Happening> faults() {
        return Arrays.stream(Happening.values()).filter(Happening::isFault).toList();
    }

    @Property(tries = 10, seed = "1")
    void whateverHappensEveryRuleHolds(@ForAll("stories") Story story) {
        assertThat(story.broken()).isEmpty();
    }

    /** All of them are played, whichever fail; the first to fail is made as short as it gets. */
    @Tag("long")
    @Example
    void whateverIsDrawnEveryRuleHolds() {
        List<String> failures = new ArrayList<>();
        for (long seed = FIRST; seed <= LAST; seed++) {
            Shrinkable<Story> drawn = stories().generator(1000, true).next(new Random(seed));
            if (!drawn.value().broken().isEmpty()) {
                Story story = failures.isEmpty()
                        ? shrunk(drawn, simpler -> !simpler.broken().isEmpty())
                        : drawn.value();
                failures.add("stories=" + seed + ".." + seed + ": " + story + " breaks " + story.broken());
            }
        }
        assertThat(failures).as("of the stories %d to %d", FIRST, LAST).isEmpty();
    }

    /** A device finds that a copy of it goes on under its id; the other id which it takes has announced nothing. */
    @Example
    void whoTakesAnotherIdHasNothingToAnnounceUnderTheFormer() {
        FleetOptions options = new FleetOptions(
                "perfect", 2, Duration.ofMinutes(40), Happening.faults(), Set.of(Company.LEADER, Company.SEALED));
        List<Step> steps = List.of(
                new Step(Duration.ofMillis(10_805), 3, Happening.TICK, 440_811),
                new Step(Duration.ofMillis(48), 0, Happening.RESTART, 4_778_513_854_105_280_172L),
                new Step(Duration.ofMillis(54), 2, Happening.CLONED, 163),
                new Step(Duration.ofMillis(3_426), 0, Happening.REORDERED_POWER_LOSS, 28_509),
                new Step(Duration.ofMillis(406), 3, Happening.USE, 2_363),
                new Step(Duration.ofMillis(73), 2, Happening.USE, 19_956_500_531_782L),
                new Step(Duration.ofMillis(11_611), 3, Happening.RESTART, 5_458_678),
                new Step(Duration.ofMillis(47), 2, Happening.TICK, 81_313),
                new Step(Duration.ofMillis(2), 1, Happening.TICK, 9_223_372_036_854_775_807L),
                new Step(Duration.ofMillis(5), 3, Happening.CLONED, 11_676),
                new Step(Duration.ofMillis(54), 3, Happening.READS_FAIL, 210_063),
                new Step(Duration.ofMillis(21), 3, Happening.USE, 847));
        assertThat(new Story(88, options, steps).broken()).isEmpty();
    }

    /** A device that is no member signs changes under the owner's id, and who joins last reads them first. */
    @Example
    void whatANonMemberSignsGivesNothingAnotherName() {
        FleetOptions options = new FleetOptions(
                "icloud",
                3,
                Duration.ofMinutes(40),
                Happening.faults(),
                Set.of(Company.HOSTILE, Company.LEADER, Company.SEALED, Company.SHARED_CODES));
        List<Step> steps = List.of(
                new Step(Duration.ofMillis(39), 0, Happening.TICK, 240),
                new Step(Duration.ofMillis(180), 0, Happening.USE, 7_417_915),
                new Step(Duration.ofMillis(160), 0, Happening.TRUNCATED, 12),
                new Step(Duration.ofMillis(1_444), 3, Happening.TICK, 6),
                new Step(Duration.ofMillis(76), 3, Happening.FOREIGN_FILE, 83_557),
                new Step(Duration.ofMillis(375), 0, Happening.USE, 11_012_983),
                new Step(Duration.ofMillis(58_216), 2, Happening.TICK, 1_072),
                new Step(Duration.ofMillis(145), 0, Happening.DISK_FULL, 287_357),
                new Step(Duration.ofMillis(59_999), 1, Happening.CLONED, 9_223_372_036_854_775_807L),
                new Step(Duration.ofMillis(14), 2, Happening.TICK, 5_556),
                new Step(Duration.ofMillis(4_656), 2, Happening.RESTART, 3_653_642_587_146_472_942L),
                new Step(Duration.ofMillis(7), 1, Happening.TRUNCATED, 4_525_010),
                new Step(Duration.ofMillis(58), 1, Happening.RESTART, 21_333),
                new Step(Duration.ofMillis(72), 1, Happening.RESTART, 240_140),
                new Step(Duration.ofMillis(510), 0, Happening.RESURRECTED, 2_757),
                new Step(Duration.ofMillis(31_339), 2, Happening.USE, 2_602_267),
                new Step(Duration.ofMillis(60_000), 1, Happening.KILL, 9_223_372_036_854_775_807L),
                new Step(Duration.ofMillis(2_171), 0, Happening.USE, 1_909),
                new Step(Duration.ofMillis(2_517), 3, Happening.USE, 4_651_455),
                new Step(Duration.ofMillis(14), 2, Happening.USE, 607_941),
                new Step(Duration.ofMillis(2_045), 0, Happening.TICK, 10));
        assertThat(new Story(12_843, options, steps).broken()).isEmpty();
    }

    /** Every kind of step, tool and company is drawn. */
    @Example
    void nothingIsLeftOutOfTheStories() {
        Set<Object> drawn = new HashSet<>();
        Random random = new Random(1);
        var stories = stories().generator(1000);
        for (int i = 0; i < 200; i++) {
            Story story = stories.next(random).value();
            drawn.add(story.options().profile());
            drawn.addAll(story.options().company());
            story.steps().forEach(step -> drawn.add(step.happening()));
        }
        assertThat(drawn)
                .containsAll(FleetOptions.profiles())
                .contains((Object[]) Company.values())
                .contains((Object[]) Happening.values());
    }

    /** A planted fault: whoever starts again has lost its local store, so that it needs little more than a restart. */
    @Example
    void aFailingStoryShrinksToTheFewStepsThatMatter() {
        FleetOptions alone = new FleetOptions("perfect", 1, Duration.ofMinutes(40), Happening.faults(), Set.of());
        Story beginning = new Story(7, alone, List.of());
        Random random = new Random(7);
        var generator = steps(1).list().ofMaxSize(30).map(beginning::with).generator(1000);
        Shrinkable<Story> failing = Stream.generate(() -> generator.next(random))
                .filter(story -> story.value().steps().size() >= 20)
                .filter(story -> breaksWithoutMemory(story.value()))
                .findFirst()
                .orElseThrow();
        Story least = shrunk(failing, FleetProperties::breaksWithoutMemory);
        assertThat(least.steps())
                .as("of %d steps", failing.value().steps().size())
                .hasSizeBetween(1, 3);
        assertThat(least.broken())
                .as("without the fault nothing is wrong with it")
                .isEmpty();
    }

    private static boolean breaksWithoutMemory(Story story) {
        return !story.broken(scratch -> new CairnFleet(scratch, List.of(), FleetProperties::forgetful))
                .isEmpty();
    }

    /** Follows the first simpler story that fails still, as the engine does. */
    private static Story shrunk(Shrinkable<Story> failing, Predicate<Story> fails) {
        Shrinkable<Story> least = failing;
        int[] tries = {0};
        Optional<Shrinkable<Story>> next = Optional.of(failing);
        while (next.isPresent() && tries[0] < SHRINKINGS_MAX) {
            least = next.get();
            next = least.shrink()
                    .takeWhile(any -> tries[0]++ < SHRINKINGS_MAX)
                    .filter(simpler -> fails.test(simpler.value()))
                    .findFirst();
        }
        return least.value();
    }

    private static FleetMember forgetful(SimulatedDevice device, Oracle oracle) {
        try (Stream<Path> files = Files.walk(device.state())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isRegularFile(file) && file.getFileName().toString().startsWith("local.db")) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CairnApp(device, oracle);
    }
}
