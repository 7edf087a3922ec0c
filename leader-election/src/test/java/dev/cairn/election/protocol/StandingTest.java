package dev.cairn.election.protocol;

import static dev.cairn.election.protocol.Stage.led;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Electorate;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who stands, who votes for whom, and who wins: the rules of SPEC section 23.4, against devices that keep to none. */
final class StandingTest {
    @Test
    void whoeverIsFirstAndNeverStandsIsPassedOver() {
        Stage stage = new Stage(Mode.GRACE, 3, 1);
        Stage.Puppet first = stage.puppet(0);
        stage.seconds(265, first);
        assertThat(stage.actor(1).phase()).isEqualTo(Phase.FOLLOWER);
        stage.seconds(15, first);
        assertThat(stage.actor(1).phase()).as("after a grace period more").isEqualTo(Phase.CANDIDATE);
        stage.seconds(140, first);
        assertThat(stage.leaders()).containsExactly(1);
        assertThat(stage.actor(2).count(Ballot.class)).isZero();
    }

    @Test
    void whoeverStandsIsWaitedForAsLongAsItIsThere() {
        Stage stage = new Stage(Mode.GRACE, 3, 1);
        Stage.Puppet first = stage.puppet(0);
        stage.seconds(100, first);
        first.stands(1, Ballot.Status.OPEN);
        stage.seconds(1_500, first);
        assertThat(stage.actor(1).count(Ballot.class) + stage.actor(2).count(Ballot.class))
                .isZero();
        assertThat(stage.secondsUntil(() -> stage.leaders().equals(List.of(1)))).isBetween(600L, 900L);
    }

    @Test
    void aCandidateWithdrawsBeforeALeader() {
        for (Mode mode : new Mode[] {Mode.GRACE, Mode.QUORUM}) {
            Stage stage = new Stage(mode, 3, 1);
            Stage.Puppet leader = stage.puppet(2);
            stage.secondsUntil(() -> stage.actor(0).phase() == Phase.CANDIDATE);
            leader.claims(0, 1, Claim.Status.ACTIVE);
            stage.seconds(10, leader);
            assertThat(stage.actor(0).phase()).isEqualTo(Phase.FOLLOWER);
            assertThat(stage.actor(0).ballot().status()).isEqualTo(Ballot.Status.WITHDRAWN);
            stage.seconds(900, leader);
            assertThat(stage.actor(0).count(Ballot.class))
                    .as("once open, once withdrawn")
                    .isEqualTo(2);
        }
    }

    @Test
    void aCandidateStandsAnewBehindAClaimThatIsNoMore() {
        Stage stage = new Stage(Mode.QUORUM, 3, 1);
        Stage.Puppet former = stage.puppet(2);
        stage.secondsUntil(() -> stage.actor(0).phase() == Phase.CANDIDATE);
        former.claims(0, 7, Claim.Status.RELEASED);
        stage.seconds(10, former);
        assertThat(stage.actor(0).ballot().status()).isEqualTo(Ballot.Status.OPEN);
        assertThat(stage.actor(0).ballot().term()).isEqualTo(8);
        stage.seconds(200, former);
        assertThat(stage.leaders()).containsExactly(0);
    }

    @Test
    void aCandidateStandsAnewBeforeOneOfALaterTermThatGoesBehindIt() {
        Stage stage = new Stage(Mode.QUORUM, 3, 1);
        stage.seconds(40);
        Stage.Puppet second = stage.puppet(2);
        stage.secondsUntil(() -> stage.actor(0).phase() == Phase.CANDIDATE);
        second.stands(5, Ballot.Status.OPEN);
        stage.seconds(10, second);
        assertThat(stage.actor(0).ballot().status()).isEqualTo(Ballot.Status.OPEN);
        assertThat(stage.actor(0).ballot().term()).isEqualTo(6);
    }

    @Test
    void aCandidateStandsAnewWhenThereAreOtherVoters() {
        Stage stage = new Stage(Mode.QUORUM, 5, 1);
        stage.actor(4).on = false;
        stage.secondsUntil(() -> stage.actor(0).phase() == Phase.CANDIDATE);
        Ballot before = stage.actor(0).ballot();
        stage.electorate.remove(Stage.device(4));
        stage.tick();
        assertThat(stage.actor(0).ballot().term()).isEqualTo(before.term() + 1);
        assertThat(stage.actor(0).ballot().electorate()).isNotEqualTo(before.electorate());
        stage.seconds(150);
        assertThat(stage.leaders()).containsExactly(0);
    }

