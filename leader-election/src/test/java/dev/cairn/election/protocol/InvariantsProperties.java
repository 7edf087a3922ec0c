package dev.cairn.election.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Claim.Proof;
import dev.cairn.format.election.Claim.Status;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.Request.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The invariants over random fleets by the rules alone, whose papers a map carries: many, in little time. With files,
 * data and disks that fail they are tried by {@code SyncedFleetProperties}.
 */
final class InvariantsProperties {
    private static final int TICKS = 1_500;

    /** One thing that goes wrong, or right again. */
    private static void happen(Stage stage, Random random) {
        Stage.Actor actor = stage.actor(random.nextInt(stage.actors.size()));
        int other = random.nextInt(stage.actors.size());
        switch (random.nextInt(16)) {
            case 0 -> stage.cut(actor.number, other);
            case 1 -> stage.isolate(actor.number);
            case 2, 3, 4 -> stage.heal();
            case 5 -> actor.crashAfter = random.nextInt(4);
            case 6 -> actor.crash();
            case 7, 8 -> {
                if (actor.dead) {
                    actor.restart();
                }
            }
            case 9 -> actor.skew = random.nextInt(7_200_000) - 3_600_000L;
            case 10 -> stage.delay = random.nextInt(60) * 1000L;
            case 11 ->
                actor.commands.add(
                        new Command.Ask(Goal.LEAD, "", random.nextInt(10), Duration.ZERO, Duration.ofHours(1)));
            case 12 -> {
                if (!actor.dead) {
                    actor.on = !actor.on; // a nap, which is not a restart
                }
            }
            case 13, 14 -> { // a file of once, under its own name again: a copy, a rollback, a late arrival
                if (!actor.published.isEmpty()) {
                    Action.Publish old = actor.published.get(random.nextInt(actor.published.size()));
                    stage.actor(other).receive(actor.number, old.number(), old.paper());
                }
            }
            default -> actor.commands.add(new Command.Release());
        }
    }

    private static void check(Stage stage, Invariants invariants, int[] seen) {
        for (Stage.Actor actor : stage.actors) {
            WriterId writer = Stage.writer(actor.number);
            List<Action.Publish> fresh = actor.published.subList(seen[actor.number], actor.published.size());
            fresh.forEach(one -> invariants.published(writer.toString(), writer, one.number(), one.paper()));
            seen[actor.number] = actor.published.size();
            if (actor.on && actor.leads()) {
                invariants.leads(actor.disk.claim().orElseThrow(), Claims.greatest(actor.folder, stage.electorate));
            }
        }
    }

    private static Stage run(Mode mode, int devices, long seed, boolean confirm) {
        Stage stage = new Stage(mode, devices, seed);
        Random random = new Random(seed);
        Invariants invariants = new Invariants();
        int[] seen = new int[devices];
        for (int tick = 0; tick < TICKS; tick++) {
            if (random.nextInt(40) == 0) {
                happen(stage, random);
            }
            if (confirm && random.nextInt(100) == 0) {
                stage.actor(random.nextInt(devices))
                        .commands
                        .add(new Command.Answer(Question.ONLY_DEVICE, Prompt.LEAD, ""));
            }
            stage.tick();
            check(stage, invariants, seen);
            if (mode == Mode.QUORUM && !confirm) {
                invariants.together(stage.leaders(), stage.leaders().size());
            }
        }
        return stage;
    }

    @Property(tries = 60)
    void quorumsNeverHaveTwoLeadersAtOnce(@ForAll long seed, @ForAll @IntRange(min = 3, max = 5) int devices) {
        run(Mode.QUORUM, devices, seed, false);
    }

    @Property(tries = 30)
    void graceModeAndUsersKeepTheRest(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int devices) {
        run(Mode.GRACE, devices, seed, true);
    }

    /** A paper on its way to a reader. */
    private record Sent(int from, Action.Publish paper) {}

    /** All that was ever published, in an order of its own. */
    private static List<Sent> shuffled(Stage stage, Random random) {
        List<Sent> all = new ArrayList<>();
        for (Stage.Actor actor : stage.actors) {
            actor.published.forEach(paper -> all.add(new Sent(actor.number, paper)));
        }
        Collections.shuffle(all, random);
        return all;
    }

    /**
     * I3: in whichever order what was published arrives, old files included, every device ends with the same papers,
     * and they name the same leader.
     */
    @Property(tries = 30)
    void devicesWithEqualPapersNameOneLeader(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int devices) {
        nameOneLeader(seed, devices);
    }

    /** One of the five dies before it publishes anything, and nobody starts it again. */
    @Example
    void aDeviceThatNeverPublishedHasNoPapersWithItselfEither() {
        nameOneLeader(-12873051992658L, 5);
    }

