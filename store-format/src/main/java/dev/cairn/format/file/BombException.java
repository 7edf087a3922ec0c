package dev.cairn.format.file;

/** Compressed bytes which claim or yield more than they may; becomes {@link Refusal#DECOMPRESSION_BOMB}. */
final class BombException extends Exception {
    BombException(String message) {
        super(message, null, false, false);
    }
}
