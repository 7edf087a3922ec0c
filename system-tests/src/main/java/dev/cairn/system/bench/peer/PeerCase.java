package dev.cairn.system.bench.peer;

import java.util.List;
import java.util.Locale;

/**
 * Something that every engine does.
 *
 * @param script the script or trace it plays
 * @param mode what is measured
 * @param size how many changes or edits; of a trace at most all
 */
record PeerCase(String script, Mode mode, int size) {
    /** What is measured. */
    enum Mode {
        /** One device makes the changes, each a commit. */
        LOCAL,
        /** One device makes all edits, in as few commits as the format allows. */
        ONE_COMMIT,
        /** A new device takes in all changes at once, parents before children, and shows the document. */
        BATCH,
        /** The same, one change after another. */
        ONE_BY_ONE,
        /** The same, all at once, but all of one device, then all of the next. */
        BY_DEVICE;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The trace of one author. */
    static final String PAPER = "paper";

    /** The trace of two authors at once. */
    static final String FRIENDS = "friends";

    String label() {
        return script + "/" + mode.label();
    }

    static PeerCase of(String label, int size) {
        int slash = label.indexOf('/');
        for (Mode mode : Mode.values()) {
            if (slash > 0 && mode.label().equals(label.substring(slash + 1))) {
                return new PeerCase(label.substring(0, slash), mode, size);
            }
        }
        throw new IllegalArgumentException("unknown case " + label);
    }

    /** All cases; the sizes are those of the published comparisons. */
    static List<PeerCase> all() {
        return List.of(
                of("paper/one-commit", 259_778),
                of("paper/local", 259_778),
                of("friends/batch", 26_078),
                of("map/batch", 100_000),
                of("map/one-by-one", 100_000),
                of("map/by-device", 100_000),
                of("text/batch", 100_000),
                of("text/one-by-one", 100_000),
                of("text/by-device", 100_000),
                of("random-inserts/local", 60_000),
                of("concurrent-inserts/batch", 12_000),
                of("hot-key/batch", 1_549),
                of("counter/batch", 100_000),
                of("list-moves/batch", 100_000),
                of("tree-moves/batch", 100_000),
                of("marks/batch", 10_000));
    }
}
