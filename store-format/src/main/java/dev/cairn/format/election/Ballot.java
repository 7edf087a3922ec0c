package dev.cairn.format.election;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import java.util.Optional;

/**
 * A device's candidacy in one term.
 *
 * @param epoch the epoch
 * @param term the term
 * @param ledLast whether the candidate led last
 * @param ticket its ticket
 * @param sinceMillis when its incarnation began
 * @param status how it stands
 * @param round how often the window began anew, from 0
 * @param electorate {@link Electorate#digest} of those who may vote
 */
public record Ballot(
        long epoch,
        long term,
        boolean ledLast,
        long ticket,
        long sinceMillis,
        Status status,
        int round,
        Bytes electorate)
        implements Paper {
    static final int ROUNDS_MAX = 1_000_000;

    /** Checks the numbers. */
    public Ballot {
        Token.requireNumbers(epoch, term);
        Paper.require(ticket >= 1 && ticket <= Limits.NUMBER_MAX, "ticket " + ticket);
        Paper.require(Math.abs(sinceMillis) <= Limits.NUMBER_MAX, "start " + sinceMillis);
        Paper.require(round >= 0 && round <= ROUNDS_MAX, "round " + round);
        Paper.require(electorate.size() == Electorate.DIGEST_SIZE, "electorate of " + electorate.size() + " bytes");
    }

    /** How a candidacy stands. */
    public enum Status {
        /** It counts. */
        OPEN,
        /** The candidate gave way, and will not lead in this term. */
        WITHDRAWN,
        /** The candidate leads. */
        WON;

        private static final Status[] ALL = values();

        /** The number in the file. */
        @SuppressWarnings("EnumOrdinal") // the constants stand in the order of their numbers
        public int code() {
            return ordinal();
        }

        static Optional<Status> ofCode(long code) {
            return code < ALL.length ? Optional.of(ALL[(int) code]) : Optional.empty();
        }
    }

    /** The candidate's place in the queue. */
    public OrderKey order(WriterId writer) {
        return new OrderKey(ledLast, ticket, sinceMillis, writer);
    }

    /** The leadership it is after. */
    public Token token(WriterId writer) {
        return new Token(epoch, term, writer);
    }

    /** The same with another status. */
    public Ballot with(Status other) {
        return new Ballot(epoch, term, ledLast, ticket, sinceMillis, other, round, electorate);
    }

    @Override
    public FileKind kind() {
        return FileKind.BALLOT;
    }
}
