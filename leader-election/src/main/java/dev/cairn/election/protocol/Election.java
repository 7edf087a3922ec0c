package dev.cairn.election.protocol;

/**
 * The protocol of the election as a function.
 *
 * <p>A device looks into the folder every few seconds, gives what it finds to {@link #step}, and does what the step
 * says. A step costs time proportional to the number of writers. What fails to become durable or to be published is
 * tried again: then the caller keeps the state it had.
 */
public final class Election {
    private Election() {}

    /**
     * One look.
     *
     * @param state what the device knew
     * @param view what it finds
     * @param now what time it is; the monotonic clock must not go back
     */
    public static Step step(ElectionState state, View view, Now now) {
        return new Turn(state, view, now).run();
    }
}
