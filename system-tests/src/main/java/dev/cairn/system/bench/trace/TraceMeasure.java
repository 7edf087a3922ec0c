package dev.cairn.system.bench.trace;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Plays a trace through the engine at one granularity, and reports a row of everything that was measured. */
final class TraceMeasure {
    /** How many histories with another text are reported one by one. */
    private static final int MISMATCHES_SHOWN = 10;

    private final String workload;
    private final String file;
    private final Trace trace;
    private final int runs;
    private final Consumer<Row> report;

    TraceMeasure(String workload, String file, Trace trace, int runs, Consumer<Row> report) {
        this.workload = workload;
        this.file = file;
        this.trace = trace;
        this.runs = runs;
        this.report = report;
    }

    /** Whether the final texts are the published ones, as far as these are defined. */
    boolean measure(Granularity granularity) {
        return trace.form() == Trace.Form.SEQUENTIAL ? edited(granularity) : merged(granularity);
    }

    private boolean edited(Granularity granularity) {
        EditingHistory history = trace.histories().get(0);
        Author author = new Author(history);
        String made = Stored.text(author.play(granularity));
        Timing timing = Timing.ofMuchCode(runs, () -> Stored.text(author.play(granularity)));
        Stored stored = new Stored(List.of(author.storable(granularity)));
        Row row = head(granularity, "edit", timing, stored);
        return finish(row, stored, List.of(made), () -> {
            DocumentSet set = author.play(granularity);
            Stored.text(set);
            return set;
        });
    }

    private boolean merged(Granularity granularity) {
        List<List<LocalChange>> changes = trace.histories().stream()
                .map(history -> HistoryEncoder.encode(history, granularity))
                .toList();
        Stored stored = new Stored(changes);
        List<String> made = stored.merged();
        Timing timing = Timing.ofMuchCode(runs, stored::merged);
        Row row = head(granularity, "merge", timing, stored);
        return finish(row, stored, made, stored::live);
    }

    private long edits() {
        return trace.histories().stream()
                .mapToLong(trace.form() == Trace.Form.HISTORY ? EditingHistory::units : EditingHistory::size)
                .sum();
    }

    private Row head(Granularity granularity, String what, Timing timing, Stored stored) {
        long edits = edits();
        return Row.of(workload)
                .with("trace", file)
                .with("form", trace.form().label())
                .with("mode", granularity.label())
                .with("measured", what)
                .with("histories", trace.histories().size())
                .with(
                        "transactions",
                        trace.histories().stream()
                                .mapToLong(each -> each.transactions.size())
                                .sum())
                .with("edits", edits)
                .with("changes", stored.changes())
                .with("seconds", Statistics.seconds(timing.median()))
                .with("bestSeconds", Statistics.seconds(timing.best()))
                .with("cpuSeconds", Statistics.seconds(timing.cpu()))
                .with("runs", timing.runs())
                .with("firstSeconds", Statistics.seconds(timing.first()))
                .with("opsPerSecond", Math.round(edits / timing.median()));
    }

    private boolean finish(Row row, Stored stored, List<String> made, Supplier<?> live) {
        List<Integer> wrong = new ArrayList<>();
        List<String> opened = stored.opened();
        List<String> saved = stored.fromCheckpoints();
        long defined = 0;
        for (int i = 0; i < made.size(); i++) {
            Optional<String> end = trace.histories().get(i).end;
            String expected = end.orElse(made.get(i));
            defined += end.isPresent() ? 1 : 0;
            boolean same = made.get(i).equals(expected) && opened.get(i).equals(expected);
            if (!same || !saved.get(i).equals(expected)) {
                wrong.add(i);
            }
        }
        Row whole = row;
        if (defined > 0 || !wrong.isEmpty()) {
            whole = row.with("match", wrong.isEmpty()).with("matching", made.size() - wrong.size());
        }
        report.accept(stored.describe(whole, edits(), runs, live));
        if (made.size() > 1) {
            wrong.stream()
                    .limit(MISMATCHES_SHOWN)
                    .forEach(i -> report.accept(Row.of(workload)
                            .with("trace", file)
                            .with("mismatch", i)
                            .with("expected", trace.histories().get(i).end.orElse(""))
                            .with("found", made.get(i))));
        }
        return wrong.isEmpty();
    }
}
