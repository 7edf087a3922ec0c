package dev.cairn.election.protocol;

import static dev.cairn.election.protocol.Stage.answer;
import static dev.cairn.election.protocol.Stage.askToLead;
import static dev.cairn.election.protocol.Stage.led;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Claim.Proof;
import dev.cairn.format.election.Electorate;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The scenarios of the election, by number. The threshold is 600 s, the grace period 120 s, settling takes 30 s. */
final class ScenariosTest {
    @Test
    void e01OneDeviceLeadsAfterSettlingAndGrace() {
        Stage stage = new Stage(Mode.AUTO, 1, 1);
        stage.seconds(140);
        assertThat(stage.leaders()).isEmpty();
        stage.seconds(20);
        assertThat(stage.actor(0).token()).contains(new Token(0, 1, Stage.writer(0)));
        assertThat(stage.actor(0).was(Event.Asked.class)).isFalse();
    }

    @Test
    void e02OfThreeThatStartTogetherTheFirstLeadsAndNobodyElseStands() {
        for (Mode mode : List.of(Mode.GRACE, Mode.QUORUM)) {
            Stage stage = led(mode, 3);
            assertThat(stage.actor(1).count(Ballot.class)).isZero();
            assertThat(stage.actor(2).count(Ballot.class)).isZero();
        }
    }

    @Test
    void e03WithEqualTicketsAndStartsTheLowestIdLeads() {
        assertThat(led(Mode.AUTO, 5).actor(0).token().orElseThrow().writer()).isEqualTo(Stage.writer(0));
    }

    @Test
    void e04WhoeverStoodBeforeAnEarlierBallotCameWithdraws() {
        Stage stage = new Stage(Mode.GRACE, 3, 1);
        stage.cut(0, 1);
        stage.seconds(155);
        assertThat(stage.actor(1).phase()).isEqualTo(Phase.CANDIDATE);
        stage.heal();
        stage.seconds(600);
        assertThat(stage.leaders()).containsExactly(0);
        assertThat(stage.actor(1).was(Event.Elected.class)).isFalse();
        assertThat(stage.actor(1).disk.ballot().orElseThrow().status()).isEqualTo(Ballot.Status.WITHDRAWN);
    }

    @Test
    void e05WhoeverSeesAnEarlierOneNeverStands() {
        Stage stage = new Stage(Mode.GRACE, 3, 1);
        stage.cut(1, 2);
        stage.seconds(900);
        assertThat(stage.actor(2).count(Ballot.class)).isZero();
        assertThat(stage.leaders()).containsExactly(0);
    }

    @Test
    void e06OneAloneOfThreeAsksAndDoesNotLead() {
        Stage stage = new Stage(Mode.AUTO, 3, 1);
        stage.isolate(2);
        stage.seconds(1200);
        assertThat(stage.leaders()).containsExactly(0);
        assertThat(stage.actor(2).isAsked(Question.ONLY_DEVICE)).isTrue();
        assertThat(stage.actor(2).was(Event.Elected.class)).isFalse();
    }

    @Test
    void e07AfterAConfirmedIsolationTheUsersLeaderFencesTheOther() {
        Stage stage = new Stage(Mode.AUTO, 3, 1);
        stage.isolate(2);
        stage.seconds(300);
        stage.actor(2).commands.add(answer(Question.ONLY_DEVICE, Prompt.LEAD));
        stage.seconds(10);
        assertThat(stage.actor(2).token().orElseThrow().epoch()).isEqualTo(1);
        stage.seconds(200);
        stage.heal();
        stage.seconds(60);
        assertThat(stage.leaders()).containsExactly(2);
        assertThat(stage.actor(0).effective()).isEqualTo(stage.actor(2).effective());
    }

