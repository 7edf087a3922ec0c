package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Token;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a device knows between two steps; immutable. */
public final class ElectionState {
    private final Member member;
    private final Memory memory;
    private final Session session;

    ElectionState(Member member, Memory memory, Session session) {
        this.member = member;
        this.memory = memory;
        this.session = session;
    }

    /**
     * A device that has just started.
     *
     * @param memory what it made durable before it stopped
     * @throws IllegalArgumentException if the memory is another writer's
     */
    public static ElectionState start(Member member, Memory memory) {
        if (!memory.writer().equals(member.writer())) {
            throw new IllegalArgumentException("the memory of " + memory.writer() + " for " + member.writer());
        }
        return new ElectionState(member, memory, new Session());
    }

    /** Who takes part, and how. */
    public Member member() {
        return member;
    }

    /** What is durable, or is about to be. */
    public Memory memory() {
        return memory;
    }

    Session session() {
        return session;
    }

    /** What this device is doing. */
    public Phase phase() {
        return session.phase;
    }

    /** The random number of this start; 0 before the first step. */
    public long incarnation() {
        return session.incarnation;
    }

    /** The leadership of this device at a moment of its monotonic clock, if it has one then. */
    public Optional<Token> leadership(long monoMillis) {
        return session.phase == Phase.LEADER && monoMillis <= session.leaseUntil
                ? memory.claim().filter(Claim::active).map(Claim::token)
                : Optional.empty();
    }

    /** Until when this device leads if it hears of nobody any more, by its monotonic clock. */
    public long leaseUntilMillis() {
        return session.leaseUntil;
    }

    /** Whether a writer was heard of lately. */
    public boolean online(WriterId writer, long monoMillis) {
        Session.Heard heard = session.heard.get(writer);
        return writer.equals(member.writer()) || (heard != null && monoMillis - heard.at() < session.patience);
    }

    /** How long a candidate waits now. */
    public Duration grace() {
        return Duration.ofMillis(session.grace);
    }

    /** How long a device may be silent now. */
    public Duration threshold() {
        return Duration.ofMillis(session.patience);
    }

    /** The round trip below which 19 of 20 stay, once one was measured. */
    public Optional<Duration> roundTrip() {
        return session.roundTrips.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(RoundTrips.slowest(session.roundTrips)));
    }

    /** The questions that stand, the one that was asked first before the others. */
    public List<Prompt> prompts() {
        return session.prompts.values().stream()
                .sorted(Comparator.comparingLong(Session.Open::at))
                .map(Session.Open::prompt)
                .toList();
    }
}
