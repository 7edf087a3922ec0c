package dev.cairn.crdt.codec;

/** Thrown for bytes which are not the one valid encoding of anything; carries no stack trace, for it is data. */
public final class MalformedOperationsException extends RuntimeException {
    public MalformedOperationsException(String message) {
        super(message, null, false, false);
    }
}