    @Test
    void whoeverNamesAnotherLeaderStandsNoLonger() {
        Stage stage = new Stage(Mode.QUORUM, 3, 1);
        stage.secondsUntil(() -> stage.actor(0).phase() == Phase.CANDIDATE);
        stage.actor(0).commands.add(new Command.Choose(Stage.writer(1), "Ann"));
        stage.tick();
        assertThat(stage.actor(0).phase()).isEqualTo(Phase.FOLLOWER);
        assertThat(stage.actor(0).ballot().status()).isEqualTo(Ballot.Status.WITHDRAWN);
        stage.seconds(10);
        assertThat(stage.leaders()).containsExactly(1);
        Claim claim = stage.actor(1).disk.claim().orElseThrow();
        assertThat(claim.proof()).isEqualTo(Claim.Proof.USER);
        assertThat(claim.epoch()).isEqualTo(1);
    }

    /** A device of which another one that is there hears a leader waits, although it hears of none itself. */
    @Test
    void whatOthersHearOfALeaderHoldsADeviceOff() {
        Stage stage = new Stage(Mode.GRACE, 3, 1);
        Stage.Puppet witness = stage.puppet(2);
        stage.actor(0).on = false;
        witness.leader = Optional.of(new Token(0, 1, Stage.writer(0)));
        stage.seconds(2_000, witness);
        assertThat(stage.actor(1).count(Ballot.class)).isZero();
        stage.actor(1)
                .receive(
                        0,
                        9,
                        new Claim(
                                0,
                                1,
                                Claim.Proof.GRACE,
                                new OrderKey(false, 1, 0, Stage.writer(0)),
                                0,
                                Claim.Status.RELEASED,
                                Optional.empty()));
        assertThat(stage.secondsUntil(() -> stage.actor(1).count(Ballot.class) > 0, witness))
                .as("until it is known that it has stopped")
                .isBetween(120L, 300L);
    }

    @Nested
    class Voting {
        private final Stage stage = new Stage(Mode.QUORUM, 3, 1);
        private final Stage.Puppet first = stage.puppet(0);
        private final Stage.Puppet second = stage.puppet(2);
        private final Stage.Actor voter = stage.actor(1);

        private void hasVoted(Stage.Puppet candidate, long term) {
            Vote vote = voter.disk.vote().orElseThrow();
            assertThat(vote.candidate()).isEqualTo(candidate.writer());
            assertThat(vote.term()).isEqualTo(term);
            assertThat(vote.patienceMillis()).isEqualTo(600_000);
        }

        @Test
        void inEachTermThereIsOneVote() {
            stage.seconds(200, first, second);
            first.stands(1, Ballot.Status.OPEN);
            stage.seconds(5, first, second);
            hasVoted(first, 1);
            first.stands(1, Ballot.Status.WITHDRAWN);
            second.stands(1, Ballot.Status.OPEN);
            stage.seconds(200, first, second);
            assertThat(voter.count(Vote.class)).isEqualTo(1);
            second.stands(2, Ballot.Status.OPEN);
            stage.seconds(5, first, second);
            hasVoted(second, 2);
        }

        @Test
        void whoeverIsFirstGetsItAtOnceAndAnyOtherAfterAWhile() {
            stage.seconds(200, first, second);
            second.stands(1, Ballot.Status.OPEN);
            stage.seconds(115, first, second);
            assertThat(voter.count(Vote.class)).isZero();
            stage.seconds(15, first, second);
            hasVoted(second, 1);
        }

        @Test
        void itIsKeptToThoughTheCandidateIsGone() {
            stage.seconds(200, first, second);
            first.stands(1, Ballot.Status.OPEN);
            stage.seconds(5, second);
            hasVoted(first, 1);
            second.stands(2, Ballot.Status.OPEN);
            stage.seconds(595, second);
            hasVoted(first, 1);
            stage.seconds(10, second);
            hasVoted(second, 2);
        }

        @Test
        void itIsFreeAgainWhenTheCandidateStandsInALaterTerm() {
            stage.seconds(200, first, second);
            first.stands(1, Ballot.Status.OPEN);
            stage.seconds(5, first, second);
            first.stands(2, Ballot.Status.OPEN);
            stage.seconds(5, first, second);
            hasVoted(first, 2);
        }