    @Test
    void e08AfterThreeWindowsWithoutAResultTheUserIsAskedToChoose() {
        Stage stage = new Stage(Mode.QUORUM, 3, 1);
        stage.lost = Vote.class::isInstance; // the others are there, and no vote of theirs arrives
        Stage.Actor candidate = stage.actor(0);
        while (!candidate.isAsked(Question.CHOOSE_LEADER) && stage.now < 7_200_000) {
            stage.tick();
        }
        assertThat(candidate.isAsked(Question.CHOOSE_LEADER)).isTrue();
        assertThat(candidate.leads()).isFalse();
        assertThat(candidate.was(Event.Elected.class)).isFalse();
        candidate.commands.add(answer(Question.CHOOSE_LEADER, Prompt.LEAD));
        stage.tick();
        assertThat(candidate.leads()).isTrue();
        assertThat(candidate.disk.claim().orElseThrow().proof()).isEqualTo(Proof.USER);
    }

    @Test
    void e08WhenBothUsersChooseThemselvesTheOrderDecides() {
        Stage stage = new Stage(Mode.QUORUM, 3, 1);
        stage.actor(2).on = false;
        stage.cut(0, 1);
        stage.seconds(400);
        for (int i = 0; i < 2; i++) {
            stage.actor(i).commands.add(new Command.Choose(Stage.writer(i), "user " + i));
        }
        stage.seconds(10);
        assertThat(stage.leaders()).containsExactly(0, 1);
        stage.heal();
        stage.seconds(60);
        assertThat(stage.leaders()).containsExactly(0);
        assertThat(stage.actor(1).effective()).isEqualTo(stage.actor(0).effective());
    }

    @Test
    void e09ACrashedLeaderIsReplacedAfterTheThresholdInALaterTerm() {
        Stage stage = led(Mode.AUTO, 3);
        Token first = stage.actor(0).token().orElseThrow();
        stage.actor(0).crash();
        stage.seconds(590);
        assertThat(stage.leaders()).isEmpty();
        stage.seconds(600);
        assertThat(stage.leaders()).containsExactly(1);
        assertThat(stage.actor(1).token().orElseThrow().term()).isEqualTo(first.term() + 1);
    }

    @Test
    void e10ALeaderThatSleptIsNoneWhenItWakes() {
        for (long wallOnly : new long[] {0, 1}) {
            Stage stage = led(Mode.AUTO, 3);
            stage.actor(0).on = false;
            long before = stage.now;
            stage.seconds(7200);
            stage.actor(0).on = true;
            if (wallOnly == 1) {
                stage.actor(0).monoOffset = before - stage.now; // the clock stood still, too
            }
            stage.tick();
            assertThat(stage.actor(0).leads()).isFalse();
            assertThat(stage.actor(0).phase()).isEqualTo(Phase.JOINING);
            stage.seconds(600);
            assertThat(stage.leaders()).containsExactly(1);
        }
    }

