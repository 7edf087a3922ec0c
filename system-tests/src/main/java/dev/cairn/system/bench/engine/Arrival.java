package dev.cairn.system.bench.engine;

import dev.cairn.system.bench.journal.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The order in which runs of changes arrive. */
enum Arrival {
    /** Parents before children, all in one batch. */
    CAUSAL,
    /** All of one device, then all of the next: the order in which a scan of a folder finds them. */
    BY_DEVICE,
    /** The newest first. */
    REVERSED,
    /** In any order. */
    SHUFFLED,
    /** Parents before children, each run in a call of its own. */
    ONE_BY_ONE,
    /** The same, with the documents shown after each call, as on a screen that follows. */
    WATCHED;

    /** Those which show the documents once; showing them again and again is another amount of work. */
    static final List<Arrival> ALL_BUT_WATCHED = List.of(CAUSAL, BY_DEVICE, REVERSED, SHUFFLED, ONE_BY_ONE);

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Arrival of(String label) {
        for (Arrival each : values()) {
            if (each.label().equals(label)) {
                return each;
            }
        }
        throw new IllegalArgumentException("unknown arrival " + label
                + "; known are causal, by-device, reversed, shuffled, " + "one-by-one, watched");
    }

    /**
     * The batches in which these runs arrive, given parents before children; as a reader of files makes them, one after
     * the other in the order of arrival, so that they lie in memory like that too.
     */
    List<List<Run>> batches(List<Run> causal) {
        return inOrder(causal).stream()
                .map(batch -> batch.stream().map(Run::copy).toList())
                .toList();
    }

    private List<List<Run>> inOrder(List<Run> causal) {
        if (this == ONE_BY_ONE || this == WATCHED) {
            return causal.stream().map(List::of).toList();
        }
        List<Run> runs = new ArrayList<>(causal);
        switch (this) {
            case BY_DEVICE -> runs.sort(Comparator.comparing(Run::actor)); // stable: each device's own order stays
            case REVERSED -> Collections.reverse(runs);
            case SHUFFLED -> Collections.shuffle(runs, new Random(1));
            default -> {}
        }
        return List.of(runs);
    }
}
