package dev.cairn.election.protocol;

import dev.cairn.election.protocol.Event.Reason;
import dev.cairn.format.DeviceId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step.
 *
 * <pre>
 *             settled                  nobody leads, next in order             alone of several
 *  JOINING ────────────► FOLLOWER ─────────────────────────────► CANDIDATE ───────────────────► NEED_USER
 *     ▲                    ▲  ▲   ◄───────────────────────────────   │    ◄──────────────────────   │
 *     │ slept              │  │    somebody goes first, or leads     │ votes, or an empty window    │ "lead"
 *     │                    │  └──────────── LEADER ◄─────────────────┴──────────────────────────────┘
 *     └────────────────────┴───  fenced, lease over, folder gone, handed over, released
 * </pre>
 */
final class Turn {
    /** A wall clock that runs ahead of the monotonic one by this much, in milliseconds, tells that the device slept. */
    private static final long SLEPT_MILLIS = 5_000;
    /** A gap between two steps below this, in milliseconds, is a busy machine. */
    private static final long BUSY_MILLIS = 10_000;

    final Member me;
    final View view;
    final Now now;
    final Session s;
    final Mode mode;
    final Watch watch;
    final Ranking ranking;
    final Prompts prompts;
    private final List<Event> events = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final Tenure tenure;
    private final Candidacy candidacy;
    private Memory memory;
    private boolean remembered = true;
    private boolean afresh;

    Turn(ElectionState state, View view, Now now) {
        this.me = state.member();
        this.memory = state.memory();
        this.view = view;
        this.now = now;
        this.s = state.session().copy();
        this.mode = me.mode().with(view.electorate().size());
        this.watch = new Watch(this);
        this.ranking = new Ranking(this);
        this.prompts = new Prompts(this);
        this.tenure = new Tenure(this);
        this.candidacy = new Candidacy(this);
    }

    Step run() {
        begin();
        watch.look();
        if (watch.stranger()) {
            meetStranger();
        }
        if (!afresh) {
            act();
        }
        if (!remembered) {
            actions.add(0, new Action.Persist(memory));
        }
        events.forEach(event -> actions.add(new Action.Tell(event)));
        return new Step(new ElectionState(me, memory, s), actions);
    }

    private void act() {
        if (!memory.voting()) {
            prompts.doesNotVote();
        }
        new Commands(this, tenure, candidacy).obey();
        if (s.phase != Phase.LEAVING) {
            tenure.live();
            candidacy.live();
            new Voting(this, candidacy).vote();
        }
        prompts.live();
        announce();
        new Desk(this).publish();
    }

    private void begin() {
        if (!s.started) {
            s.started = true;
            s.lockAtStart = view.own(me).lockNumber();
            s.next = memory.reserved() + 1;
            s.patience = Math.max(memory.patienceMillis(), me.timers().thresholdMillis());
            patience(s.patience);
            s.grace = me.timers().graceMillis();
            s.allegianceAt = now.monoMillis();
            rejoin(Reason.RESTARTED);
        } else if (slept()) {
            rejoin(Reason.SLEPT);
        }
        s.lastMono = now.monoMillis();
        s.lastWall = now.wallMillis();
    }

    private boolean slept() {
        long mono = now.monoMillis() - s.lastMono;
        long wall = now.wallMillis() - s.lastWall;
        long gapMax = Math.max(BUSY_MILLIS, 2 * me.timers().heartbeatMillis());
        return mono > gapMax || wall - mono > SLEPT_MILLIS;
    }

    /** Starts a new incarnation: what was led is given up, and whatever is known of others may be old. */
    private void rejoin(Reason reason) {
        stopLeading(reason);
        withdraw();
        s.incarnation = now.entropy();
        s.sinceMillis = now.wallMillis();
        s.startedAt = now.monoMillis();
        s.leaderlessSince = now.monoMillis();
        s.ticket = 0;
        s.phase = Phase.JOINING;
        s.heard.replaceAll((writer, heard) ->
                new Session.Heard(heard.incarnation(), heard.number(), now.monoMillis(), heard.acked()));
        s.allegianceAt = now.monoMillis();
        s.published.clear();
        List<Long> incarnations = new ArrayList<>(memory.incarnations());
        incarnations.add(s.incarnation);
        if (incarnations.size() > Memory.INCARNATIONS_MAX) {
            incarnations.remove(0);
        }
        remember(new Memory(
                memory.writer(),
                memory.epoch(),
                memory.term(),
                memory.reserved(),
                memory.patienceMillis(),
                memory.voting(),
                incarnations,
                memory.allegiance().filter(token -> !token.writer().equals(me.writer())),
                memory.ballot(),
                memory.vote(),
                memory.claim(),
                memory.request(),
                memory.choice()));
    }

