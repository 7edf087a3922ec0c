package dev.cairn.system.bench.trace;

import java.util.Locale;

/** How edits are put into changes. */
enum Granularity {
    /** Every edit is a change of its own. */
    PER_OP,
    /** Every transaction is a change. */
    PER_TRANSACTION,
    /** As few changes as the history allows: one if nothing was concurrent. */
    ONE_COMMIT;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
