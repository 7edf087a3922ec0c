package dev.cairn.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.fleet.FleetOptions.Company;
import dev.cairn.simulation.fleet.Happening;
import dev.cairn.simulation.fleet.SimulatedDevice;
import dev.cairn.simulation.fleet.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;

/**
 * Fleets of any size over any tool, to which anything happens in any order: every rule holds, and where one does not,
 * few steps remain.
 */
final class FleetProperties {
    private static final int SHRINKINGS_MAX = 150;

    private final Path scratch = newScratch();

    private static Path newScratch() {
        try {
            return Files.createTempDirectory("fleet-properties");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterTry
    void removeScratch() throws IOException {
        Files.deleteIfExists(scratch);
    }

    /** A fleet and what happens to it. */
    record Story(long seed, FleetOptions options, List<Step> steps) {
        FleetResult play(CairnFleet fleet) {
            return fleet.play(seed, options, steps);
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

    @Property(tries = 10)
    void whateverHappensEveryRuleHolds(@ForAll("stories") Story story) {
        assertThat(story.play(new CairnFleet(scratch, List.of())).broken()).isEmpty();
    }

    /** A device finds that a copy of it goes on under its id; it takes another, under which it has announced nothing. */
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
        assertThat(new CairnFleet(scratch, List.of()).play(88, options, steps).broken())
                .isEmpty();
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
        CairnFleet forgetful = new CairnFleet(scratch, List.of(), FleetProperties::forgetful);
        FleetOptions alone = new FleetOptions("perfect", 1, Duration.ofMinutes(40), Happening.faults(), Set.of());
        Random random = new Random(7);
        var generator = steps(1).list().ofMaxSize(30).generator(1000);
        Shrinkable<List<Step>> failing = Stream.generate(() -> generator.next(random))
                .filter(steps -> steps.value().size() >= 20)
                .filter(steps -> isBroken(forgetful, alone, steps.value()))
                .findFirst()
                .orElseThrow();
        List<Step> least = shrunk(forgetful, alone, failing);
        assertThat(least).as("of %d steps", failing.value().size()).hasSizeBetween(1, 3);
        assertThat(new CairnFleet(scratch, List.of()).play(7, alone, least).broken())
                .as("without the fault nothing is wrong with it")
                .isEmpty();
    }

    private static boolean isBroken(CairnFleet fleet, FleetOptions options, List<Step> steps) {
        return !fleet.play(7, options, steps).isGood();
    }

    /** Follows the first simpler story that fails still, as the engine does. */
    private static List<Step> shrunk(CairnFleet fleet, FleetOptions options, Shrinkable<List<Step>> failing) {
        Shrinkable<List<Step>> least = failing;
        int[] tries = {0};
        Optional<Shrinkable<List<Step>>> next = Optional.of(failing);
        while (next.isPresent() && tries[0] < SHRINKINGS_MAX) {
            least = next.get();
            next = least.shrink()
                    .takeWhile(any -> tries[0]++ < SHRINKINGS_MAX)
                    .filter(simpler -> isBroken(fleet, options, simpler.value()))
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
