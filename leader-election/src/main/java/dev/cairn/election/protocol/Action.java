package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.election.Paper;

/** What a step asks for, in this order; what fails ends the step, and nothing behind it is done. */
public sealed interface Action {
    /** Makes the memory durable. */
    record Persist(Memory memory) implements Action {}

    /** Publishes a paper under a number that was never used before. */
    record Publish(long number, Paper paper) implements Action {}

    /** Goes on as a new writer of the same device: somebody else writes under this one. */
    record StartAfresh() implements Action {}

    /** Says to all that a device is not waited for any more, as the user has confirmed. */
    record Retire(DeviceId device) implements Action {}

    /** Tells whoever listens. */
    record Tell(Event event) implements Action {}
}
