package dev.cairn.election;

import dev.cairn.format.election.Token;
import java.util.function.BooleanSupplier;

/**
 * The leadership of this device, to be shown to whoever does what only a leader does.
 *
 * <p>It ends by itself: ask {@link #isValid} right before each act. What was begun in time may go on; nothing breaks
 * when two leaders act, as long as what they make bears the token.
 */
public final class Permit {
    private final Token token;
    private final BooleanSupplier valid;

    Permit(Token token, BooleanSupplier valid) {
        this.token = token;
        this.valid = valid;
    }

    /** The name of the leadership, greater than that of every leader before. */
    public Token token() {
        return token;
    }

    /** Whether this device leads now, by its own clock and by what it has heard. */
    public boolean isValid() {
        return valid.getAsBoolean();
    }

    @Override
    public String toString() {
        return "Permit[" + token + "]";
    }
}
