package dev.cairn.system.bench.trace;

import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/** Merges recorded histories of runs, each transaction a change, into empty documents. */
public final class TextHistoryWorkload implements Workload {
    @Override
    public String summary() {
        return "FILE --runs 15: a history of runs, or a list of such histories, merged; final texts checked";
    }

    @Override
    public Set<String> options() {
        return Set.of("runs");
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException {
        int runs = arguments.number("runs", 15);
        Path file = Path.of(arguments.words().get(0));
        Trace trace = TraceReader.read(file);
        if (trace.form() != Trace.Form.HISTORY) {
            throw new IllegalArgumentException(file + " has patches and no spans: use text-trace");
        }
        String name = file.getFileName().toString();
        return new TraceMeasure("text-history", name, trace, runs, report).measure(Granularity.PER_TRANSACTION);
    }
}
