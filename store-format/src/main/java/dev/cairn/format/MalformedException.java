package dev.cairn.format;

/**
 * Bytes which are not what the specification says; the message tells what was found and what is expected.
 *
 * <p>Thrown between the parsers of this module and turned into a {@code ReadOutcome} before it reaches a user of a file
 * reader. It has no stack trace: hostile input must be cheap to refuse, and the message names the place.
 */
public final class MalformedException extends Exception {
    /** Bytes which break a rule, described by {@code message} without any content of the file. */
    public MalformedException(String message) {
        super(message, null, false, false);
    }
}
