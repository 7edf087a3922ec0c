package dev.cairn.format.election;

import dev.cairn.format.FileKind;

/** What one election file says; only the device in whose directory it lies can say it. */
public sealed interface Paper permits Lock, Ballot, Vote, Claim, Request, Choice {
    /** The longest duration in a paper: 366 days, in milliseconds. */
    long DURATION_MAX = 366L * 86_400_000;

    /** The kind of the file that holds it. */
    FileKind kind();

    /** Checks a rule of the format. */
    static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalArgumentException(found);
        }
    }
}
