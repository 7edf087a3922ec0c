package dev.cairn.replica;

import dev.cairn.format.election.Token;
import java.util.Optional;

/**
 * Whether this device leads now, as its part in the election sees it: the module {@code leader-election} has one.
 *
 * <p>It answers at once, from what is known, and from any thread.
 */
@FunctionalInterface
public interface Leadership {
    /** The name of this device's leadership, if it leads now. */
    Optional<Token> token();
}
