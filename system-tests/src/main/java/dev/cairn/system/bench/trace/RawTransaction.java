package dev.cairn.system.bench.trace;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A transaction as it was read, with the fields that were there. */
final class RawTransaction {
    @Nullable
    List<Integer> parents;

    @Nullable
    List<Integer> span;

    EditingHistory.@Nullable Edits patches;
    EditingHistory.@Nullable Edits operations;

    @Nullable
    String agent;

    int seqStart = -1;
    String time = "";

    /** The parents with each version replaced by the index of the transaction which ends there. */
    List<Integer> parents(IntFunction<Integer> indexOf) {
        return parents == null
                ? List.of()
                : parents.stream().map(parent -> indexOf.apply(parent)).toList();
    }

    long timeMillis() {
        try {
            return time.isEmpty() ? 0 : OffsetDateTime.parse(time).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
