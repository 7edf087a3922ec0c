package dev.cairn.format.election;

import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A device's word that it leads, or led.
 *
 * @param epoch the epoch
 * @param term the term
 * @param proof by what right
 * @param order its place in the queue when it won, of which the writer is the claimant
 * @param leaseMillis of an active claim the length of its lease; of a hand-over what was left of it
 * @param status whether it still leads
 * @param handOver who is to go on, when the status is {@link Status#HANDED_OVER}
 */
public record Claim(
        long epoch,
        long term,
        Proof proof,
        OrderKey order,
        long leaseMillis,
        Status status,
        Optional<HandOver> handOver)
        implements Paper {
    /** Writers in the version of a hand-over. */
    public static final int VERSION_MAX = 256;

    /** Checks the parts. */
    public Claim {
        Token.requireNumbers(epoch, term);
        Paper.require(order.ticket() >= 0 && order.ticket() <= Limits.NUMBER_MAX, "ticket " + order.ticket());
        Paper.require(Math.abs(order.sinceMillis()) <= Limits.NUMBER_MAX, "start " + order.sinceMillis());
        Paper.require(leaseMillis >= 0 && leaseMillis <= DURATION_MAX, "lease " + leaseMillis);
        Paper.require(handOver.isPresent() == (status == Status.HANDED_OVER), "an heir of a claim that is " + status);
    }

    /** By what right a device leads; the later constant is the stronger. */
    public enum Proof {
        /** Nobody else stood while it waited. */
        GRACE,
        /** Its user said so. */
        USER,
        /** More than half of the devices voted for it. */
        QUORUM,
        /** The leader before it gave it the leadership. */
        HANDOVER;

        private static final Proof[] ALL = values();

        /** The number in the file. */
        @SuppressWarnings("EnumOrdinal") // the constants stand in the order of their numbers
        public int code() {
            return ordinal();
        }

        static Optional<Proof> ofCode(long code) {
            return code < ALL.length ? Optional.of(ALL[(int) code]) : Optional.empty();
        }
    }

    /** Whether a claim still holds. */
    public enum Status {
        /** It leads. */
        ACTIVE,
        /** It has stopped. */
        RELEASED,
        /** It has stopped, and names who goes on. */
        HANDED_OVER;

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

    /**
     * The end of a leadership in favour of another device, which leads in the next term.
     *
     * @param heir who goes on
     * @param heirNumber the newest lock of the heir which the leader had seen
     * @param version what the heir must have before it goes on: per writer the last sequence number
     */
    public record HandOver(WriterId heir, long heirNumber, List<Point> version) {
        /** Copies and checks. */
        public HandOver {
            Paper.require(heirNumber >= 1 && heirNumber <= Limits.NUMBER_MAX, "number " + heirNumber);
            version =
                    version.stream().sorted(Comparator.comparing(Point::writer)).toList();
            Paper.require(version.size() <= VERSION_MAX, version.size() + " writers in a version");
            for (int i = 1; i < version.size(); i++) {
                Paper.require(
                        !version.get(i).writer().equals(version.get(i - 1).writer()), "a writer twice in a version");
            }
        }
    }

    /** A change by its writer and sequence number. */
    public record Point(WriterId writer, long seq) {
        /** Checks the number. */
        public Point {
            Paper.require(seq >= 1 && seq <= Limits.NUMBER_MAX, "sequence number " + seq);
        }
    }

    /** The leadership which is claimed. */
    public Token token() {
        return new Token(epoch, term, order.writer());
    }

    /** Whether it still leads. */
    public boolean active() {
        return status == Status.ACTIVE;
    }

    /** The same claim, given up. */
    public Claim released() {
        return new Claim(epoch, term, proof, order, leaseMillis, Status.RELEASED, Optional.empty());
    }

    @Override
    public FileKind kind() {
        return FileKind.CLAIM;
    }
}
