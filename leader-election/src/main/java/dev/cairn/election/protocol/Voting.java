package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Electorate;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.Vote;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One vote a term, for whoever is next.
 *
 * <p>A vote is a promise: until the threshold has passed, or the candidate has given way, this device votes for nobody
 * else. It is durable before it is published, so that a crash does not make a second one.
 */
final class Voting {
    private final Turn turn;
    private final Session s;
    private final Candidacy candidacy;

    Voting(Turn turn, Candidacy candidacy) {
        this.turn = turn;
        this.s = turn.s;
        this.candidacy = candidacy;
    }

    void vote() {
        Map<WriterId, Ballot> live = candidacy.rivals();
        Map<WriterId, Long> since = new HashMap<>();
        live.keySet().forEach(writer -> since.put(writer, s.ballotsSince.getOrDefault(writer, turn.mono())));
        s.ballotsSince = since;
        if (turn.mode != Mode.QUORUM
                || (s.phase != Phase.FOLLOWER && s.phase != Phase.NEED_USER)
                || turn.ownBallot().isPresent()
                || !turn.memory().voting()
                || !turn.member()
                || !turn.view.writable()
                || turn.watch.leaderIsThere()) {
            return;
        }
        choose(live).ifPresent(this::cast);
    }

    private Optional<Map.Entry<WriterId, Ballot>> choose(Map<WriterId, Ballot> live) {
        Comparator<Map.Entry<WriterId, Ballot>> byOrder =
                Comparator.comparing(entry -> entry.getValue().order(entry.getKey()));
        return live.entrySet().stream()
                .filter(entry -> mayVote(entry.getValue()))
                .min(byOrder)
                .filter(entry -> turn.watch.isFreeFor(entry.getKey()))
                .filter(entry -> isNext(entry.getKey()));
    }

    private boolean mayVote(Ballot ballot) {
        boolean later = turn.memory()
                .vote()
                .map(vote -> ballot.epoch() > vote.epoch()
                        || (ballot.epoch() == vote.epoch() && ballot.term() > vote.term()))
                .orElse(true);
        return later && ballot.electorate().equals(Electorate.digest(turn.view.electorate()));
    }

    /**
     * Whoever is next gets the vote at once; anybody else when it has stood for a while and nobody better has come.
     * That goes on over its terms: it begins a new one as often as this device may have to wait.
     */
    private boolean isNext(WriterId writer) {
        OrderKey first = turn.ranking.first(s.skipped);
        long seen = s.ballotsSince.getOrDefault(writer, turn.mono());
        return first.writer().equals(writer) || turn.mono() - seen >= s.grace;
    }

    private void cast(Map.Entry<WriterId, Ballot> chosen) {
        Ballot ballot = chosen.getValue();
        turn.remember(Memories.vote(
                turn.memory(),
                new Vote(ballot.epoch(), ballot.term(), chosen.getKey(), ballot.electorate(), s.patience)));
        s.allegianceAt = turn.mono();
    }
}