    /** Of two that write under one id the later one goes on under another. */
    private void meetStranger() {
        if (watch.strangerIsOlder()) {
            stopLeading(Reason.FENCED);
            actions.add(new Action.StartAfresh()); // and its user is asked under its next id
            afresh = true;
        } else {
            s.next = Math.max(s.next, view.own(me).lockNumber() + 1);
            prompts.copyElsewhere();
        }
    }

    private void announce() {
        Optional<Token> leader = watch.leader();
        if (!leader.equals(s.announced)) {
            s.announced = leader;
            tell(new Event.LeaderChanged(leader));
        }
    }

    Memory memory() {
        return memory;
    }

    void remember(Memory next) {
        if (!next.equals(memory)) {
            memory = next;
            remembered = false;
        }
    }

    void raise(long epoch, long term) {
        if (epoch > memory.epoch() || term > memory.term()) {
            remember(new Memory(
                    memory.writer(),
                    Math.max(epoch, memory.epoch()),
                    Math.max(term, memory.term()),
                    memory.reserved(),
                    memory.patienceMillis(),
                    memory.voting(),
                    memory.incarnations(),
                    memory.allegiance(),
                    memory.ballot(),
                    memory.vote(),
                    memory.claim(),
                    memory.request(),
                    memory.choice()));
        }
    }

    /** Others rely on the patience, so a restart must not shorten it. */
    void patience(long millis) {
        s.patience = millis;
        remember(Memories.patience(memory, millis));
    }

    /** A device lets this one lead until then. */
    void extend(DeviceId device, long until) {
        s.leases.merge(device, until, Math::max);
    }

    void retire(DeviceId device) {
        actions.add(new Action.Retire(device));
    }

    void tell(Event event) {
        events.add(event);
    }

    void publish(Action.Publish action) {
        actions.add(action);
    }

    long mono() {
        return now.monoMillis();
    }

    boolean member() {
        return view.electorate().contains(me.device());
    }

    Optional<Claim> ownClaim() {
        return memory.claim().filter(Claim::active);
    }

    Optional<Ballot> ownBallot() {
        return memory.ballot().filter(ballot -> ballot.status() == Ballot.Status.OPEN);
    }

    Optional<Request> ownRequest() {
        return memory.request().filter(request -> request.status() == Request.Status.OPEN);
    }

    boolean wantsToLead() {
        return ownRequest()
                .filter(request -> request.goal() == Request.Goal.LEAD)
                .isPresent();
    }

    /** What was asked for has come, or is not wanted any more. */
    void endRequest(Request.Status status) {
        ownRequest().ifPresent(request -> remember(Memories.request(memory, request.with(status))));
    }

    /** Gives the own leadership up, if there is one. */
    void stopLeading(Reason reason) {
        ownClaim().ifPresent(claim -> {
            remember(Memories.claim(memory, claim.released()));
            tell(new Event.SteppedDown(claim.token(), reason));
        });
        if (s.phase == Phase.LEADER) {
            follow();
        }
    }

    /** Gives the own candidacy up, if there is one. */
    void withdraw() {
        ownBallot().ifPresent(ballot -> {
            remember(Memories.ballot(memory, ballot.with(Ballot.Status.WITHDRAWN)));
            if (memory.allegiance().filter(ballot.token(me.writer())::equals).isPresent()) {
                remember(Memories.allegiance(memory, Optional.empty()));
            }
        });
    }

    void follow() {
        s.phase = Phase.FOLLOWER;
        s.leaseUntil = Session.NEVER;
        s.inheritedUntil = Session.NEVER;
        s.leases.clear();
        s.rounds = 0;
        s.skipped.clear();
        s.waitingFor = Optional.empty();
        s.leaderlessSince = mono();
    }
}