    private static void nameOneLeader(long seed, int devices) {
        Stage stage = run(Mode.AUTO, devices, seed, true);
        Random random = new Random(seed);
        Invariants invariants = new Invariants();
        for (Stage.Actor actor : stage.actors) {
            for (Sent sent : shuffled(stage, random)) {
                actor.receive(sent.from(), sent.paper().number(), sent.paper().paper());
            }
            assertThat(actor.folder).isEqualTo(stage.actor(0).folder);
            invariants.same(actor.effective(), stage.actor(0).effective());
        }
    }

    /** The fault for which I3 is there: a device that goes by what arrived last. */
    @Example
    void aDeviceThatGoesByTheOrderOfArrivalIsNoticed() {
        assertThatThrownBy(() -> LongStream.range(0, 20).forEach(seed -> {
                    Stage stage = run(Mode.AUTO, 3, seed, true);
                    Random random = new Random(seed);
                    Invariants invariants = new Invariants();
                    invariants.same(byArrival(stage, random), byArrival(stage, random));
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("I3");
    }

    private static Optional<Claim> byArrival(Stage stage, Random random) {
        SortedMap<WriterId, Papers> last = new TreeMap<>();
        long number = 0;
        for (Sent sent : shuffled(stage, random)) {
            Papers known = last.getOrDefault(Stage.writer(sent.from()), Papers.of(Stage.device(sent.from())));
            last.put(
                    Stage.writer(sent.from()), known.with(++number, sent.paper().paper()));
        }
        return Claims.effective(last, stage.electorate);
    }

    /** I8: with perfect links a leader is there within the threshold and three grace periods, whoever dies. */
    @Property(tries = 30)
    void perfectLinksFindALeader(@ForAll long seed, @ForAll @IntRange(min = 3, max = 6) int devices) {
        Stage stage = new Stage(Mode.AUTO, devices, seed);
        Invariants invariants = new Invariants();
        stage.seconds(600 + 3 * 120);
        invariants.found(stage.leaders());
        stage.actor(stage.leaders().get(0)).crash();
        stage.seconds(600 + 3 * 120);
        invariants.found(stage.leaders());
    }

    private static Claim claim(int writer, long term, Proof proof) {
        return new Claim(
                0, term, proof, new OrderKey(false, 1, 0, Stage.writer(writer)), 1000, Status.ACTIVE, Optional.empty());
    }

    private static Lock lock(long term) {
        return new Lock(1, 0, 0, 1, 0, term, Phase.FOLLOWER, 1000, 1000, List.of(), Optional.empty());
    }

    private static void mustFail(String invariant, Runnable fault) {
        assertThatThrownBy(fault::run).isInstanceOf(AssertionError.class).hasMessageContaining(invariant);
    }

    /** A check that cannot fail checks nothing: each is shown the fault it is for. */
    @Example
    void eachCheckCatchesItsFault() {
        WriterId a = Stage.writer(0);
        WriterId b = Stage.writer(1);
        mustFail("I1", () -> {
            Invariants checks = new Invariants();
            checks.published("a", a, 1, claim(0, 1, Proof.GRACE));
            checks.published("a", a, 2, claim(0, 1, Proof.USER));
        });
        mustFail("I2", () -> {
            Invariants checks = new Invariants();
            checks.published("a", a, 1, claim(0, 1, Proof.QUORUM));
            checks.published("b", b, 1, claim(1, 1, Proof.QUORUM));
        });
        mustFail("I3", () -> new Invariants().same(Optional.of(claim(0, 1, Proof.GRACE)), Optional.empty()));
        mustFail("I5", () -> new Invariants().touched("a", false, b));
        mustFail("a number twice", () -> {
            Invariants checks = new Invariants();
            checks.published("a", a, 1, lock(1));
            checks.published("a", a, 1, lock(2));
        });
        mustFail("I2", () -> new Invariants().together("two", 2));
        mustFail("I4", () -> new Invariants().kept("a", "a change", false));
        mustFail("I6", () -> new Invariants().leads(claim(0, 1, Proof.GRACE), Optional.of(claim(1, 2, Proof.GRACE))));
        mustFail("I8", () -> {
            Stage stage = new Stage(Mode.QUORUM, 3, 1);
            stage.actor(1).on = false; // the fault: of three, two do not run, so that no vote makes a leader
            stage.actor(2).on = false;
            stage.seconds(600 + 3 * 120);
            new Invariants().found(stage.leaders());
        });
        mustFail("word", () -> new Invariants().claimsByWord("a", claim(0, 1, Proof.GRACE)));
        mustFail("word", () -> {
            Invariants checks = new Invariants();
            checks.word("a");
            checks.claimsByWord("a", claim(0, 1, Proof.USER));
            checks.claimsByWord("a", claim(0, 2, Proof.USER));
        });
        mustFail("I8", () -> new Invariants().found(List.of(0, 1)));
        mustFail("I7", () -> {
            Invariants checks = new Invariants();
            checks.published("a", a, 1, lock(2));
            checks.published("a", a, 2, lock(1));
        });
    }
}
