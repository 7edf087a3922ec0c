package dev.cairn.election.protocol;

import static dev.cairn.election.protocol.Stage.askToLead;
import static dev.cairn.election.protocol.Stage.led;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Request.Goal;
import dev.cairn.format.election.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How long a leader leads, to whom it hands over, and why it stops: the rules of SPEC section 23.4. */
final class LeadingTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Nested
    class TheLease {
        /** 460 s from the last lock of which it hears that it was seen. */
        @Test
        void endsWhenNobodyTellsAnyMoreThatItHearsOfTheLeader() {
            for (Mode mode : List.of(Mode.GRACE, Mode.QUORUM)) {
                Stage stage = led(mode, mode == Mode.GRACE ? 2 : 3);
                Stage.Actor leader = stage.actor(0);
                stage.isolate(0);
                assertThat(stage.secondsUntil(() -> !leader.leads())).isBetween(425L, 465L);
                assertThat(leader.lastReason()).contains(Event.Reason.LEASE_ENDED);
                assertThat(leader.phase()).isEqualTo(Phase.FOLLOWER);
                assertThat(leader.disk.claim().orElseThrow().status()).isEqualTo(Claim.Status.RELEASED);
            }
        }

        @Test
        void endsAtItsMomentAlsoBetweenTwoLooks() {
            Stage stage = led(Mode.QUORUM, 3);
            Stage.Actor leader = stage.actor(0);
            long until = leader.state.leaseUntilMillis();
            assertThat(until - stage.now).isBetween(415_000L, 460_000L);
            assertThat(leader.state.leadership(until)).isPresent();
            assertThat(leader.state.leadership(until + 1)).isEmpty();
        }

        @Test
        void ofADeviceAloneInItsSpaceHasNoEnd() {
            Stage stage = led(Mode.AUTO, 1);
            assertThat(stage.actor(0).state.leadership(Long.MAX_VALUE / 8)).isPresent();
        }

        @Test
        void ofAnElectedOneInGraceModeBeginsWithItsElection() {
            Stage stage = new Stage(Mode.GRACE, 2, 1);
            stage.secondsUntil(() -> stage.actor(0).leads());
            stage.isolate(0);
            assertThat(stage.secondsUntil(() -> !stage.actor(0).leads())).isBetween(455L, 465L);
        }

        @Test
        void isProlongedByWhoeverNamesTheLeaderAndByNobodyElse() {
            Stage stage = led(Mode.GRACE, 2);
            Stage.Actor leader = stage.actor(0);
            Stage.Puppet other = stage.puppet(1);
            for (int seconds = 0; seconds < 480; seconds += 20) {
                other.seen = List.of(new Lock.Sighting(
                        Stage.writer(0),
                        leader.state.incarnation(),
                        leader.own().lastKey()));
                stage.seconds(20, other);
            }
            assertThat(leader.leads())
                    .as("it was seen, and not taken for the leader")
                    .isFalse();
        }
    }

    @Nested
    class Stopping {
        @Test
        void whoMayNotLeadAnyMoreStopsAndPublishesNothing() {
            Stage stage = led(Mode.AUTO, 3);
            stage.electorate.remove(Stage.device(0));
            stage.tick();
            assertThat(stage.leaders()).isEmpty();
            assertThat(stage.actor(0).lastReason()).contains(Event.Reason.NOT_A_MEMBER);
            int published = stage.actor(0).published.size();
            stage.seconds(900);
            assertThat(stage.actor(0).published).hasSize(published);
            assertThat(stage.leaders()).containsExactly(1);
        }

        @Test
        void anyGreaterClaimFencesWhateverHasBecomeOfIt() {
            for (Claim.Status status : List.of(Claim.Status.ACTIVE, Claim.Status.RELEASED)) {
                Stage stage = led(Mode.AUTO, 3);
                stage.puppet(2).claims(0, 2, status);
                stage.tick();
                assertThat(stage.leaders()).isEmpty();
                assertThat(stage.actor(0).lastReason()).contains(Event.Reason.FENCED);
            }
        }

        @Test
        void aSmallerOneDoesNot() {
            Stage stage = led(Mode.AUTO, 3);
            stage.puppet(2).claims(0, 1, Claim.Status.ACTIVE); // of the same term, and by less than a quorum
            stage.tick();
            assertThat(stage.leaders()).containsExactly(0);
        }

        @Test
        void whoGaveItUpDoesNotStandAgainForAWhile() {
            Stage stage = led(Mode.AUTO, 1);
            stage.actor(0).commands.add(new Command.Release());
            stage.seconds(595);
            assertThat(stage.leaders()).isEmpty();
            stage.seconds(10);
            assertThat(stage.leaders()).containsExactly(0);
            assertThat(stage.actor(0).token().orElseThrow().term()).isEqualTo(2);
        }

        @Test
        void aMachineThatIsBusyHasNotSlept() {
            for (int pause : new int[] {35, 45}) {
                Stage stage = led(Mode.AUTO, 1);
                long incarnation = stage.actor(0).state.incarnation();
                stage.now += pause * 1000L;
                stage.tick(); // five seconds later
                assertThat(stage.actor(0).leads()).isEqualTo(pause == 35);
                assertThat(stage.actor(0).state.incarnation() == incarnation).isEqualTo(pause == 35);
            }
        }

        @Test
        void aWallClockThatRunsALittleAheadHasNotSleptEither() {
            for (int ahead : new int[] {5_000, 5_001}) {
                Stage stage = led(Mode.AUTO, 1);
                stage.actor(0).skew += ahead;
                stage.tick();
                assertThat(stage.actor(0).leads()).isEqualTo(ahead == 5_000);
            }
        }
    }

    @Nested
    class HandingOver {
        @Test
        void comesNotBeforeTwoGracePeriods() {
            Stage stage = new Stage(Mode.AUTO, 3, 1);
            stage.secondsUntil(() -> stage.actor(0).leads());
            stage.actor(2).commands.add(askToLead(0));
            assertThat(stage.secondsUntil(() -> !stage.actor(0).leads())).isBetween(240L, 245L);
            assertThat(stage.actor(0).lastReason()).contains(Event.Reason.HANDED_OVER);
        }

        @Test
        void goesByPriorityThenByWhoWasSeenFirstThenById() {
            for (int scenario = 0; scenario < 3; scenario++) {
                Stage stage = new Stage(Mode.AUTO, 3, 1);
                stage.secondsUntil(() -> stage.actor(0).leads());
                stage.actor(2).commands.add(askToLead(4));
                stage.seconds(scenario == 2 ? 0 : 20);
                stage.actor(1).commands.add(askToLead(scenario == 0 ? 5 : 4));
                stage.secondsUntil(
                        () -> stage.actor(1).leads() || stage.actor(2).leads());
                assertThat(stage.leaders()).containsExactly(scenario == 1 ? 2 : 1);
            }
        }

        @Test
        void aRequestOfAnEarlierStartOrOfOneThatJoinsIsVoid() {
            Stage stage = led(Mode.AUTO, 3);
            Stage.Puppet asking = stage.puppet(2);
            asking.says(new Request(98, Goal.LEAD, "", 9, 0, HOUR.toMillis(), Request.Status.OPEN));
            stage.seconds(60, asking);
            asking.phase = Phase.JOINING;
            asking.says(new Request(asking.incarnation, Goal.LEAD, "", 9, 0, HOUR.toMillis(), Request.Status.OPEN));
            asking.lock(Phase.JOINING);
            stage.seconds(60, asking);
            assertThat(stage.leaders()).containsExactly(0);
            asking.phase = Phase.FOLLOWER;
            stage.seconds(25, asking);
            assertThat(stage.leaders()).isEmpty();
        }

        @Test
        void isForWhoeverAsksToLeadAndNoOtherWish() {
            Stage stage = led(Mode.AUTO, 3);
            stage.actor(2).commands.add(new Command.Ask(Goal.COMPACT, "now", 9, Duration.ZERO, HOUR));
            stage.seconds(400);
            assertThat(stage.leaders()).containsExactly(0);
            assertThat(stage.actor(0).events)
                    .filteredOn(Event.Wished.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(Event.Wished.class, wished -> {
                        assertThat(wished.by()).isEqualTo(Stage.writer(2));
                        assertThat(wished.request().reason()).isEqualTo("now");
                    });
        }

        @Test
        void anHeirThatHasTheVersionTooLateIsNone() {
            Stage stage = led(Mode.AUTO, 3);
            stage.actor(0).version = List.of(new Claim.Point(Stage.writer(0), 5));
            stage.actor(2).commands.add(askToLead(0));
            stage.secondsUntil(() -> !stage.actor(0).leads());
            stage.seconds(470); // the lease is over
            stage.actor(2).version = List.of(new Claim.Point(Stage.writer(0), 5));
            stage.seconds(60);
            assertThat(stage.leaders()).isEmpty();
            stage.seconds(600);
            Stage.Actor next = stage.actor(stage.leaders().get(0));
            assertThat(next.token().orElseThrow().term()).isGreaterThanOrEqualTo(3);
            assertThat(next.disk.claim().orElseThrow().proof()).isEqualTo(Claim.Proof.QUORUM);
        }

        /** The heir goes on with what was left of the lease, and the others let it lead as they let its predecessor. */
        @Test
        void givesTheRestOfTheLease() {
            Stage stage = led(Mode.AUTO, 3);
            stage.actor(2).commands.add(askToLead(0));
            stage.secondsUntil(() -> stage.actor(2).leads());
            stage.isolate(2);
            assertThat(stage.secondsUntil(() -> !stage.actor(2).leads())).isBetween(400L, 465L);
            assertThat(stage.actor(2).token()).isEmpty();
        }

        @Test
        void comesAtOnceWhenTheUserNamesAnotherDevice() {
            Stage stage = new Stage(Mode.AUTO, 3, 1);
            stage.secondsUntil(() -> stage.actor(0).leads());
            stage.actor(0).commands.add(new Command.Choose(Stage.writer(1), "Ann"));
            stage.seconds(10);
            assertThat(stage.leaders()).containsExactly(1);
            assertThat(stage.actor(0).disk.choice().orElseThrow().label()).isEqualTo("Ann");
            assertThat(stage.actor(1).token()).contains(new Token(0, 2, Stage.writer(1)));
        }

        @Test
        void isNotToADeviceThatIsAway() {
            Stage stage = led(Mode.AUTO, 3);
            stage.actor(2).crash();
            stage.seconds(700);
            stage.actor(0).commands.add(new Command.Choose(Stage.writer(2), "Ann"));
            stage.seconds(60);
            assertThat(stage.leaders()).as("somebody leads meanwhile").containsExactly(0);
            stage.actor(2).restart();
            stage.seconds(200);
            assertThat(stage.leaders()).as("the chosen one comes").containsExactly(2);
            assertThat(stage.actor(2).disk.claim().orElseThrow().proof()).isEqualTo(Claim.Proof.USER);
        }
    }

    /** For folders on a stick: nobody asks, and nothing ends by itself. */
    @Nested
    class InManualMode {
        private final Stage stage = new Stage(Mode.MANUAL, 3, 1);

        @Test
        void nobodyLeadsOrAsksUntilAUserSaysSo() {
            stage.seconds(2_000);
            assertThat(stage.leaders()).isEmpty();
            assertThat(stage.actors).noneMatch(actor -> actor.was(Event.Asked.class));
            stage.actor(1).commands.add(askToLead(0));
            stage.tick();
            assertThat(stage.leaders()).containsExactly(1);
            stage.actor(1).crash();
            stage.seconds(2_000);
            stage.actor(0).commands.add(askToLead(0));
            stage.seconds(60);
            assertThat(stage.leaders()).as("which may come back").isEmpty();
            stage.actor(0).commands.add(new Command.Choose(Stage.writer(0), ""));
            stage.tick();
            assertThat(stage.leaders()).containsExactly(0);
        }

        @Test
        void whoLeadsDoesSoAloneAndForAsLongAsItLikes() {
            stage.seconds(200);
            stage.actor(1).commands.add(new Command.Choose(Stage.writer(1), ""));
            stage.isolate(1);
            stage.seconds(10_000);
            assertThat(stage.leaders()).containsExactly(1);
        }

        @Test
        void anHeirTakesItsTime() {
            stage.seconds(200);
            stage.actor(0).commands.add(new Command.Choose(Stage.writer(0), ""));
            stage.seconds(300);
            stage.actor(0).version = List.of(new Claim.Point(Stage.writer(0), 5));
            stage.actor(2).commands.add(askToLead(0));
            stage.seconds(2_000);
            assertThat(stage.leaders()).isEmpty();
            stage.actor(2).version = List.of(new Claim.Point(Stage.writer(0), 6));
            stage.tick();
            assertThat(stage.leaders()).containsExactly(2);
        }
    }

    @Nested
    class Wishes {
        private final Stage stage = led(Mode.AUTO, 3);
        private final Stage.Actor asking = stage.actor(2);

        private Request.Status status() {
            return asking.disk.request().orElseThrow().status();
        }

        @Test
        void aSignOfLifeHasComeWhenTheLeaderHasSeenALaterLock() {
            stage.delay = 15_000;
            stage.seconds(100);
            asking.commands.add(new Command.Ask(Goal.PING, "", 0, Duration.ZERO, HOUR));
            assertThat(stage.secondsUntil(() -> asking.disk
                            .request()
                            .filter(request -> request.status() == Request.Status.DONE)
                            .isPresent()))
                    .isBetween(30L, 75L);
        }

        @Test
        void noSignOfLifeComesFromTheDead() {
            stage.actor(0).crash();
            asking.commands.add(new Command.Ask(Goal.PING, "", 0, Duration.ZERO, HOUR));
            stage.seconds(300);
            assertThat(status()).isEqualTo(Request.Status.OPEN);
        }

        @Test
        void aRequestEndsByTheClockOfWhoeverAsks() {
            asking.commands.add(new Command.Ask(Goal.COMPACT, "", 0, Duration.ZERO, Duration.ofSeconds(100)));
            stage.seconds(100);
            assertThat(status()).isEqualTo(Request.Status.OPEN);
            stage.seconds(5);
            assertThat(status()).isEqualTo(Request.Status.CANCELLED);
        }

        @Test
        void itIsTakenBackByAWordAndByARestart() {
            asking.commands.add(new Command.Ask(Goal.COMPACT, "", 0, Duration.ZERO, HOUR));
            stage.seconds(5);
            asking.commands.add(new Command.Cancel());
            stage.seconds(5);
            assertThat(status()).isEqualTo(Request.Status.CANCELLED);
            asking.commands.add(new Command.Ask(Goal.COMPACT, "", 0, Duration.ZERO, HOUR));
            stage.seconds(5);
            asking.commands.add(new Command.Leave());
            stage.seconds(5);
            assertThat(status()).isEqualTo(Request.Status.CANCELLED);
        }
    }

    @Test
    void whoIsHeardOfLatelyIsOnline() {
        Stage stage = led(Mode.AUTO, 3);
        ElectionState before = stage.actor(0).state;
        assertThat(before.online(Stage.writer(1), stage.now)).isTrue();
        assertThat(before.online(Stage.writer(1), stage.now + 600_000)).isFalse();
        assertThat(before.online(Stage.writer(0), stage.now + 600_000))
                .as("itself always")
                .isTrue();
        assertThat(before.online(Stage.writer(8), stage.now)).isFalse();
    }

    @Test
    void whoeverTakesPartIsToldOnceWhoLeads() {
        Stage stage = led(Mode.AUTO, 3);
        Token token = stage.actor(0).token().orElseThrow();
        for (Stage.Actor actor : stage.actors) {
            assertThat(actor.events)
                    .filteredOn(Event.LeaderChanged.class::isInstance)
                    .containsExactly(new Event.LeaderChanged(Optional.of(token)));
        }
        stage.actor(0).commands.add(new Command.Release());
        stage.seconds(30);
        assertThat(stage.actor(1).events).endsWith(new Event.LeaderChanged(Optional.empty()));
        assertThat(stage.actor(1).isAsked(Question.CHOOSE_LEADER)).isFalse();
    }
}
