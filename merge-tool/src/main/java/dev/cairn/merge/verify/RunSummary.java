package dev.cairn.merge.verify;

import dev.cairn.format.ChangeRun;
import dev.cairn.format.WriterId;
import java.util.HashMap;
import java.util.Map;

/**
 * A run of changes as far as other files must agree with it: eight bytes a change.
 *
 * @param writer whose changes
 * @param first the number of the first
 * @param before the first eight bytes of the chain hash before it
 * @param hashes the first eight bytes of the chain hash after each
 * @param parents of each other writer the newest change this run builds on
 */
record RunSummary(WriterId writer, long first, long before, Hashes hashes, Map<WriterId, Long> parents) {

    /** The hashes; an array in a record would be compared by identity and could be changed. */
    static final class Hashes {
        private final long[] values;

        private Hashes(long[] values) {
            this.values = values;
        }
    }

    static RunSummary of(ChangeRun run) {
        long[] hashes = new long[run.size()];
        Map<WriterId, Long> parents = new HashMap<>();
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = run.hash8(i);
            for (int p = 0; p < run.parentCount(i); p++) {
                WriterId writer = new WriterId(run.parentWriterHigh(i, p), run.parentWriterLow(i, p));
                parents.merge(writer, run.parentSeq(i, p), Math::max);
            }
        }
        return new RunSummary(
                run.writer(), run.firstSeq(), run.before().hash8(), new Hashes(hashes), Map.copyOf(parents));
    }

    /** The number of the last change. */
    long last() {
        return first + hashes.values.length - 1;
    }

    /** The start of the chain hash after a change of this run, or before its first. */
    long hash(long seq) {
        return seq == first - 1 ? before : hashes.values[(int) (seq - first)];
    }
}