    @Test
    void e11ALeaderThatIsCutOffStopsBeforeOthersMayElect() {
        Stage stage = led(Mode.AUTO, 3);
        stage.isolate(0);
        while (stage.actor(0).leads()) {
            stage.tick();
            assertThat(stage.leaders()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(stage.leaders()).isEmpty();
        stage.seconds(600);
        assertThat(stage.leaders()).containsExactly(1);
    }

    @Test
    void e12TheLastLeaderIsLastInOrderWhenItComesBack() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actors.forEach(Stage.Actor::crash);
        stage.seconds(3600);
        stage.actors.forEach(Stage.Actor::restart);
        stage.seconds(1200);
        assertThat(stage.leaders()).containsExactly(1);
    }

    @Test
    void e13WrongClocksDoNotMakeTwoLeaders() {
        Stage stage = new Stage(Mode.AUTO, 3, 1);
        stage.actor(0).skew = Duration.ofDays(365).toMillis();
        stage.actor(1).skew = -Duration.ofDays(1).toMillis();
        for (int i = 0; i < 400; i++) {
            stage.tick();
            assertThat(stage.leaders()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(stage.leaders()).hasSize(1);
        assertThat(stage.actor(2).isAsked(Question.CLOCK_SKEW)).isTrue();
    }

    @Test
    void e14AClockThatJumpsBackChangesNothing() {
        Stage stage = led(Mode.AUTO, 3);
        Optional<Token> token = stage.actor(0).token();
        stage.actor(0).skew = -Duration.ofHours(1).toMillis();
        stage.seconds(1200);
        assertThat(stage.actor(0).token()).isEqualTo(token);
    }

    @Test
    void e15ARequestHandsOverOnceTheVersionIsThere() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(0).version = List.of(new Claim.Point(Stage.writer(0), 5));
        stage.actor(2).commands.add(askToLead(0));
        stage.seconds(60);
        assertThat(stage.actor(0).disk.claim().orElseThrow().status()).isEqualTo(Claim.Status.HANDED_OVER);
        assertThat(stage.leaders()).isEmpty();
        stage.actor(2).version = List.of(new Claim.Point(Stage.writer(0), 5));
        stage.seconds(10);
        assertThat(stage.leaders()).containsExactly(2);
        Claim claim = stage.actor(2).disk.claim().orElseThrow();
        assertThat(claim.proof()).isEqualTo(Proof.HANDOVER);
        assertThat(claim.term()).isEqualTo(2);
        stage.seconds(1200);
        assertThat(stage.leaders()).containsExactly(2);
        assertThat(stage.actor(2).disk.request().orElseThrow().status()).isEqualTo(Request.Status.DONE);
    }

    @Test
    void e16AnHeirWaitsForTheVersion() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(0).version = List.of(new Claim.Point(Stage.writer(0), 5));
        stage.actor(2).version = List.of(new Claim.Point(Stage.writer(0), 4));
        stage.actor(2).commands.add(askToLead(0));
        stage.seconds(300);
        assertThat(stage.actor(2).was(Event.Elected.class)).isFalse();
    }

    @Test
    void e17AnHeirThatDiesIsPassedOverAndFencedWhenItComesBack() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(0).version = List.of(new Claim.Point(Stage.writer(0), 5));
        stage.actor(2).commands.add(askToLead(0));
        stage.seconds(60);
        stage.actor(2).crash();
        stage.seconds(1200);
        assertThat(stage.leaders()).containsExactly(1);
        assertThat(stage.actor(1).token().orElseThrow().term()).isEqualTo(3);
        stage.actor(2).version = List.of(new Claim.Point(Stage.writer(0), 5));
        stage.actor(2).restart();
        stage.seconds(600);
        assertThat(stage.leaders()).containsExactly(1);
    }

    @Test
    void e18OfEqualRequestsTheFirstSeenGoesFirstAndNobodyStarves() {
        Stage stage = led(Mode.AUTO, 3);
        List<Integer> order = new ArrayList<>();
        stage.actor(2).commands.add(askToLead(0));
        stage.seconds(10);
        stage.actor(1).commands.add(askToLead(0));
        int before = 0;
        for (int round = 0; round < 10; round++) {
            while (stage.leaders().isEmpty() || stage.leaders().get(0) == before) {
                stage.tick();
            }
            int leader = stage.leaders().get(0);
            order.add(leader);
            stage.actor(leader).commands.add(new Command.Cancel());
            stage.actor(before).commands.add(askToLead(0));
            before = leader;
        }
        assertThat(order).startsWith(2, 1).contains(0, 1, 2);
        assertThat(Collections.frequency(order, 0)).isBetween(3, 4);
    }

