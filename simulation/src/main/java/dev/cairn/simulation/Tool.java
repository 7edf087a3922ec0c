package dev.cairn.simulation;

import dev.cairn.simulation.profile.Span;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.time.VirtualTime;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The running tool: what all of its folders share. */
final class Tool {

    private final SyncProfile profile;
    private final VirtualTime time;
    private final VirtualTime.Lane lane;
    private final RandomGenerator random;
    private final Timeline timeline = new Timeline();
    private final Map<SyncAction, Long> actions = new EnumMap<>(SyncAction.class);
    private long bytesMoved;
    private long inFlight;

    Tool(SyncProfile profile, VirtualTime time, long seed, Runnable onOutsideActivity) {
        this.profile = profile;
        this.time = time;
        this.lane = time.lane(onOutsideActivity);
        this.random = new SplittableRandom(seed);
    }

    SyncProfile profile() {
        return profile;
    }

    VirtualTime time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    Timeline timeline() {
        return timeline;
    }

    SyncCounters counters() {
        return SyncCounters.of(actions, bytesMoved);
    }

    /** Whether something is on its way. */
    boolean isBusy() {
        return inFlight > 0;
    }

    /** Plans a part of the work, after a duration out of {@code span}. */
    void plan(Span span, Runnable action) {
        inFlight++;
        lane.after(span.pick(random), () -> {
            inFlight--;
            action.run();
        });
    }

    /** Plans something which is not work by itself: a look at the folder, a new attempt. */
    void planLook(Duration delay, Runnable action) {
        lane.after(delay, action);
    }

    /** Whether something happens which happens in that share of the cases. */
    boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    void moved(long bytes) {
        bytesMoved += bytes;
    }

    void log(String device, SyncAction action, String text) {
        actions.merge(action, 1L, Long::sum);
        timeline.add(time.elapsed(), device, action, text);
    }
}
