package dev.cairn.system.bench.trace;

import java.util.List;
import java.util.Locale;

/**
 * What a file of recorded editing holds.
 *
 * @param form how it is written
 * @param histories one, or in the run-length form any number
 */
record Trace(Form form, List<EditingHistory> histories) {
    /** The published forms. */
    enum Form {
        /** One author, each transaction on top of the one before it. */
        SEQUENTIAL,
        /** Transactions with parents, agents by number. */
        CONCURRENT,
        /** Runs of single edits with parents, agents by name. */
        HISTORY;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Trace {
        histories = List.copyOf(histories);
    }
}
