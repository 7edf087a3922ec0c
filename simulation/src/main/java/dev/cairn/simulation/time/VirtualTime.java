package dev.cairn.simulation.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The true time of a simulated world: an agenda of events which run on the caller's thread, in order of their time.
 *
 * <p>Nothing happens by itself. {@link #step()} runs the next event and {@link #advance(Duration)} all events of a
 * span of time; in between time stands still. Events planned for the same instant run in the order in which they were
 * planned, so a run depends on nothing but what was planned. Not thread-safe.
 */
public final class VirtualTime {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Event> agenda = new PriorityQueue<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final Instant start;
    private Instant now;
    private long planned;

    private VirtualTime(Instant start) {
        this.start = start;
        this.now = start;
    }

    /** A world which begins on the first of January 2026, UTC. */
    public static VirtualTime start() {
        return new VirtualTime(START);
    }

    /** A world which begins at {@code start}. */
    public static VirtualTime startingAt(Instant start) {
        return new VirtualTime(start);
    }

    /** The true time, which no device of the world needs to know. */
    public Instant now() {
        return now;
    }

    /** The time which has passed since the world began. */
    public Duration elapsed() {
        return Duration.between(start, now);
    }

    /** A new clock which shows the true time until it is told to go wrong. */
    public VirtualClock clock() {
        return new VirtualClock(this);
    }

    /**
     * Plans {@code action} for the time {@code delay} from now. It may touch any folder of the world: every lane is
     * told afterwards.
     */
    public void after(Duration delay, Runnable action) {
        plan(delay, action, null);
    }

    /**
     * A lane of events for a part of the world which must hear when anything outside of it has run.
     *
     * @param onOutsideActivity called before the world is driven by {@link #step()} or {@link #advance(Duration)},
     *     since the caller may have done anything in between, and after each event of another lane or of no lane
     */
    public Lane lane(Runnable onOutsideActivity) {
        Lane lane = new Lane(onOutsideActivity);
        lanes.add(lane);
        return lane;
    }

    /**
     * Goes to the next event and runs it.
     *
     * @return whether there was one
     */
    public boolean step() {
        wake(null);
        return runNext();
    }

    /** Lets {@code span} pass and runs every event which falls into it, its end included. */
    public void advance(Duration span) {
        if (span.isNegative()) {
            throw new IllegalArgumentException("time runs forwards only, not by " + span);
        }
        Instant target = now.plus(span);
        wake(null);
        for (Event next = agenda.peek(); next != null && !next.at.isAfter(target); next = agenda.peek()) {
            runNext();
        }
        now = target;
    }

    /**
     * Goes from event to event while {@code condition} holds before the next one, and there is one. The caller does
     * nothing in between, so the lanes are told only once.
     */
    public void runWhile(BooleanSupplier condition) {
        wake(null);
        while (condition.getAsBoolean() && runNext()) {
            // each event may change the condition
        }
    }

    private boolean runNext() {
        Event event = agenda.poll();
        if (event == null) {
            return false;
        }
        now = event.at;
        event.action.run();
        wake(event.lane);
        return true;
    }

    private void wake(@Nullable Lane source) {
        for (Lane lane : lanes) {
            if (lane != source) {
                lane.onOutsideActivity.run();
            }
        }
    }

    private void plan(Duration delay, Runnable action, @Nullable Lane lane) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("an event cannot be planned for the past, " + delay + " from now");
        }
        agenda.add(new Event(now.plus(delay), planned++, action, lane));
    }

    @Override
    public String toString() {
        return now + " with " + agenda.size() + " events planned";
    }

    /** A source of events which hears of what the others did; made by {@link VirtualTime#lane}. */
    public final class Lane {

        private final Runnable onOutsideActivity;

        private Lane(Runnable onOutsideActivity) {
            this.onOutsideActivity = onOutsideActivity;
        }

        /** Plans {@code action} for the time {@code delay} from now, without waking this lane. */
        public void after(Duration delay, Runnable action) {
            plan(delay, action, this);
        }
    }

    private record Event(
            Instant at,
            long order,
            Runnable action,
            @Nullable Lane lane) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
