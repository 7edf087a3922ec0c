package dev.cairn.cli.fleet;

import dev.cairn.format.election.Token;
import java.time.Duration;
import java.util.Optional;

/** What a device does by itself, beside its user's work and its application's ticks. */
interface Chores extends AutoCloseable {
    /** How often a thread of its own would do it. */
    Duration pause();

    /** Looks once, and does what is to be done. */
    void tend();

    /** The name of this process's leadership, if it leads now. */
    default Optional<Token> leads() {
        return Optional.empty();
    }

    /** Whom this device names as the leader by the papers that are in its folder now. */
    default Optional<Token> names() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
