package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.Map;
import java.util.TreeMap;

/**
 * A vector clock: everything a change has in its past, as one number per actor.
 *
 * @param seen the highest sequence number by actor
 */
record Clock(Map<ActorId, Long> seen) {
    static final Clock EMPTY = new Clock(Map.of());

    Clock {
        seen = Map.copyOf(seen);
    }

    long of(ActorId actor) {
        return seen.getOrDefault(actor, 0L);
    }

    boolean contains(ChangeId change) {
        return change.seq() <= of(change.actor());
    }

    boolean covers(Clock other) {
        return other.seen.entrySet().stream().allMatch(entry -> of(entry.getKey()) >= entry.getValue());
    }

    Clock with(ChangeId change) {
        Map<ActorId, Long> more = new TreeMap<>(seen);
        more.merge(change.actor(), change.seq(), Math::max);
        return new Clock(more);
    }

    Clock and(Clock other) {
        Clock both = this;
        for (Map.Entry<ActorId, Long> entry : other.seen.entrySet()) {
            both = both.with(new ChangeId(entry.getKey(), entry.getValue()));
        }
        return both;
    }
}
