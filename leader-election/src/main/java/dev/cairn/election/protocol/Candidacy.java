package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Claim.Proof;
import dev.cairn.format.election.Electorate;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Vote;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** From the start to the leadership, and back: joining, waiting, standing, asking. */
final class Candidacy {
    /** Windows after which a user is asked. */
    private static final int WINDOWS = 3;

    private final Turn turn;
    private final Session s;
    private final Watch watch;
    private final Poll poll;

    Candidacy(Turn turn) {
        this.turn = turn;
        this.s = turn.s;
        this.watch = turn.watch;
        this.poll = new Poll(turn);
    }

    void live() {
        if (!turn.view.writable()) {
            s.leaderlessSince = turn.mono();
            return;
        }
        switch (s.phase) {
            case JOINING -> join();
            case FOLLOWER -> follow();
            case CANDIDATE, NEED_USER -> stand();
            default -> {
                // a leader or a leaver does not stand
            }
        }
    }

    private void join() {
        long settle = turn.me.timers().settleMillis();
        if (s.ticket == 0 && turn.mono() - s.startedAt >= settle) {
            s.ticket = turn.ranking.nextTicket();
        }
        if (turn.mono() - s.startedAt >= settle + turn.me.timers().graceMillis()) {
            turn.follow();
            s.leaderlessSince = s.startedAt;
            follow();
        }
    }

    private void follow() {
        if (turn.mode == Mode.MANUAL
                || !turn.member()
                || watch.leaderIsThere()
                || turn.mono() < s.abstainUntil
                || turn.mono() - s.leaderlessSince < window()) {
            return;
        }
        Set<WriterId> others = watch.others();
        if (turn.mode == Mode.USER) {
            awaitWord(others.isEmpty());
        } else if (others.isEmpty() && turn.view.electorate().size() > 1) {
            needUser(Question.ONLY_DEVICE);
        } else if (watch.isFreeFor(turn.me.writer()) && measured(others) && isNext()) {
            declare();
            if (turn.view.electorate().size() == 1) {
                turn.ownBallot().ifPresent(own -> win(own, Proof.GRACE)); // there is nobody to wait for
            }
        }
    }

    /** Whoever has asked for the leadership has the user's word already; everybody else asks for it. */
    private void awaitWord(boolean alone) {
        if (turn.wantsToLead()) {
            winByUser();
        } else {
            needUser(alone ? Question.ONLY_DEVICE : Question.CHOOSE_LEADER);
        }
    }

    private void needUser(Question question) {
        if (turn.prompts.mayAsk(question)) {
            s.phase = Phase.NEED_USER;
            if (question == Question.ONLY_DEVICE) {
                turn.prompts.onlyDevice();
            } else {
                turn.prompts.chooseLeader(turn.mode);
            }
        }
    }

    /** A quorum is safe without waiting for slow files; an empty window is not. */
    private long window() {
        return turn.mode == Mode.QUORUM ? turn.me.timers().graceMillis() : s.grace;
    }

    /** Until it is known how slow the folder is, a window has no meaning. */
    private boolean measured(Set<WriterId> others) {
        return others.isEmpty() || !s.roundTrips.isEmpty() || turn.mono() - s.startedAt >= s.patience;
    }

    /** Whether it is this device's turn; whoever is next and does nothing for a while is passed over. */
    private boolean isNext() {
        OrderKey first = turn.ranking.first(s.skipped);
        if (first.writer().equals(turn.me.writer())) {
            return watch.liveBallots().entrySet().stream()
                    .allMatch(entry ->
                            turn.ranking.own().compareTo(entry.getValue().order(entry.getKey())) < 0);
        }
        if (!s.waitingFor.equals(Optional.of(first.writer()))) {
            s.waitingFor = Optional.of(first.writer());
            s.waitingSince = turn.mono();
        } else if (turn.mono() - s.waitingSince >= s.grace
                && !watch.liveBallots().containsKey(first.writer())) {
            s.skipped.add(first.writer());
        }
        return false;
    }

    /** Publishes a ballot in a new term. */
    private void declare() {
        OrderKey own = turn.ranking.own();
        Ballot ballot = new Ballot(
                turn.memory().epoch(),
                turn.memory().term() + 1,
                own.ledLast(),
                own.ticket(),
                own.sinceMillis(),
                Ballot.Status.OPEN,
                Math.min(s.rounds, 1000),
                Electorate.digest(turn.view.electorate()));
        turn.remember(Memories.ballot(turn.memory(), ballot));
        if (turn.mode == Mode.QUORUM && turn.memory().voting()) {
            Vote vote = new Vote(ballot.epoch(), ballot.term(), turn.me.writer(), ballot.electorate(), s.patience);
            turn.remember(Memories.vote(turn.memory(), vote));
            s.allegianceAt = turn.mono();
        }
        s.phase = s.phase == Phase.NEED_USER ? s.phase : Phase.CANDIDATE;
        s.standingSince = turn.mono();
        s.windowSince = turn.mono();
        s.windowKey = windowKey();
    }

