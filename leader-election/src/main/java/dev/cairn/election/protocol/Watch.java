package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is there, and who leads.
 *
 * <p>A device is there when its lock was seen to change within the threshold of this device's own monotonic clock.
 * Other devices' clocks are asked once, when a lock is seen for the first time: then a wall time near one's own is a
 * guess that its device is there, which the next change confirms or the threshold ends.
 */
final class Watch {
    private static final int PUBLISHED_MAX = 64;

    private final Turn turn;
    private final Session s;
    private final RoundTrips roundTrips;
    private final Allegiance allegiance;
    private final Map<WriterId, Papers> members = new TreeMap<>();
    private Optional<Claim> effective = Optional.empty();
    private Optional<Claim> greatest = Optional.empty();
    private boolean reported;
    private boolean heirExpected;

    Watch(Turn turn) {
        this.turn = turn;
        this.s = turn.s;
        this.roundTrips = new RoundTrips(turn);
        this.allegiance = new Allegiance(turn, this);
    }

    void look() {
        forgetOld();
        turn.view.papers().forEach(this::look);
        for (Papers papers : turn.view.papers().values()) {
            learn(papers);
        }
        turn.view.papers().forEach((writer, papers) -> {
            if (!writer.equals(turn.me.writer()) && turn.view.electorate().contains(papers.device())) {
                members.put(writer, papers);
            }
        });
        judge();
    }

    private void judge() {
        Map<WriterId, Papers> all = new TreeMap<>(members);
        if (turn.member()) {
            Papers own = Papers.of(turn.me.device());
            all.put(
                    turn.me.writer(),
                    ownClaim().map(claim -> own.with(1, claim)).orElse(own));
        }
        effective = Claims.effective(all, turn.view.electorate());
        greatest = Claims.greatest(all, turn.view.electorate());
        expectHeir();
        reported = members.entrySet().stream().anyMatch(entry -> reports(entry.getKey(), entry.getValue()));
        allegiance.keep(leader(), heirExpected);
        if (leaderIsThere()) {
            s.leaderlessSince = turn.mono();
            s.skipped.clear();
            s.waitingFor = Optional.empty();
        }
    }

    /**
     * The own claim from memory, of which the folder may show an older form; but a greater one in the folder, which
     * this machine never made, is that of a copy of it, and fences it like anybody else's.
     */
    private Optional<Claim> ownClaim() {
        Optional<Claim> remembered = turn.memory().claim();
        Optional<Claim> found = turn.view.own(turn.me).claim();
        boolean copys =
                found.isPresent() && (remembered.isEmpty() || Claims.ORDER.compare(found.get(), remembered.get()) > 0);
        return copys ? found : remembered;
    }

    private void forgetOld() {
        while (s.published.size() > PUBLISHED_MAX) {
            s.published.pollFirstEntry();
        }
    }

    private void look(WriterId writer, Papers papers) {
        Optional<Lock> lock = papers.lock();
        if (writer.equals(turn.me.writer()) || lock.isEmpty()) {
            return;
        }
        Session.Heard before = s.heard.get(writer);
        long number = papers.lockNumber();
        long at = before == null ? firstGuess(lock.get()) : before.at();
        if (before != null && number > before.number()) {
            at = turn.mono();
            turn.prompts.clock(writer, lock.get());
        }
        long acked = before == null ? 0 : before.acked();
        if (before == null || number > before.number()) {
            acked = roundTrips.acknowledge(papers.device(), lock.get(), acked);
        }
        s.heard.put(writer, new Session.Heard(lock.get().incarnation(), number, at, acked));
    }

    private long firstGuess(Lock lock) {
        long apart = Math.abs(turn.now.wallMillis() - lock.wallMillis());
        return apart <= turn.me.timers().thresholdMillis() ? turn.mono() : Session.NEVER;
    }

    private void learn(Papers papers) {
        papers.lock().ifPresent(lock -> turn.raise(lock.epoch(), lock.term()));
        papers.ballot().ifPresent(ballot -> turn.raise(ballot.epoch(), ballot.term()));
        papers.vote().ifPresent(vote -> turn.raise(vote.epoch(), vote.term()));
        papers.choice().ifPresent(choice -> turn.raise(choice.epoch(), choice.term()));
        papers.claim()
                .ifPresent(claim -> turn.raise(
                        claim.epoch(), claim.term() + (claim.handOver().isPresent() ? 1 : 0)));
    }

    /** After a hand-over the heir is waited for like a leader, as long as it is there. */
    private void expectHeir() {
        Optional<Token> heir = greatest.flatMap(claim ->
                claim.handOver().map(to -> new Token(claim.epoch(), claim.term() + 1, to.heir())));
        if (!heir.equals(s.heir)) {
            s.heir = heir;
            s.heirSince = turn.mono();
        }
        heirExpected = heir.isPresent()
                && !heir.get().writer().equals(turn.me.writer())
                && isThere(heir.get().writer())
                && turn.mono() - s.heirSince < s.patience;
    }

