package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Token;
import java.util.Optional;

/**
 * To whom this device keeps: to a leader or a candidate for whom it voted, until that one has stopped or the patience
 * is over. It is remembered, so that a restart does not make two leaders possible.
 */
final class Allegiance {
    private final Turn turn;
    private final Session s;
    private final Watch watch;

    Allegiance(Turn turn, Watch watch) {
        this.turn = turn;
        this.s = turn.s;
        this.watch = watch;
    }

    /** After a look: to the leader from whom this device hears, or to an heir who is on his way. */
    void keep(Optional<Token> heard, boolean heirExpected) {
        Optional<Token> leader = heard.filter(token -> !token.writer().equals(turn.me.writer()));
        if (leader.isPresent()) {
            turn.remember(Memories.allegiance(turn.memory(), leader));
            s.allegianceAt = watch.heard(leader.get().writer()).at();
        } else if (heirExpected && s.heir.isPresent()) {
            if (!turn.memory().allegiance().equals(s.heir)) {
                turn.remember(Memories.allegiance(turn.memory(), s.heir));
                s.allegianceAt = s.heirSince;
            }
        } else if (turn.memory().allegiance().filter(this::isOver).isPresent()) {
            turn.remember(Memories.allegiance(turn.memory(), Optional.empty()));
        }
    }

    private boolean isOver(Token token) {
        if (turn.mono() - s.allegianceAt >= s.patience) {
            return true;
        }
        if (token.writer().equals(turn.me.writer())) {
            return turn.ownBallot().isEmpty() && turn.ownClaim().isEmpty();
        }
        Papers theirs = watch.members().get(token.writer());
        if (theirs == null) {
            return false;
        }
        Optional<Claim> claim = theirs.claim().filter(one -> one.token().compareTo(token) >= 0);
        if (claim.isPresent()) {
            return !claim.get().active();
        }
        return theirs.ballot()
                .filter(ballot -> ballot.token(token.writer()).compareTo(token) > 0
                        || (ballot.token(token.writer()).equals(token) && ballot.status() == Ballot.Status.WITHDRAWN))
                .isPresent();
    }

    /** Whether this device keeps to nobody but perhaps that one. */
    boolean isFreeFor(WriterId writer) {
        return turn.memory()
                .allegiance()
                .filter(token -> !token.writer().equals(writer))
                .isEmpty();
    }
}
