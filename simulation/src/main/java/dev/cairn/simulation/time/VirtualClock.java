package dev.cairn.simulation.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of one simulated device: it follows the true time, but may be set wrong, jump, run fast or slow, or stop.
 *
 * <p>Give it to the application as its {@link Clock}, and to the device's disk, so that file times are wrong with it.
 */
public final class VirtualClock extends Clock {

    private final VirtualTime time;
    private final ZoneId zone;
    private final Setting setting;

    VirtualClock(VirtualTime time) {
        this(time, ZoneOffset.UTC, new Setting(time.now()));
    }

    private VirtualClock(VirtualTime time, ZoneId zone, Setting setting) {
        this.time = time;
        this.zone = zone;
        this.setting = setting;
    }

    @Override
    public Instant instant() {
        return setting.reading(time.now());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock shown in another zone: a jump of one is a jump of both. */
    @Override
    public VirtualClock withZone(ZoneId other) {
        return new VirtualClock(time, other, setting);
    }

    /** Moves the hands by {@code amount}, which is negative for a jump into the past. */
    public void jump(Duration amount) {
        setting.set(time.now(), instant().plus(amount));
    }

    /** Sets the clock to be wrong by {@code offset} from now on, whatever it showed before. */
    public void setOffset(Duration offset) {
        setting.set(time.now(), time.now().plus(offset));
    }

    /**
     * Lets the clock run at {@code rate} from now on: 1 is right, 1.0001 gains 8.6 seconds a day, 0 stands still.
     *
     * @throws IllegalArgumentException for a rate below 0 or above 1000
     */
    public void setRate(double rate) {
        if (!(rate >= 0 && rate <= 1000)) {
            throw new IllegalArgumentException("a clock runs at a rate of 0 to 1000, not " + rate);
        }
        setting.set(time.now(), instant());
        setting.rate = rate;
    }

    /** How far the clock is ahead of the true time; negative when it is behind. */
    public Duration offset() {
        return Duration.between(time.now(), instant());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VirtualClock that && setting == that.setting && zone.equals(that.zone);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(setting) * 31 + zone.hashCode();
    }

    @Override
    public String toString() {
        return instant() + " (off by " + offset() + ")";
    }

    /** What the clock showed when it was last touched, and how fast it has been running since. */
    private static final class Setting {

        private Instant trueTime;
        private Instant shown;
        private double rate = 1;

        Setting(Instant trueTime) {
            this.trueTime = trueTime;
            this.shown = trueTime;
        }

        void set(Instant nowTrue, Instant nowShown) {
            trueTime = nowTrue;
            shown = nowShown;
        }

        Instant reading(Instant nowTrue) {
            Duration passed = Duration.between(trueTime, nowTrue);
            return rate == 1 ? shown.plus(passed) : shown.plusNanos(Math.round(passed.toNanos() * rate));
        }
    }
}
