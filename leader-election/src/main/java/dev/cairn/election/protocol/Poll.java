package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.election.Ballot;
import java.util.Set;
import java.util.TreeSet;

/** The votes for and against the own candidacy. */
final class Poll {
    private final Turn turn;
    private final Session s;

    Poll(Turn turn) {
        this.turn = turn;
        this.s = turn.s;
    }

    /** Whether more than half have voted for it, and let it lead for some time from now. */
    boolean hasQuorum(Ballot own) {
        Set<DeviceId> voters = new TreeSet<>();
        if (turn.memory()
                .vote()
                .filter(vote -> vote.isFor(turn.me.writer(), own))
                .isPresent()) {
            voters.add(turn.me.device());
        }
        for (Papers papers : turn.watch.members().values()) {
            papers.vote().filter(vote -> vote.isFor(turn.me.writer(), own)).ifPresent(vote -> {
                voters.add(papers.device());
                long patience = Math.min(vote.patienceMillis(), s.patience);
                turn.extend(papers.device(), s.standingSince + turn.me.timers().leaseMillis(patience));
            });
        }
        return voters.size() * 2 > turn.view.electorate().size() && Tenure.quorumUntil(turn) > turn.mono();
    }

    /** Whether too many have voted otherwise for this candidate to win in this term. */
    boolean isLost(Ballot own) {
        Set<DeviceId> lost = new TreeSet<>();
        for (Papers papers : turn.watch.members().values()) {
            papers.vote()
                    .filter(vote -> vote.epoch() == own.epoch() && vote.term() == own.term())
                    .filter(vote -> !vote.isFor(turn.me.writer(), own))
                    .ifPresent(vote -> lost.add(papers.device()));
        }
        int electorate = turn.view.electorate().size();
        return (electorate - lost.size()) * 2 <= electorate;
    }
}
