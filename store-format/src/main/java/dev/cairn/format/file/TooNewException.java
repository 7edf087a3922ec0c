package dev.cairn.format.file;

/** Something which only a newer version knows; becomes {@link ReadOutcome.TooNew}. */
public final class TooNewException extends Exception {
    /** The thing which is not known, in words. */
    public TooNewException(String message) {
        super(message, null, false, false);
    }
}
