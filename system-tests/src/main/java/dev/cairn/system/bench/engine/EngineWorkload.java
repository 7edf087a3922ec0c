package dev.cairn.system.bench.engine;

import dev.cairn.crdt.ChangeRun;
import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.system.bench.journal.Archive;
import dev.cairn.system.bench.journal.Run;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Timing;
import dev.cairn.system.bench.report.Workload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings the changes of each shape into an empty set, at each size and in each order of arrival. Times are medians;
 * ratios compare the times of the processor, which other work on the machine disturbs least.
 */
public final class EngineWorkload implements Workload {
    /** The measurement which starts from sealed files. */
    private static final String SEALED = "sealed";

    @Override
    public String summary() {
        return "--sizes 25000,50000,100000 --shape all --arrival all --unit 100 --runs 7: changes into memory; "
                + "shapes: " + names();
    }

    private static String names() {
        return Shapes.ALL.stream().map(Shape::name).collect(Collectors.joining(", "));
    }

    @Override
    public Set<String> options() {
        return Set.of("sizes", "shape", "arrival", "unit", "runs");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) {
        long[] sizes = arguments.numbers("sizes", "25000,50000,100000");
        int runs = arguments.number("runs", 7);
        int unit = arguments.number("unit", 100);
        List<Arrival> arrivals = arguments
                .text("arrival")
                .map(names -> Arrays.stream(names.split(",")).map(Arrival::of).toList())
                .orElse(Arrival.ALL_BUT_WATCHED);
        boolean match = true;
        for (Shape shape : shapes(arguments)) {
            Map<String, Slope> slopes = new LinkedHashMap<>();
            for (long size : sizes) {
                List<LocalChange> changes = shape.make(Math.toIntExact(size));
                Measure measure = new Measure(shape, changes, unit, runs, report);
                for (Arrival arrival : arrivals) {
                    double seconds = measure.arrival(arrival);
                    slopes.computeIfAbsent(arrival.label(), Slope::new).add(changes.size(), seconds);
                }
                slopes.computeIfAbsent(SEALED, Slope::new).add(changes.size(), measure.sealed());
                match &= measure.match;
            }
            slopes.values().forEach(slope -> slope.report(shape, report));
        }
        return match;
    }

    private static List<Shape> shapes(Arguments arguments) {
        if (arguments.text("shape").isEmpty()) {
            return Shapes.ALL;
        }
        List<String> wanted = List.of(arguments.text("shape").get().split(","));
        List<Shape> found = Shapes.ALL.stream()
                .filter(shape -> wanted.contains(shape.name()))
                .toList();
        if (found.size() != wanted.size()) {
            throw new IllegalArgumentException("unknown shape in " + wanted + "; known are " + names());
        }
        return found;
    }

    /** The measurements of one shape at one size. */
    private static final class Measure {
        private final Shape shape;
        private final List<LocalChange> changes;
        private final int unit;
        private final int runs;
        private final Consumer<Row> report;
        private final ByteBuffer expected;
        private double causal = Double.NaN;
        private boolean match = true;

        private Measure(Shape shape, List<LocalChange> changes, int unit, int runs, Consumer<Row> report) {
            this.shape = shape;
            this.changes = changes;
            this.unit = unit;
            this.runs = runs;
            this.report = report;
            this.expected = integrated(List.of(Run.cut(changes, Integer.MAX_VALUE)), false)
                    .stateHash();
        }

        private double arrival(Arrival arrival) {
            List<List<Run>> batches = arrival.batches(Run.cut(changes, unit));
            boolean watched = arrival == Arrival.WATCHED;
            Timing timing = Timing.of(runs, () -> shown(integrated(batches, watched)));
            if (arrival == Arrival.CAUSAL) {
                causal = timing.cpu();
            }
            Row row = row(arrival.label(), timing, integrated(batches, watched));
            report.accept(
                    Double.isNaN(causal) ? row : row.with("speedToCausal", Statistics.round(causal / timing.cpu())));
            return timing.cpu();
        }

        /** Everything from full segments on: digest, decryption, signature, decoding, integration. */
        private double sealed() {
            Archive archive = Archive.seal(changes);
            Timing timing = Timing.of(runs, () -> shown(integrated(List.of(archive.open()), false)));
            Row row = row(SEALED, timing, integrated(List.of(archive.open()), false));
            report.accept(row.with("files", archive.files())
                    .with("bytesPerChange", Statistics.round((double) archive.fileBytes() / changes.size())));
            return timing.cpu();
        }

        private Row row(String arrival, Timing timing, DocumentSet set) {
            boolean same = set.stateHash().equals(expected);
            match &= same;
            return Row.of("engine")
                    .with("shape", shape.name())
                    .with("changes", changes.size())
                    .with("arrival", arrival)
                    .with("seconds", Statistics.seconds(timing.median()))
                    .with("bestSeconds", Statistics.seconds(timing.best()))
                    .with("cpuSeconds", Statistics.seconds(timing.cpu()))
                    .with("runs", timing.runs())
                    .with("changesPerSecond", Math.round(changes.size() / timing.median()))
                    .with("match", same);
        }

        private static DocumentSet integrated(List<? extends List<? extends ChangeRun>> batches, boolean watched) {
            DocumentSet set = DocumentSet.create();
            Integration last = null;
            for (List<? extends ChangeRun> batch : batches) {
                last = set.integrate(batch);
                if (watched) {
                    shown(set);
                }
            }
            if (last != null && !(last.refused().isEmpty() && last.waiting().isEmpty())) {
                throw new IllegalStateException("not everything applies: " + last.refused() + last.waiting());
            }
            return set;
        }

        private static Object shown(DocumentSet set) {
            int entries = 0;
            for (String document : set.documentNames()) {
                entries += set.document(document).root().entries().size();
            }
            return entries;
        }
    }
}
