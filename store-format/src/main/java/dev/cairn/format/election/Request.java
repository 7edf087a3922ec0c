package dev.cairn.format.election;

import dev.cairn.format.FileKind;
import dev.cairn.format.Utf8;
import java.util.Optional;

/**
 * A device's wish, which the leader alone decides on.
 *
 * @param incarnation that of the lock of whoever asks; a request of an earlier one is void
 * @param goal what is wished
 * @param reason for people, at most 256 bytes
 * @param priority 0 to 9; the greater goes first
 * @param minHoldMillis how long it wants to keep the leadership at least
 * @param expiryMillis how long the wish lasts, by the clock of whoever asks
 * @param status how it stands
 */
public record Request(
        long incarnation, Goal goal, String reason, int priority, long minHoldMillis, long expiryMillis, Status status)
        implements Paper {
    /** UTF-8 bytes of a reason. */
    public static final int REASON_BYTES_MAX = 256;

    /** The greatest priority. */
    public static final int PRIORITY_MAX = 9;

    /** Checks the parts. */
    public Request {
        Paper.require(Utf8.encode(reason).size() <= REASON_BYTES_MAX, "a reason of more than 256 bytes");
        Paper.require(priority >= 0 && priority <= PRIORITY_MAX, "priority " + priority);
        Paper.require(minHoldMillis >= 0 && minHoldMillis <= DURATION_MAX, "hold " + minHoldMillis);
        Paper.require(expiryMillis >= 1 && expiryMillis <= DURATION_MAX, "expiry " + expiryMillis);
    }

    /** What a request asks for. */
    public enum Goal {
        /** To lead. */
        LEAD,
        /** That the leader compacts. */
        COMPACT,
        /** A sign of life. */
        PING;

        private static final Goal[] ALL = values();

        /** The number in the file. */
        @SuppressWarnings("EnumOrdinal") // the constants stand in the order of their numbers
        public int code() {
            return ordinal();
        }

        static Optional<Goal> ofCode(long code) {
            return code < ALL.length ? Optional.of(ALL[(int) code]) : Optional.empty();
        }
    }

    /** How a request stands. */
    public enum Status {
        /** It waits. */
        OPEN,
        /** It was met. */
        DONE,
        /** It was taken back, or has expired. */
        CANCELLED;

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

    /** The same request with another status. */
    public Request with(Status other) {
        return new Request(incarnation, goal, reason, priority, minHoldMillis, expiryMillis, other);
    }

    @Override
    public FileKind kind() {
        return FileKind.REQUEST;
    }
}
