package dev.cairn.format.election;

import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A device's sign of life in the election.
 *
 * @param incarnation a random number for each start; another one under the same writer id is a clone or a restart
 * @param wallMillis its clock, for display and for the first guess after a start
 * @param sinceMillis when this incarnation began, by its clock
 * @param ticket its ticket, 0 while it joins
 * @param epoch the greatest epoch it has seen
 * @param term the greatest term it has seen
 * @param phase what it is doing
 * @param periodMillis how often it publishes
 * @param patienceMillis how long it keeps to a leader of whom it hears nothing
 * @param seen whom it heard of, by writer
 * @param leader whom it takes for the leader from what it hears of it itself
 */
public record Lock(
        long incarnation,
        long wallMillis,
        long sinceMillis,
        long ticket,
        long epoch,
        long term,
        Phase phase,
        long periodMillis,
        long patienceMillis,
        List<Sighting> seen,
        Optional<Token> leader)
        implements Paper {
    /** Writers of whom one lock speaks; in a larger fleet they take turns. */
    public static final int SEEN_MAX = 32;

    /** Copies and checks. */
    public Lock {
        Paper.require(Math.abs(wallMillis) <= Limits.NUMBER_MAX, "wall time " + wallMillis);
        Paper.require(Math.abs(sinceMillis) <= Limits.NUMBER_MAX, "start " + sinceMillis);
        Paper.require(ticket >= 0 && ticket <= Limits.NUMBER_MAX, "ticket " + ticket);
        Paper.require(epoch >= 0 && epoch <= Limits.NUMBER_MAX, "epoch " + epoch);
        Paper.require(term >= 0 && term <= Limits.NUMBER_MAX, "term " + term);
        Paper.require(periodMillis >= 1 && periodMillis <= DURATION_MAX, "period " + periodMillis);
        Paper.require(patienceMillis >= 1 && patienceMillis <= DURATION_MAX, "patience " + patienceMillis);
        seen = seen.stream().sorted(Comparator.comparing(Sighting::writer)).toList();
        Paper.require(seen.size() <= SEEN_MAX, seen.size() + " writers seen");
        for (int i = 1; i < seen.size(); i++) {
            Paper.require(!seen.get(i).writer().equals(seen.get(i - 1).writer()), "a writer seen twice");
        }
    }

    /** What a device is doing in the election; {@link #code()} stands in the file. */
    public enum Phase {
        /** It has just started and looks around. */
        JOINING,
        /** It follows, or waits for somebody to stand. */
        FOLLOWER,
        /** It stands. */
        CANDIDATE,
        /** It has asked its user. */
        NEED_USER,
        /** It leads. */
        LEADER,
        /** It is on its way out. */
        LEAVING;

        private static final Phase[] ALL = values();

        /** The number in the file. */
        @SuppressWarnings("EnumOrdinal") // the constants stand in the order of their numbers
        public int code() {
            return ordinal();
        }

        static Optional<Phase> ofCode(long code) {
            return code < ALL.length ? Optional.of(ALL[(int) code]) : Optional.empty();
        }
    }

    /** The newest lock it saw of another writer. */
    public record Sighting(WriterId writer, long incarnation, long number) {
        /** Checks the number. */
        public Sighting {
            Paper.require(number >= 1 && number <= Limits.NUMBER_MAX, "number " + number);
        }
    }

    /** What it saw of a writer. */
    public Optional<Sighting> seen(WriterId writer) {
        return seen.stream().filter(one -> one.writer().equals(writer)).findFirst();
    }

    /** Whether the device said that it goes. */
    public boolean leaving() {
        return phase == Phase.LEAVING;
    }

    @Override
    public FileKind kind() {
        return FileKind.LOCK;
    }
}
