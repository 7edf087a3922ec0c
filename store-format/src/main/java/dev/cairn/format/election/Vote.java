package dev.cairn.format.election;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;

/**
 * A device's one vote in a term.
 *
 * @param epoch the epoch
 * @param term the term
 * @param candidate for whom
 * @param electorate {@link Electorate#digest} of those who may vote, as the voter knows them
 * @param patienceMillis how long the voter keeps to the candidate
 */
public record Vote(long epoch, long term, WriterId candidate, Bytes electorate, long patienceMillis) implements Paper {
    /** Checks the numbers. */
    public Vote {
        Token.requireNumbers(epoch, term);
        Paper.require(patienceMillis >= 1 && patienceMillis <= DURATION_MAX, "patience " + patienceMillis);
        Paper.require(electorate.size() == Electorate.DIGEST_SIZE, "electorate of " + electorate.size() + " bytes");
    }

    /** Whether this vote is for that candidacy. */
    public boolean isFor(WriterId writer, Ballot ballot) {
        return epoch == ballot.epoch()
                && term == ballot.term()
                && candidate.equals(writer)
                && electorate.equals(ballot.electorate());
    }

    @Override
    public FileKind kind() {
        return FileKind.VOTE;
    }
}
