package dev.cairn.election.protocol;

import static dev.cairn.election.protocol.Stage.led;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Lock.Phase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A device that finds under its own id what it did not write: the end of SPEC section 23.4. */
final class CopiesTest {
    private final Stage stage = led(Mode.AUTO, 3);
    private final Stage.Actor leader = stage.actor(0);

    /** A lock in the leader's name, of a start at that time. */
    private void found(long incarnation, long number, long sinceMillis, long wallMillis) {
        leader.receive(
                0,
                number,
                new Lock(
                        incarnation,
                        wallMillis,
                        sinceMillis,
                        1,
                        0,
                        1,
                        Phase.FOLLOWER,
                        20_000,
                        600_000,
                        List.of(),
                        Optional.empty()));
    }

    private long since() {
        return leader.lastLock().sinceMillis();
    }

    private long later() {
        return leader.own().lastKey() + 50;
    }

    @Test
    void theOneThatStartedLaterGoesOnAsAnotherAndLeadsNoMore() {
        found(42, later(), since() - 1, Stage.WALL + stage.now);
        int published = leader.published.size();
        stage.tick();
        assertThat(leader.afresh).isTrue();
        assertThat(leader.leads()).isFalse();
        assertThat(leader.lastReason()).contains(Event.Reason.FENCED);
        assertThat(leader.disk.claim().orElseThrow().status()).isEqualTo(Claim.Status.RELEASED);
        assertThat(leader.published).as("it says nothing more under the old id").hasSize(published);
    }

    @Test
    void theOneThatStartedEarlierStaysAndGoesOnBehindTheNumbersOfTheOther() {
        long number = later();
        found(42, number, since() + 1, Stage.WALL + stage.now);
        stage.tick();
        assertThat(leader.afresh).isFalse();
        assertThat(leader.leads()).isTrue();
        assertThat(leader.isAsked(Question.CLONE_DETECTED)).isTrue();
        assertThat(leader.questions()).containsExactly(Question.CLONE_DETECTED);
        stage.seconds(20);
        assertThat(leader.own().lastKey()).isGreaterThan(number);
        stage.seconds(2_000);
        assertThat(leader.events).filteredOn(Event.Asked.class::isInstance).hasSize(1);
    }

    @Test
    void ofTwoThatStartedAtOnceOneGoes() {
        for (long incarnation : new long[] {0, -1}) {
            Stage other = led(Mode.AUTO, 3);
            Stage.Actor actor = other.actor(0);
            Lock last = actor.lastLock();
            actor.receive(
                    0,
                    actor.own().lastKey() + 50,
                    new Lock(
                            incarnation,
                            last.wallMillis(),
                            last.sinceMillis(),
                            1,
                            0,
                            1,
                            Phase.FOLLOWER,
                            20_000,
                            600_000,
                            List.of(),
                            Optional.empty()));
            other.tick();
            assertThat(actor.afresh).isEqualTo(incarnation == 0);
        }
    }

    /** What a sync tool brings back of an earlier start of this very device is no copy's. */
    @Test
    void anOldLockOfItsOwnIsNoCopys() {
        long incarnation = leader.state.incarnation();
        long started = since();
        leader.restart();
        stage.seconds(60);
        found(incarnation, later(), started, started);
        stage.seconds(60);
        assertThat(leader.afresh).isFalse();
        assertThat(leader.isAsked(Question.CLONE_DETECTED)).isFalse();
    }

    /** The same machine's disk, put back to an earlier state, starts again while its former start goes on elsewhere. */
    @Test
    void aNewLockOfAnEarlierStartIsOneThatGoesOn() {
        long incarnation = leader.state.incarnation();
        long started = since();
        leader.restart();
        stage.seconds(60);
        found(incarnation, later(), started, Stage.WALL + stage.now);
        stage.tick();
        assertThat(leader.afresh).isTrue();
    }

    @Test
    void theNextOfItsWritersKnowsTheTermsAndNothingElse() {
        Memory next = leader.disk.of(Stage.writer(8), false);
        assertThat(next.term()).isEqualTo(1);
        assertThat(next.patienceMillis()).isEqualTo(600_000);
        assertThat(next.voting()).isFalse();
        assertThat(next.claim()).isEmpty();
        assertThat(next.allegiance()).isEmpty();
        assertThat(next.incarnations()).isEmpty();
        assertThat(next.reserved()).isZero();
    }
}
