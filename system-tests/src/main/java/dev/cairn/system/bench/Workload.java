package dev.cairn.system.bench;

import java.io.IOException;
import java.util.function.Consumer;

/** One benchmark: reads its sizes from the arguments and reports a row for each. */
interface Workload {
    /** What it measures, in one line, with its arguments and their defaults. */
    String summary();

    /** Runs all sizes in this process, so that the rows can be compared with one another. */
    void run(Arguments arguments, Consumer<Row> report) throws IOException, InterruptedException;
}
