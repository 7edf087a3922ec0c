package dev.cairn.election.protocol;

import dev.cairn.election.protocol.Event.Reason;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Claim.Proof;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What a leader does: keep its lease, give way, hand over; and how an heir takes over. */
final class Tenure {
    private static final long FOR_EVER = Long.MAX_VALUE / 4;

    private final Turn turn;
    private final Session s;
    private final Watch watch;

    Tenure(Turn turn) {
        this.turn = turn;
        this.s = turn.s;
        this.watch = turn.watch;
    }

    void live() {
        if (s.phase == Phase.LEADER) {
            lead();
        } else if (s.phase == Phase.FOLLOWER || s.phase == Phase.CANDIDATE || s.phase == Phase.NEED_USER) {
            inherit();
        }
    }

    private void lead() {
        Claim own = turn.ownClaim().orElseThrow();
        if (!turn.view.writable()) {
            turn.stopLeading(Reason.FOLDER_GONE);
        } else if (!turn.member()) {
            turn.stopLeading(Reason.NOT_A_MEMBER);
        } else if (isFenced(own)) {
            turn.stopLeading(Reason.FENCED);
        } else {
            if (watch.others().isEmpty()) {
                s.aloneAt = turn.mono();
            }
            s.leaseUntil = until(turn, own);
            if (turn.mono() > s.leaseUntil) {
                turn.stopLeading(Reason.LEASE_ENDED);
            } else {
                requests(own);
            }
        }
    }

    /** Whether anybody ever claimed more, whatever has become of it. */
    private boolean isFenced(Claim own) {
        return watch.greatest()
                .filter(claim -> Claims.ORDER.compare(claim, own) > 0)
                .isPresent();
    }

    /** Until when a leader leads if it hears of nobody any more. */
    static long until(Turn turn, Claim own) {
        Session s = turn.s;
        if (turn.view.electorate().size() <= 1 || turn.mode == Mode.MANUAL) {
            return FOR_EVER;
        }
        long lease = turn.me.timers().leaseMillis(s.patience);
        if (own.proof() == Proof.USER) {
            return Math.max(s.aloneAt + lease, latest(s));
        }
        if (turn.mode == Mode.QUORUM) {
            return Math.max(s.inheritedUntil, quorumUntil(turn));
        }
        return Math.max(Math.max(s.inheritedUntil, latest(s)), s.leadingSince + lease);
    }

    private static long latest(Session s) {
        return s.leases.values().stream().mapToLong(Long::longValue).max().orElse(Session.NEVER);
    }

    /** Until when more than half of the devices, this one included, keep to this one. */
    static long quorumUntil(Turn turn) {
        int wanted = turn.view.electorate().size() / 2;
        List<Long> untils = new ArrayList<>();
        for (DeviceId device : turn.view.electorate()) {
            Long until = device.equals(turn.me.device()) ? null : turn.s.leases.get(device);
            if (until != null) {
                untils.add(until);
            }
        }
        if (wanted == 0) {
            return FOR_EVER;
        }
        untils.sort(Collections.reverseOrder());
        return untils.size() < wanted ? Session.NEVER : untils.get(wanted - 1);
    }

    private void requests(Claim own) {
        turn.ownRequest().ifPresent(this::ownRequest);
        long hold = Math.max(
                2 * s.grace,
                turn.memory()
                        .request()
                        .filter(request ->
                                request.status() == Request.Status.DONE && request.incarnation() == s.incarnation)
                        .map(Request::minHoldMillis)
                        .orElse(0L));
        Optional<Wish> best = Optional.empty();
        for (WriterId writer : watch.others()) {
            Optional<Wish> wish = wish(writer, watch.papers(writer));
            if (wish.isPresent() && (best.isEmpty() || wish.get().goesBefore(best.get()))) {
                best = wish;
            }
        }
        if (best.isPresent() && turn.mono() - s.leadingSince >= hold) {
            handOver(own, best.get().writer());
        }
    }