    @Test
    void e19ARequestOfADeadDeviceIsIgnoredAndExpires() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(1)
                .commands
                .add(new Command.Ask(Request.Goal.LEAD, "", 0, Duration.ofHours(1), Duration.ofHours(4)));
        while (!stage.actor(1).leads()) {
            stage.tick();
        }
        Optional<Token> token = stage.actor(1).token(); // which it keeps for an hour
        stage.actor(2).commands.add(askToLead(9));
        stage.seconds(30);
        stage.actor(2).crash();
        Papers asking = stage.actor(1).folder.getOrDefault(Stage.writer(2), Papers.of(Stage.device(2)));
        assertThat(asking.request().map(Request::status))
                .as("the leader has it")
                .contains(Request.Status.OPEN);
        stage.seconds(3 * 3600);
        assertThat(stage.actor(1).token()).as("nothing is handed to the dead").isEqualTo(token);
        stage.actor(2).restart();
        stage.seconds(60);
        assertThat(stage.actor(2).disk.request().orElseThrow().status()).isEqualTo(Request.Status.CANCELLED);
    }

    /** No paper is ever deleted; a delete that a user makes somewhere says nothing. */
    @Test
    void e20ADeletedBallotHasNoEffect() {
        Stage stage = led(Mode.AUTO, 3);
        Optional<Token> token = stage.actor(0).token();
        stage.actor(1)
                .folder
                .computeIfPresent(
                        Stage.writer(0),
                        (writer, papers) -> new Papers(
                                papers.device(),
                                papers.lockFile(),
                                null,
                                papers.voteFile(),
                                papers.claimFile(),
                                null,
                                null));
        stage.seconds(600);
        assertThat(stage.actor(0).token()).isEqualTo(token);
        assertThat(stage.actor(1).effective().map(Claim::token)).isEqualTo(token);
    }

    /** The driver's test has the file itself; here the others do not take it for a farewell. */
    @Test
    void e21AVanishedLockIsNoFarewell() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(0).folder.put(Stage.writer(0), Papers.of(Stage.device(0)));
        stage.seconds(30);
        assertThat(stage.actor(0).own().values()).hasAtLeastOneElementOfType(Claim.class);
        assertThat(stage.leaders()).containsExactly(0);
    }

    @Test
    void e24OfTwoCopiesOfADeviceTheLaterGoesOnUnderAnotherId() {
        Stage stage = led(Mode.AUTO, 3);
        Stage.Actor original = stage.actor(2);
        Stage elsewhere = new Stage(Mode.AUTO, 3, 2);
        Stage.Actor copy = elsewhere.actor(2);
        copy.disk = original.disk;
        copy.restart();
        copy.folder.putAll(original.folder);
        elsewhere.now = stage.now;
        elsewhere.tick();
        assertThat(copy.started()).as("an old lock of its own is no stranger's").isTrue();
        stage.seconds(60);
        copy.folder.put(Stage.writer(2), original.folder.get(Stage.writer(2)));
        elsewhere.tick();
        assertThat(copy.afresh).isTrue();
        assertThat(copy.disk.of(Stage.writer(9), false).voting()).isFalse();
        original.folder.computeIfPresent(Stage.writer(2), (writer, papers) -> papers.with(100_000, copy.lastLock()));
        stage.seconds(60);
        assertThat(original.afresh).isFalse();
        assertThat(original.own().lastKey()).isGreaterThan(100_000);
    }

    @Test
    void e24AGreaterClaimOfTheOtherCopyFencesThisOne() {
        Stage stage = led(Mode.GRACE, 2);
        Stage.Actor original = stage.actor(0);
        Claim own = original.disk.claim().orElseThrow();
        original.receive(
                0,
                10_000,
                new Claim(
                        own.epoch() + 1,
                        own.term() + 1,
                        Proof.USER,
                        own.order(),
                        own.leaseMillis(),
                        Claim.Status.ACTIVE,
                        Optional.empty()));
        stage.tick();
        assertThat(original.leads()).isFalse();
        assertThat(original.events)
                .anyMatch(event -> event instanceof Event.SteppedDown down && down.reason() == Event.Reason.FENCED);
    }

    @Test
    void e24ADeviceThatDoesNotVoteAsksItsUserWhetherItMay() {
        Stage stage = new Stage(Mode.QUORUM, 3, 1);
        Stage.Actor unsure = stage.actor(1);
        unsure.disk = Memory.of(Stage.writer(1)).of(Stage.writer(1), false);
        unsure.restart();
        stage.actor(2).on = false;
        stage.seconds(600);
        assertThat(stage.leaders()).as("it does not vote").isEmpty();
        assertThat(unsure.isAsked(Question.CLONE_DETECTED)).isTrue();
        unsure.restart();
        stage.seconds(60);
        unsure.commands.add(answer(Question.CLONE_DETECTED, Prompt.GONE));
        stage.seconds(600);
        assertThat(unsure.disk.voting()).isTrue();
        assertThat(stage.leaders()).hasSize(1);
    }

    /** A candidate stands in a new term as often as a slow voter thinks about it. */
    @Test
    void whoDoesNotStandItselfVotesForWhoeverStandsForAWhile() {
        Stage stage = led(Mode.QUORUM, 3);
        stage.delay = 20_000;
        stage.actor(0).commands.add(new Command.Release());
        stage.seconds(30);
        stage.actor(1).crash(); // it was next; so the vote of device 0 is needed, which stays away for a while
        stage.seconds(500);
        assertThat(stage.leaders()).containsExactly(2);
    }

    @Test
    void whoDoesNotLeadHasNothingToRelease() {
        Stage stage = new Stage(Mode.AUTO, 3, 1);
        stage.seconds(5);
        stage.actor(0).commands.add(new Command.Release());
        stage.seconds(600);
        assertThat(stage.leaders()).containsExactly(0);
    }

    @Test
    void e25ADeviceBackAfterNinetyDaysDisturbsNobody() {
        Stage stage = new Stage(Mode.GRACE, 3, 1);
        stage.isolate(2);
        stage.cut(0, 1);
        stage.seconds(160);
        stage.actor(2).crash();
        stage.cut.clear();
        stage.isolate(2);
        stage.seconds(Duration.ofHours(2).toSeconds()); // or ninety days: it was away for longer than anybody waits
        Token before = stage.actor(0).token().orElseThrow();
        Ballot old =
                new Ballot(0, before.term(), false, 1, 0, Ballot.Status.OPEN, 0, Electorate.digest(stage.electorate));
        stage.heal();
        stage.actor(0).receive(2, 1_000, old); // what it stood with then comes as well
        stage.actor(1).receive(2, 1_000, old);
        stage.actor(2).restart();
        stage.seconds(600);
        assertThat(stage.leaders()).containsExactly(0);
        assertThat(stage.actor(0).token()).contains(before);
        assertThat(stage.actor(2).effective().map(Claim::token)).contains(before);
        assertThat(stage.actor(2).disk.term()).as("it learns the term").isGreaterThanOrEqualTo(before.term());
    }

    @Test
    void e27TheOrderOfArrivalDoesNotMatter() {
        Stage stage = led(Mode.AUTO, 5);
        stage.actor(0).crash();
        stage.seconds(1500);
        stage.actor(3).commands.add(askToLead(1));
        stage.seconds(900);
        List<Map.Entry<Integer, Action.Publish>> all = new ArrayList<>();
        stage.actors.forEach(actor -> actor.published.forEach(one -> all.add(Map.entry(actor.number, one))));
        Optional<Claim> expected = Optional.empty();
        for (int i = 0; i < 1000; i++) {
            List<Map.Entry<Integer, Action.Publish>> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, new Random(i));
            TreeMap<WriterId, Papers> folder = new TreeMap<>();
            for (Map.Entry<Integer, Action.Publish> one : shuffled.subList(0, shuffled.size())) {
                folder.merge(
                        Stage.writer(one.getKey()),
                        Papers.of(Stage.device(one.getKey()))
                                .with(one.getValue().number(), one.getValue().paper()),
                        (known, fresh) -> known.with(
                                one.getValue().number(), one.getValue().paper()));
            }
            Optional<Claim> effective = Claims.effective(folder, stage.electorate);
            expected = i == 0 ? effective : expected;
            assertThat(effective).isPresent().isEqualTo(expected);
        }
    }

    @Test
    void e28OfFiveSplitThreeToTwoOnlyTheThreeElect() {
        Stage stage = new Stage(Mode.AUTO, 5, 1);
        for (int two = 0; two < 2; two++) {
            for (int three = 2; three < 5; three++) {
                stage.cut(two, three);
            }
        }
        for (int i = 0; i < 500; i++) {
            stage.tick();
            assertThat(stage.leaders()).doesNotContain(0, 1).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(stage.leaders()).containsExactly(2);
        stage.heal();
        stage.seconds(300);
        assertThat(stage.leaders()).containsExactly(2);
        assertThat(stage.actor(0).effective()).isEqualTo(stage.actor(4).effective());
    }

    @Test
    void e29AVoterThatCrashesBeforeItsVoteIsOutNeverVotesOtherwise() {
        Stage stage = new Stage(Mode.QUORUM, 3, 1);
        Stage.Actor voter = stage.actor(1);
        while (voter.disk.vote().isEmpty()) {
            if (stage.actor(0).phase() == Phase.CANDIDATE) {
                voter.crashAfter = 1; // the memory is on the disk, the vote is not out
            }
            stage.tick();
        }
        assertThat(voter.on).isFalse();
        assertThat(voter.count(Vote.class)).isZero();
        Vote first = voter.disk.vote().orElseThrow();
        voter.restart();
        stage.seconds(3600);
        assertThat(voter.published)
                .filteredOn(one -> one.paper() instanceof Vote vote
                        && vote.epoch() == first.epoch()
                        && vote.term() == first.term())
                .allMatch(one -> one.paper().equals(first))
                .isNotEmpty();
    }

    /** What of its files goes then is compaction's matter; here it does not block the others' votes any more. */
    @Test
    void e31ADeviceThatIsGoneForGoodIsRetiredByTheUsersWord() {
        Stage stage = led(Mode.AUTO, 4);
        stage.actor(2).crash();
        stage.actor(3).crash();
        stage.actor(1).skew = Duration.ofDays(31).toMillis(); // a month later, which nobody sits out here
        stage.seconds(1200);
        assertThat(stage.leaders()).as("two of four are no quorum").isEmpty();
        assertThat(stage.actor(1).isAsked(Question.EVICT_DEVICE)).isTrue();
        stage.actor(1).commands.add(answer(Question.EVICT_DEVICE, Prompt.RETIRE));
        stage.seconds(5);
        assertThat(stage.electorate).hasSize(3).contains(Stage.device(0), Stage.device(1));
        stage.seconds(1200);
        assertThat(stage.leaders()).hasSize(1);
    }

    /** A question that stands is not pushed aside by the next one. */
    @Test
    void e31OfSeveralThatAreGoneOneIsAskedAboutAfterTheOther() {
        Stage stage = led(Mode.AUTO, 4);
        stage.actor(2).crash();
        stage.actor(3).crash();
        stage.actor(0).retirable = new TreeSet<>();
        for (int i = 0; i < 2; i++) {
            stage.actor(i).skew = Duration.ofDays(31).toMillis();
        }
        stage.seconds(1200);
        assertThat(stage.actor(0).isAsked(Question.EVICT_DEVICE))
                .as("who may not")
                .isFalse();
        for (int still = 3; still >= 2; still--) {
            while (stage.actor(1).state.prompts().stream()
                    .noneMatch(prompt -> prompt.question() == Question.EVICT_DEVICE)) {
                stage.tick();
            }
            stage.actor(1).commands.add(answer(Question.EVICT_DEVICE, Prompt.RETIRE));
            stage.tick();
            assertThat(stage.electorate).hasSize(still);
        }
    }

    @Test
    void e31WithoutAnAnswerNobodyIsRetired() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(2).crash();
        stage.actor(1).skew = Duration.ofDays(31).toMillis();
        stage.seconds(1200);
        stage.actor(1).commands.add(answer(Question.EVICT_DEVICE, Prompt.WAIT));
        stage.seconds(1200);
        assertThat(stage.electorate).hasSize(3);
    }

    @Test
    void inUserModeEveryDeviceAsksAndNobodyLeadsWithoutAWord() {
        Stage stage = new Stage(Mode.USER, 3, 1);
        stage.seconds(3600);
        for (Stage.Actor actor : stage.actors) {
            assertThat(actor.isAsked(Question.CHOOSE_LEADER)).isTrue();
            assertThat(actor.was(Event.Elected.class)).isFalse();
            assertThat(actor.count(Ballot.class) + actor.count(Vote.class) + actor.count(Claim.class))
                    .isZero();
        }
        while (!stage.actor(2).leads()) { // a question stands for a while, and comes again
            stage.actor(2).commands.add(answer(Question.CHOOSE_LEADER, Prompt.LEAD));
            stage.tick();
        }
        stage.seconds(30);
        assertThat(stage.leaders()).containsExactly(2);
        assertThat(stage.actor(2).token()).contains(new Token(1, 1, Stage.writer(2)));
        assertThat(stage.actor(2).disk.claim().orElseThrow().proof()).isEqualTo(Proof.USER);
        assertThat(stage.actor(0).state.prompts()).as("the question is settled").isEmpty();
        stage.seconds(3600);
        assertThat(stage.leaders()).as("it keeps its lease").containsExactly(2);
    }

    @Test
    void inUserModeTheOtherDeviceThatIsNamedLeads() {
        Stage stage = new Stage(Mode.USER, 3, 1);
        stage.seconds(200);
        stage.actor(0)
                .commands
                .add(answer(Question.CHOOSE_LEADER, Stage.writer(1).toString()));
        stage.seconds(30);
        assertThat(stage.leaders()).containsExactly(1);
    }

    @Test
    void inUserModeARequestIsAWordWhereNobodyCanGrantIt() {
        Stage stage = new Stage(Mode.USER, 3, 1);
        stage.actor(1).commands.add(askToLead(0));
        stage.seconds(140);
        assertThat(stage.leaders()).as("it looks around first").isEmpty();
        stage.seconds(60);
        assertThat(stage.leaders()).containsExactly(1);
        assertThat(stage.actor(1).disk.request().orElseThrow().status()).isEqualTo(Request.Status.DONE);
        stage.actor(2).commands.add(askToLead(0));
        stage.seconds(400);
        assertThat(stage.leaders()).as("and where somebody leads it is granted").containsExactly(2);
        assertThat(stage.actor(2).disk.claim().orElseThrow().proof()).isEqualTo(Proof.HANDOVER);
    }

    @Test
    void inUserModeARequestInsteadOfAnAnswerIsAWordToo() {
        Stage stage = new Stage(Mode.USER, 2, 1);
        stage.seconds(200);
        assertThat(stage.actor(1).phase()).isEqualTo(Phase.NEED_USER);
        stage.actor(1).commands.add(askToLead(0));
        stage.seconds(5);
        assertThat(stage.leaders()).containsExactly(1);
    }

    @Test
    void inUserModeADeadLeaderIsReplacedByNobodyButTheUser() {
        Stage stage = new Stage(Mode.USER, 3, 1);
        stage.actor(0).commands.add(askToLead(0));
        stage.seconds(200);
        assertThat(stage.leaders()).containsExactly(0);
        assertThat(stage.actor(1).state.prompts()).isEmpty();
        stage.actor(0).crash();
        stage.seconds(1000);
        assertThat(stage.leaders()).isEmpty();
        assertThat(stage.actor(1).state.prompts()).extracting(Prompt::question).containsExactly(Question.CHOOSE_LEADER);
        stage.actor(1).commands.add(answer(Question.CHOOSE_LEADER, Prompt.LEAD));
        stage.seconds(60);
        assertThat(stage.leaders()).containsExactly(1);
        stage.actor(0).restart();
        stage.seconds(600);
        assertThat(stage.leaders()).containsExactly(1);
    }

    /** E06 and E07 where no device elects: also the only device of a space asks. */
    @Test
    void inUserModeOneAloneAsksWhetherItIsTheOnlyDevice() {
        for (int devices : new int[] {1, 3}) {
            Stage stage = new Stage(Mode.USER, devices, 1);
            stage.isolate(0);
            stage.seconds(300);
            assertThat(stage.actor(0).isAsked(Question.ONLY_DEVICE)).isTrue();
            assertThat(stage.leaders()).isEmpty();
            stage.actor(0).commands.add(answer(Question.ONLY_DEVICE, Prompt.LEAD));
            stage.seconds(3600);
            assertThat(stage.leaders()).as("alone it keeps the word").containsExactly(0);
            stage.heal();
            stage.seconds(3600);
            assertThat(stage.leaders()).containsExactly(0);
        }
    }

    /** A choice that somebody made long ago makes nobody lead again, even where the claim is lost that came of it. */
    @Test
    void anOldChoiceIsVoidWhereALaterEpochIsRemembered() {
        Stage stage = new Stage(Mode.USER, 3, 1);
        stage.seconds(200);
        stage.actor(0).commands.add(new Command.Choose(Stage.writer(1), ""));
        stage.seconds(30);
        stage.actor(2).commands.add(new Command.Choose(Stage.writer(2), ""));
        stage.seconds(60);
        assertThat(stage.leaders()).containsExactly(2);
        Stage.Actor chosenOnce = stage.actor(1);
        chosenOnce.crash();
        stage.actor(2).crash();
        chosenOnce.folder.remove(Stage.writer(2));
        chosenOnce.folder.put(Stage.writer(1), Papers.of(Stage.device(1)));
        chosenOnce.disk = chosenOnce.disk.of(Stage.writer(1), true); // of a former writer only the numbers remain
        chosenOnce.restart();
        stage.seconds(1200);
        assertThat(stage.leaders()).isEmpty();
    }

    /** What the leader asks for itself it need not wait for. */
    @Test
    void aLeaderHearsItsOwnWishes() {
        Stage stage = led(Mode.AUTO, 2);
        Stage.Actor leader = stage.actor(0);
        leader.commands.add(new Command.Ask(Request.Goal.PING, "", 0, Duration.ZERO, Duration.ofHours(1)));
        stage.seconds(5);
        assertThat(leader.disk.request().orElseThrow().status()).isEqualTo(Request.Status.DONE);
        leader.commands.add(new Command.Ask(Request.Goal.COMPACT, "", 0, Duration.ZERO, Duration.ofHours(1)));
        stage.seconds(60);
        assertThat(leader.events.stream().filter(Event.Wished.class::isInstance))
                .as("once")
                .hasSize(1);
        assertThat(leader.disk.request().orElseThrow().status()).isEqualTo(Request.Status.OPEN);
        leader.commands.add(new Command.Done());
        stage.seconds(5);
        assertThat(leader.disk.request().orElseThrow().status()).isEqualTo(Request.Status.DONE);
    }

    @Test
    void whoWaitsForTheLeadershipDoesNotEndItsRequestBySayingThatItIsDone() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(1).commands.add(askToLead(0));
        stage.actor(1).commands.add(new Command.Done());
        stage.seconds(300);
        assertThat(stage.leaders()).containsExactly(1);
    }

    @Test
    void theQuestionThatWasAskedFirstStandsFirst() {
        Stage stage = new Stage(Mode.USER, 2, 1);
        Stage.Actor actor = stage.actor(0);
        stage.seconds(60);
        actor.commands.add(new Command.Tell(Question.LATE_WRITES, "1 write waits"));
        stage.seconds(120);
        assertThat(actor.state.prompts())
                .extracting(Prompt::question)
                .containsExactly(Question.LATE_WRITES, Question.CHOOSE_LEADER);
    }

    @Test
    void e32IdsThatDifferOnlyInCaseAreImpossible() {
        String id = Stage.writer(3).toString();
        assertThat(WriterId.parse(id.toUpperCase(Locale.ROOT))).isEmpty();
    }

    @Test
    void e33AFolderSlowerThanTheProfileRaisesGraceWithAWarning() {
        Stage stage = new Stage(Mode.AUTO, 3, 1);
        stage.delay = 140_000;
        for (int i = 0; i < 2500; i++) {
            stage.tick();
            assertThat(stage.leaders()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(stage.leaders()).hasSize(1);
        assertThat(stage.actor(0).was(Event.GraceRaised.class)).isTrue();
        assertThat(stage.actor(0).state.grace()).isBetween(Duration.ofSeconds(840), Duration.ofSeconds(1000));
    }

    @Test
    void e34AfterAFarewellTheNextOneLeadsAfterGraceAndNotTheThreshold() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(0).commands.add(new Command.Leave());
        stage.seconds(5);
        stage.actor(0).on = false;
        stage.seconds(290);
        assertThat(stage.leaders()).containsExactly(1);
    }

    @Test
    void e35ALeaderWithoutItsFolderStepsDownAtOnce() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(0).writable = false;
        stage.tick();
        assertThat(stage.actor(0).leads()).isFalse();
    }
}