    /** Whether a device that is there hears of a leader, of whom it is not known here that he has stopped. */
    private boolean reports(WriterId writer, Papers papers) {
        Optional<Token> leader = papers.lock().flatMap(Lock::leader);
        if (leader.isEmpty()
                || leader.get().writer().equals(turn.me.writer())
                || (leader.get().writer().equals(writer) && papers.lock().get().phase() != Phase.LEADER)
                || !isThere(writer)) {
            return false;
        }
        Papers theirs = members.get(leader.get().writer());
        Optional<Claim> claim = theirs == null ? Optional.empty() : theirs.claim();
        return claim.isEmpty()
                || claim.get().token().compareTo(leader.get()) < 0
                || (claim.get().token().equals(leader.get()) && claim.get().active());
    }

    /** Whether this device keeps to nobody but perhaps that one. */
    boolean isFreeFor(WriterId writer) {
        return allegiance.isFreeFor(writer);
    }

    boolean isThere(WriterId writer) {
        Session.Heard heard = s.heard.get(writer);
        if (heard == null || turn.mono() - heard.at() >= s.patience) {
            return false;
        }
        Papers papers = turn.view.papers().get(writer);
        return papers != null && papers.lock().filter(lock -> !lock.leaving()).isPresent();
    }

    /** The other writers which may lead and vote, and are there. */
    Set<WriterId> others() {
        Set<WriterId> others = new TreeSet<>();
        for (Map.Entry<WriterId, Papers> entry : members.entrySet()) {
            if (!entry.getValue().device().equals(turn.me.device()) && isThere(entry.getKey())) {
                others.add(entry.getKey());
            }
        }
        return others;
    }

    /** The papers of a member. */
    Papers papers(WriterId writer) {
        return Objects.requireNonNull(members.get(writer), "no member");
    }

    /** What was heard of a writer whose lock was seen. */
    Session.Heard heard(WriterId writer) {
        return Objects.requireNonNull(s.heard.get(writer), "nothing was heard");
    }

    Map<WriterId, Papers> members() {
        return members;
    }

    /** The greatest claim there ever was. */
    Optional<Claim> greatest() {
        return greatest;
    }

    Optional<Claim> effective() {
        return effective;
    }

    /** The leader from whom this device itself hears, or which it is. */
    Optional<Token> leader() {
        return effective
                .map(Claim::token)
                .filter(token -> token.writer().equals(turn.me.writer())
                        ? s.phase == Phase.LEADER && turn.ownClaim().isPresent()
                        : isThere(token.writer()));
    }

    /** Whether there is a leader, or somebody who is there hears of one, or an heir is on his way. */
    boolean leaderIsThere() {
        return leader().isPresent() || reported || heirExpected;
    }

    /** The open candidacies of others which are there, and which no claim has overtaken. */
    Map<WriterId, Ballot> liveBallots() {
        Map<WriterId, Ballot> live = new HashMap<>();
        for (WriterId writer : others()) {
            papers(writer)
                    .ballot()
                    .filter(ballot -> ballot.status() == Ballot.Status.OPEN && isAhead(ballot.epoch(), ballot.term()))
                    .ifPresent(ballot -> live.put(writer, ballot));
        }
        return live;
    }

    /** Whether nobody has claimed that term or a later one. */
    boolean isAhead(long epoch, long term) {
        return greatest.isEmpty()
                || epoch > greatest.get().epoch()
                || (epoch == greatest.get().epoch()
                        && term
                                > greatest.get().term()
                                        + (greatest.get().handOver().isPresent() ? 1 : 0));
    }

    /**
     * Whether an own lock lies in the folder which this device did not write: of a start it does not know, or of an
     * earlier start which goes on.
     */
    boolean stranger() {
        Papers own = turn.view.own(turn.me);
        return own.lock()
                .filter(lock -> lock.incarnation() != s.incarnation)
                .filter(lock -> !turn.memory().incarnations().contains(lock.incarnation())
                        || (own.lockNumber() > s.lockAtStart && lock.wallMillis() > s.sinceMillis))
                .isPresent();
    }

    boolean strangerIsOlder() {
        return turn.view
                .own(turn.me)
                .lock()
                .filter(lock -> lock.sinceMillis() < s.sinceMillis
                        || (lock.sinceMillis() == s.sinceMillis
                                && Long.compareUnsigned(lock.incarnation(), s.incarnation) < 0))
                .isPresent();
    }
}
