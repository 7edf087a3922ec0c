package dev.cairn.system.bench.trace;

import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plays a recorded editing session: a sequential one edit by edit through editing sessions, a concurrent one by merging
 * its changes into an empty document.
 */
public final class TextTraceWorkload implements Workload {
    @Override
    public String summary() {
        return "FILE [--per-op|--one-commit] --runs 15: a recorded editing session, final text checked; "
                + "without a flag both, and a change per transaction";
    }

    @Override
    public Set<String> options() {
        return Set.of("runs");
    }

    @Override
    public Set<String> flags() {
        return Set.of("per-op", "one-commit");
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException {
        if (arguments.has("per-op") && arguments.has("one-commit")) {
            throw new IllegalArgumentException("--per-op and --one-commit exclude each other");
        }
        int runs = arguments.number("runs", 15);
        Path file = Path.of(arguments.words().get(0));
        Trace trace = TraceReader.read(file);
        if (trace.form() == Trace.Form.HISTORY) {
            throw new IllegalArgumentException(file + " is a history of runs with spans: use text-history");
        }
        TraceMeasure measure = new TraceMeasure("text-trace", file.getFileName().toString(), trace, runs, report);
        boolean match = true;
        for (Granularity each : granularities(arguments, trace)) {
            match &= measure.measure(each);
        }
        return match;
    }

    private static List<Granularity> granularities(Arguments arguments, Trace trace) {
        if (arguments.has("per-op")) {
            return List.of(Granularity.PER_OP);
        }
        if (arguments.has("one-commit")) {
            return List.of(Granularity.ONE_COMMIT);
        }
        boolean same = trace.histories().get(0).transactions.stream().allMatch(each -> each.to() - each.from() == 1);
        return same
                ? List.of(Granularity.PER_OP, Granularity.ONE_COMMIT)
                : List.of(Granularity.PER_OP, Granularity.PER_TRANSACTION, Granularity.ONE_COMMIT);
    }
}
