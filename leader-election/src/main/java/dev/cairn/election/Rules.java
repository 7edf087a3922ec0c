package dev.cairn.election;

import dev.cairn.election.protocol.ElectionState;
import dev.cairn.election.protocol.Now;
import dev.cairn.election.protocol.Step;
import dev.cairn.election.protocol.View;

/** The rules a device plays by: {@code Election::step}, or what a test makes of it to see that its checks notice. */
@FunctionalInterface
interface Rules {
    /** One look. */
    Step step(ElectionState state, View view, Now now);
}