    private int windowKey() {
        return Objects.hash(new TreeSet<>(watch.liveBallots().keySet()), watch.others());
    }

    private void stand() {
        Optional<Ballot> own = turn.ownBallot();
        if (watch.leaderIsThere() || !turn.member()) {
            giveWay();
        } else if (own.isEmpty()) {
            standWithoutBallot();
        } else if (isBeaten(own.get())) {
            giveWay();
        } else if (isOvertaken(own.get())) {
            s.rounds++;
            declare();
        } else {
            await(own.get());
        }
    }

    /** The user was asked; he may also have asked for the leadership instead of an answer. */
    private void standWithoutBallot() {
        if (turn.mode == Mode.USER && turn.wantsToLead()) {
            winByUser();
        } else if (!watch.others().isEmpty() && !turn.prompts.stands(Question.CHOOSE_LEADER)) {
            giveWay();
        }
    }

    /** Back to where others go first. */
    void giveWay() {
        turn.withdraw();
        turn.prompts.settle(Question.ONLY_DEVICE, Prompt.WAIT);
        turn.prompts.settle(Question.CHOOSE_LEADER, Prompt.WAIT);
        turn.follow();
    }

    private boolean isBeaten(Ballot own) {
        OrderKey mine = own.order(turn.me.writer());
        return watch.liveBallots().entrySet().stream()
                .anyMatch(entry -> compare(entry.getValue(), own) >= 0
                        && entry.getValue().order(entry.getKey()).compareTo(mine) < 0);
    }

    private boolean isOvertaken(Ballot own) {
        return !watch.isAhead(own.epoch(), own.term())
                || watch.liveBallots().values().stream().anyMatch(other -> compare(other, own) > 0)
                || (turn.mode == Mode.QUORUM && !own.electorate().equals(Electorate.digest(turn.view.electorate())));
    }

    static int compare(Ballot a, Ballot b) {
        int byEpoch = Long.compare(a.epoch(), b.epoch());
        return byEpoch != 0 ? byEpoch : Long.compare(a.term(), b.term());
    }

    private void await(Ballot own) {
        int key = windowKey();
        if (key != s.windowKey) {
            s.windowKey = key;
            s.windowSince = turn.mono();
            s.rounds++;
        }
        if (turn.mode == Mode.QUORUM) {
            awaitVotes(own);
        } else {
            awaitSilence(own);
        }
    }

    private void awaitSilence(Ballot own) {
        boolean alone = watch.others().isEmpty() && turn.view.electorate().size() > 1;
        boolean silent = turn.mono() - s.windowSince >= s.grace;
        if (silent && alone) {
            turn.withdraw();
            turn.follow();
            s.leaderlessSince = turn.mono() - window();
        } else if (silent && watch.liveBallots().isEmpty()) {
            win(own, Proof.GRACE);
        } else if (s.rounds > WINDOWS) {
            ask();
        }
    }

    private void awaitVotes(Ballot own) {
        long standing = turn.mono() - s.standingSince;
        if (standing >= turn.me.timers().graceMillis() && poll.hasQuorum(own)) {
            win(own, Proof.QUORUM);
        } else if (standing >= s.grace || poll.isLost(own)) {
            s.rounds++;
            if (s.rounds > WINDOWS) {
                ask();
            }
            declare();
        }
    }

    private void ask() {
        if (s.phase == Phase.CANDIDATE) {
            needUser(Question.CHOOSE_LEADER);
        }
    }

    private void win(Ballot own, Proof proof) {
        turn.remember(Memories.ballot(turn.memory(), own.with(Ballot.Status.WON)));
        lead(new Claim(
                own.epoch(),
                own.term(),
                proof,
                own.order(turn.me.writer()),
                turn.me.timers().leaseMillis(s.patience),
                Claim.Status.ACTIVE,
                Optional.empty()));
    }

    /** Leads by the user's word, in a new epoch. */
    void winByUser() {
        turn.withdraw();
        lead(new Claim(
                turn.memory().epoch() + 1,
                turn.memory().term() + 1,
                Proof.USER,
                turn.ranking.own(),
                turn.me.timers().leaseMillis(s.patience),
                Claim.Status.ACTIVE,
                Optional.empty()));
    }

    void lead(Claim claim) {
        turn.remember(Memories.allegiance(Memories.claim(turn.memory(), claim), Optional.empty()));
        turn.prompts.settle(Question.ONLY_DEVICE, Prompt.LEAD);
        turn.prompts.settle(Question.CHOOSE_LEADER, Prompt.LEAD);
        if (turn.wantsToLead()) {
            turn.endRequest(Request.Status.DONE);
        }
        s.phase = Phase.LEADER;
        s.leadingSince = turn.mono();
        s.aloneAt = turn.mono();
        s.rounds = 0;
        s.leaseUntil = Tenure.until(turn, claim);
        turn.tell(new Event.Elected(claim.token()));
    }

    Map<WriterId, Ballot> rivals() {
        return watch.liveBallots();
    }
}
