package dev.cairn.format;

import java.util.List;
import java.util.Optional;

/**
 * One atomic commit of one writer.
 *
 * <p>Its writer and sequence number come from its place in a {@link ChangeRun}. Order is decided by causality and
 * lamport numbers; the wall time is for display only.
 *
 * @param lamport 1 + the greatest lamport number among all parents, the writer's own previous change included
 * @param timeMillis wall time in milliseconds since 1970
 * @param parents the heads of other writers which the author had seen, ascending; one for each writer, or one for
 *     each branch of a writer that has forked; the writer's own
 *     previous change is implied
 * @param message what the author says about it, at most {@link Limits#MESSAGE_BYTES_MAX} bytes in UTF-8 and not empty
 * @param operations what it does, as the documents' engine writes it
 */
public record Change(
        long lamport, long timeMillis, List<ChangeRef> parents, Optional<String> message, Bytes operations) {
    /** Checks ranges and order. */
    public Change {
        parents = List.copyOf(parents);
        if (lamport < 1 || lamport > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("lamport number " + lamport);
        }
        if (Math.abs(timeMillis) > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("wall time " + timeMillis);
        }
        if (parents.size() > Limits.PARENTS_MAX) {
            throw new IllegalArgumentException(parents.size() + " parents, more than " + Limits.PARENTS_MAX);
        }
        for (int i = 1; i < parents.size(); i++) {
            if (parents.get(i - 1).compareTo(parents.get(i)) >= 0) {
                throw new IllegalArgumentException("parents are not ascending: " + parents);
            }
        }
        if (message.isPresent() && message.get().isEmpty()) {
            throw new IllegalArgumentException("an empty message is written as none");
        }
    }

    /** Appends the bytes of this change, which follows one with the given lamport number and wall time. */
    void encode(long previousLamport, long previousTime, ByteWriter out) {
        if (lamport <= previousLamport) {
            throw new IllegalArgumentException(
                    "lamport number " + lamport + " does not exceed the previous " + previousLamport);
        }
        out.varint(lamport - previousLamport);
        out.zigzag(timeMillis - previousTime);
        out.varint(parents.size());
        for (ChangeRef parent : parents) {
            out.u64(parent.writer().high()).u64(parent.writer().low());
            out.varint(parent.seq()).u64(parent.hash8());
        }
        Bytes text = message.map(Utf8::encode).orElse(Bytes.empty());
        if (text.size() > Limits.MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a message of " + text.size() + " bytes, more than " + Limits.MESSAGE_BYTES_MAX);
        }
        out.varint(text.size()).bytes(text).bytes(operations);
    }
}
