package dev.cairn.election.fleet;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A device which plays by "App Sync without Server" as it was published, read with good will.
 *
 * <p>A lock with the time of the start and of the last heartbeat; who is online by the clock; the earliest device
 * stands with a ballot, waits, gives way to an earlier ballot, and if it is the only one left writes the common {@code
 * leader.lock}; a device that finds nobody else online asks its user. Two devices that write the common file without
 * having seen each other's make a conflict copy, of which the later one wins.
 */
final class PublishedIdea implements Device {
    private static final long HEARTBEAT_MILLIS = 20_000;
    private static final long GRACE_MILLIS = 120_000;
    private static final long THRESHOLD_MILLIS = 600_000;
    private static final long ANSWER_MILLIS = 60_000;
    private static final String LOCK = "lock";
    private static final String BALLOT = "ballot";
    private static final String LEADER = "leader.lock";

    private final int me;
    private final RandomGenerator random;
    private final double confirms;
    private final int fleet;
    private final long skewMillis;
    private final Map<Integer, Beat> locks = new TreeMap<>();
    private final Map<Integer, Long> ballots = new TreeMap<>();
    private @Nullable Lead leader;
    private long beatAt = Long.MIN_VALUE / 4;
    private long aloneSince = Long.MAX_VALUE;
    private long ballotAt = Long.MAX_VALUE;
    private long answerAt = Long.MAX_VALUE;
    private boolean asked;
    private long elections;
    private long prompts;
    private long conflicts;

    /** A lock: when the device started, and when it showed that it is there. */
    private record Beat(long since, long at) {}

    /** The common file: who leads, when that was written, and what its author had before him. */
    private record Lead(int device, long at, long version, long before) {}

    PublishedIdea(int me, Weather weather, RandomGenerator random) {
        this.me = me;
        this.random = random;
        this.confirms = weather.confirms();
        this.fleet = weather.devices();
        this.skewMillis = (long) ((random.nextDouble() * 2 - 1) * weather.skew().toMillis());
    }

    /** What it knows is in the files. */
    @Override
    public void restart() {
        aloneSince = Long.MAX_VALUE;
        ballotAt = Long.MAX_VALUE;
        answerAt = Long.MAX_VALUE;
        asked = false;
    }

    @Override
    public void receive(int from, String name, Object content, long now) {
        switch (name) {
            case LOCK -> locks.merge(from, (Beat) content, (a, b) -> a.at() > b.at() ? a : b);
            case BALLOT -> {
                if ((Long) content < 0) {
                    ballots.remove(from);
                } else {
                    ballots.put(from, (Long) content);
                }
            }
            default -> receive((Lead) content);
        }
    }

    private void receive(Lead other) {
        Lead mine = leader;
        if (mine == null || other.before() == mine.version()) {
            leader = other;
        } else if (other.version() != mine.version() && other.at() > mine.at()) {
            conflicts++;
            leader = other;
        }
    }

    @Override
    public void look(long now, BiConsumer<String, Object> send) {
        long wall = now + skewMillis;
        Beat own = locks.getOrDefault(me, new Beat(wall, wall));
        if (now - beatAt >= HEARTBEAT_MILLIS) {
            beatAt = now;
            own = new Beat(own.since(), wall);
            locks.put(me, own);
            send.accept(LOCK, own);
        }
        if (leaderIsOnline(wall)) {
            stopStanding(send);
            return;
        }
        if (others(wall) == 0 && fleet > 1) {
            askUser(now, send);
        } else {
            aloneSince = Long.MAX_VALUE;
            asked = false;
            answerAt = Long.MAX_VALUE;
            stand(now, wall, send);
        }
    }

    private boolean isOnline(int device, long wall) {
        Beat beat = locks.get(device);
        return beat != null && Math.abs(wall - beat.at()) <= THRESHOLD_MILLIS;
    }

    private boolean leaderIsOnline(long wall) {
        return leader != null && (leader.device() == me || isOnline(leader.device(), wall));
    }

    private long others(long wall) {
        return locks.keySet().stream()
                .filter(device -> device != me && isOnline(device, wall))
                .count();
    }

    private void stopStanding(BiConsumer<String, Object> send) {
        if (ballots.remove(me) != null) {
            send.accept(BALLOT, -1L);
        }
        ballotAt = Long.MAX_VALUE;
        aloneSince = Long.MAX_VALUE;
        asked = false;
        answerAt = Long.MAX_VALUE;
    }

    private void askUser(long now, BiConsumer<String, Object> send) {
        aloneSince = Math.min(aloneSince, now);
        if (!asked && now - aloneSince >= GRACE_MILLIS) {
            asked = true;
            prompts++;
            answerAt = random.nextDouble() < confirms ? now + ANSWER_MILLIS : Long.MAX_VALUE;
        }
        if (now >= answerAt) {
            answerAt = Long.MAX_VALUE;
            lead(now, send);
        }
    }

    private void stand(long now, long wall, BiConsumer<String, Object> send) {
        if (ballots.containsKey(me)) {
            long mine = ballots.get(me);
            boolean older = ballots.entrySet().stream()
                    .anyMatch(entry -> entry.getKey() != me
                            && (entry.getValue() < mine || (entry.getValue() == mine && entry.getKey() < me)));
            if (older) {
                stopStanding(send);
            } else if (now - ballotAt >= GRACE_MILLIS) {
                lead(now, send);
            }
        } else if (earliest(wall).equals(Optional.of(me)) && now >= GRACE_MILLIS) {
            ballots.put(me, wall);
            ballotAt = now;
            send.accept(BALLOT, wall);
        }
    }

    private Optional<Integer> earliest(long wall) {
        return locks.entrySet().stream()
                .filter(entry -> entry.getKey() == me || isOnline(entry.getKey(), wall))
                .min(Comparator.<Map.Entry<Integer, Beat>>comparingLong(
                                entry -> entry.getValue().since())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    private void lead(long now, BiConsumer<String, Object> send) {
        elections++;
        ballots.clear();
        ballotAt = Long.MAX_VALUE;
        send.accept(BALLOT, -1L);
        Lead next = new Lead(me, now + skewMillis, random.nextLong(), leader == null ? 0 : leader.version());
        leader = next;
        send.accept(LEADER, next);
    }

    @Override
    public boolean leads(long now) {
        return leader != null && leader.device() == me;
    }

    @Override
    public long elections() {
        return elections;
    }

    @Override
    public long prompts() {
        return prompts;
    }

    @Override
    public long conflictCopies() {
        return conflicts;
    }
}
