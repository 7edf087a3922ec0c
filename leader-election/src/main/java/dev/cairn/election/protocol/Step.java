package dev.cairn.election.protocol;

import java.util.List;

/**
 * What a step comes to.
 *
 * @param next what the device knows now
 * @param actions what it has to do, in this order
 */
public record Step(ElectionState next, List<Action> actions) {
    /** Copies the list. */
    public Step {
        actions = List.copyOf(actions);
    }
}