        @Test
        void itIsForTheSameElectorateAlone() {
            stage.seconds(200, first, second);
            Bytes other = Electorate.digest(new TreeSet<>(Set.of(Stage.device(1))));
            first.says(new Ballot(0, 1, false, 1, Stage.WALL, Ballot.Status.OPEN, 0, other));
            stage.seconds(300, first, second);
            assertThat(voter.count(Vote.class)).isZero();
        }

        @Test
        void whoeverMayNotWriteHasNone() {
            stage.seconds(200, first, second);
            voter.writable = false;
            first.stands(1, Ballot.Status.OPEN);
            stage.seconds(300, first, second);
            assertThat(voter.disk.vote()).isEmpty();
        }

        @Test
        void thereIsNoneWhileALeaderIsThere() {
            Stage led = led(Mode.QUORUM, 3);
            Stage.Puppet impatient = led.puppet(2);
            long votes = led.actor(1).count(Vote.class);
            impatient.stands(5, Ballot.Status.OPEN);
            led.seconds(900, impatient);
            assertThat(led.actor(1).count(Vote.class)).isEqualTo(votes);
            assertThat(led.leaders()).containsExactly(0);
        }
    }

    @Nested
    class Counting {
        private Stage stage = new Stage(Mode.QUORUM, 3, 1);
        private Stage.Actor candidate = stage.actor(0);
        private Stage.Puppet[] others = {};

        /** The first of several stands, and the others say that they are there. */
        private void stands(int devices, boolean votes) {
            stage = new Stage(Mode.QUORUM, devices, 1);
            candidate = stage.actor(0);
            candidate.disk = Memory.of(Stage.writer(0)).of(Stage.writer(0), votes);
            candidate.restart();
            others = new Stage.Puppet[devices - 1];
            for (int i = 1; i < devices; i++) {
                others[i - 1] = stage.puppet(i);
            }
            stage.seconds(40); // so that it has drawn its ticket before theirs
            stage.secondsUntil(() -> candidate.phase() == Phase.CANDIDATE, others);
        }

        private boolean wins() {
            stage.seconds(125, others);
            return candidate.leads();
        }

        private void vote(int voters) {
            for (int i = 0; i < voters; i++) {
                others[i].votes(Stage.writer(0), candidate.ballot());
            }
        }

        @Test
        void moreThanHalfAreNeededAndHalfIsNotMore() {
            stands(4, true);
            vote(1);
            assertThat(wins()).isFalse();
            stands(4, true);
            vote(2);
            assertThat(wins()).isTrue();
            assertThat(candidate.disk.claim().orElseThrow().proof()).isEqualTo(Claim.Proof.QUORUM);
            assertThat(candidate.ballot().status()).isEqualTo(Ballot.Status.WON);
        }

        @Test
        void theCandidatesOwnVoteCountsIfItHasOne() {
            stands(3, true);
            vote(1);
            assertThat(wins()).isTrue();
            stands(3, false);
            vote(1);
            assertThat(wins()).isFalse();
            vote(2);
            assertThat(wins()).isTrue();
        }

        @Test
        void nobodyLeadsBeforeGraceIsOver() {
            stands(3, true);
            vote(2);
            stage.seconds(115, others);
            assertThat(candidate.leads()).isFalse();
            stage.seconds(10, others);
            assertThat(candidate.leads()).isTrue();
        }

        @Test
        void whatIsForAnotherOrOfAnotherTermDoesNotCount() {
            stands(3, true);
            long term = candidate.ballot().term();
            others[0].votes(Stage.writer(2), candidate.ballot());
            stage.seconds(30, others);
            assertThat(candidate.ballot().term())
                    .as("the other one may still vote for it")
                    .isEqualTo(term);
            others[1].votes(Stage.writer(2), candidate.ballot());
            stage.seconds(5, others);
            assertThat(candidate.ballot().term()).as("in this term it is lost").isEqualTo(term + 1);
            assertThat(wins()).isFalse();
        }

        @Test
        void aQuorumThatIsOverWhenItIsCountedIsNone() {
            stands(3, true);
            Ballot ballot = candidate.ballot();
            others[0].says(new Vote(ballot.epoch(), ballot.term(), Stage.writer(0), ballot.electorate(), 200_000));
            assertThat(wins()).as("200 s less grace and heartbeat are 60 s").isFalse();
        }
    }
}
