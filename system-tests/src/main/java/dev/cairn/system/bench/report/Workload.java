package dev.cairn.system.bench.report;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;

/** One benchmark: reads its sizes from the arguments and reports a row for each measurement. */
public interface Workload {
    /** What it measures, in one line, with its arguments and their defaults. */
    String summary();

    /** The names of its options which take a value. */
    Set<String> options();

    /** The names of its options which stand alone. */
    default Set<String> flags() {
        return Set.of();
    }

    /** How many words it takes besides the options. */
    default int words() {
        return 0;
    }

    /**
     * Runs all sizes in this process, so that the rows can be compared with one another.
     *
     * @return whether every result which could be checked was right
     * @throws IllegalArgumentException if an argument or the file it names is not as it should be
     */
    boolean run(Arguments arguments, Consumer<Row> report) throws IOException, InterruptedException;
}