    /** Whoever asks the leader and is the leader need not wait for it. */
    private void ownRequest(Request mine) {
        if (mine.goal() != Request.Goal.COMPACT) {
            turn.endRequest(Request.Status.DONE);
        } else if (s.wishedAt != s.requestedAt) {
            s.wishedAt = s.requestedAt;
            turn.tell(new Event.Wished(turn.me.writer(), mine));
        }
    }

    /** An open wish for the leadership of a device that is there. */
    private record Wish(WriterId writer, int priority, long since) {
        boolean goesBefore(Wish other) {
            return priority != other.priority
                    ? priority > other.priority
                    : since != other.since ? since < other.since : writer.compareTo(other.writer) < 0;
        }
    }

    private Optional<Wish> wish(WriterId writer, Papers papers) {
        Optional<Request> request = papers.request().filter(one -> isLive(one, papers.lock()));
        if (request.isEmpty()) {
            return Optional.empty();
        }
        long number = papers.requestFile() == null ? 0 : papers.requestFile().number();
        Session.Asked asked = s.requestsSince.get(writer);
        if (asked == null || asked.number() != number) {
            asked = new Session.Asked(number, turn.mono());
            s.requestsSince.put(writer, asked);
            if (request.get().goal() != Request.Goal.LEAD) {
                turn.tell(new Event.Wished(writer, request.get()));
            }
        }
        return request.get().goal() == Request.Goal.LEAD
                ? Optional.of(new Wish(writer, request.get().priority(), asked.at()))
                : Optional.empty();
    }

    private static boolean isLive(Request request, Optional<Lock> lock) {
        return request.status() == Request.Status.OPEN
                && lock.filter(one -> one.incarnation() == request.incarnation() && one.phase() != Phase.JOINING)
                        .isPresent();
    }

    /** Hands over to whom the user chose, if that device is there. */
    void handOverTo(WriterId heir) {
        if (watch.others().contains(heir)) {
            turn.ownClaim().ifPresent(own -> handOver(own, heir));
        }
    }

    private void handOver(Claim own, WriterId heir) {
        long left = Math.min(turn.me.timers().leaseMillis(s.patience), s.leaseUntil - turn.mono());
        Claim.HandOver to = new Claim.HandOver(heir, watch.heard(heir).number(), turn.view.version());
        turn.remember(Memories.claim(
                turn.memory(),
                new Claim(
                        own.epoch(),
                        own.term(),
                        own.proof(),
                        own.order(),
                        Math.max(0, left),
                        Claim.Status.HANDED_OVER,
                        Optional.of(to))));
        turn.raise(own.epoch(), own.term() + 1);
        turn.tell(new Event.SteppedDown(own.token(), Reason.HANDED_OVER));
        turn.follow();
    }

    /**
     * Takes a leadership over which was handed to this device, once all that its predecessor had is here.
     *
     * <p>The lease goes on where the predecessor's ended, counted from a lock of this device which it had seen by then.
     */
    private void inherit() {
        Optional<Claim> last = watch.greatest()
                .filter(claim -> claim.handOver()
                        .filter(to -> to.heir().equals(turn.me.writer()))
                        .isPresent());
        if (last.isEmpty() || !turn.view.writable() || !turn.member()) {
            return;
        }
        Claim.HandOver to = last.get().handOver().orElseThrow();
        Long published = s.published.get(to.heirNumber());
        long until = published == null ? Session.NEVER : published + last.get().leaseMillis();
        boolean manual = turn.mode == Mode.MANUAL;
        if ((manual || turn.mono() < until) && turn.view.has(to.version())) {
            takeOver(last.get(), until);
        }
    }

    private void takeOver(Claim last, long until) {
        OrderKey own = turn.ranking.own();
        turn.withdraw();
        s.inheritedUntil = until;
        new Candidacy(turn)
                .lead(new Claim(
                        last.epoch(),
                        last.term() + 1,
                        Proof.HANDOVER,
                        own,
                        turn.me.timers().leaseMillis(s.patience),
                        Claim.Status.ACTIVE,
                        Optional.empty()));
    }
}
