package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How slow the folder is, by the time from an own lock to the lock of another which has seen it; the grace period and
 * the patience follow from it, and whoever has seen a leader's lock prolongs its lease.
 */
final class RoundTrips {
    private static final int ROUND_TRIPS_MAX = 32;

    private final Turn turn;
    private final Session s;

    RoundTrips(Turn turn) {
        this.turn = turn;
        this.s = turn.s;
    }

    /** Takes in that a device has seen an own lock; returns the newest it has seen. */
    long acknowledge(DeviceId device, Lock lock, long acked) {
        Optional<Lock.Sighting> mine = lock.seen(turn.me.writer())
                .filter(sighting -> sighting.incarnation() == s.incarnation && sighting.number() > acked);
        if (mine.isEmpty()) {
            return acked;
        }
        Long published = s.published.get(mine.get().number());
        if (published != null) {
            measure(turn.mono() - published);
            if (turn.ownClaim().map(Claim::token).equals(lock.leader())
                    && lock.leader().isPresent()) {
                turn.extend(
                        device, published + turn.me.timers().leaseMillis(Math.min(lock.patienceMillis(), s.patience)));
            }
        }
        return mine.get().number();
    }

    private void measure(long roundTrip) {
        s.roundTrips.add(roundTrip);
        if (s.roundTrips.size() > ROUND_TRIPS_MAX) {
            s.roundTrips.remove(0);
        }
        long slowest = slowest(s.roundTrips);
        long grace = turn.me.timers().graceMillis(slowest);
        if (grace > turn.me.timers().graceMillis() && grace > s.graceTold + s.graceTold / 4) {
            s.graceTold = grace;
            turn.tell(new Event.GraceRaised(slowest, grace));
        }
        s.grace = grace;
        adapt(turn.me.timers().thresholdMillis(grace));
    }

    /** Raises the patience with some room, and lowers it only when it is far too long and nobody relies on it. */
    private void adapt(long wanted) {
        if (wanted > s.patience) {
            turn.patience(wanted + wanted / 8);
        } else if (wanted < s.patience / 2 && turn.memory().allegiance().isEmpty()) {
            turn.patience(wanted);
        }
    }

    /** The round trip below which 19 of 20 stay. */
    static long slowest(List<Long> roundTrips) {
        List<Long> sorted = new ArrayList<>(roundTrips);
        Collections.sort(sorted);
        return sorted.get((sorted.size() * 19 - 1) / 20);
    }
}
