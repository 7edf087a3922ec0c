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
import dev.cairn.system.bench.report.Turns;
import dev.cairn.system.bench.report.Workload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the changes of each shape into an empty set, at each size and in each order of arrival, by turns. Times are
 * medians; ratios compare the times of the processor, which other work on the machine disturbs least.
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
            List<Measure> measures = Arrays.stream(sizes)
                    .mapToObj(size -> new Measure(shape, shape.make(Math.toIntExact(size)), unit, arrivals))
                    .toList();
            match &= report(shape, measures, runs, report);
        }
        return match;
    }

    /** Measures all sizes and orders by turns, and reports each of them and how they grow. */
    private static boolean report(Shape shape, List<Measure> measures, int runs, Consumer<Row> report) {
        Iterator<Timing> timings = Turns.of(
                        runs, measures.stream().flatMap(Measure::tasks).toList())
                .iterator();
        Map<String, Slope> slopes = new LinkedHashMap<>();
        boolean match = true;
        for (Measure measure : measures) {
            double causal = Double.NaN;
            for (Order order : measure.orders) {
                Timing timing = timings.next();
                causal = order.label.equals(Arrival.CAUSAL.label()) ? timing.cpu() : causal;
                boolean same = measure.agrees(order);
                match &= same;
                report.accept(measure.row(order, timing, causal).with("match", same));
                slopes.computeIfAbsent(order.label, Slope::new).add(measure.changes.size(), timing.cpu());
            }
        }
        slopes.values().forEach(slope -> slope.report(shape, report));
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

    /** An order of arrival, and what brings the changes of one size in it. */
    private record Order(String label, Supplier<DocumentSet> integrated) {}

    /** What is measured of one shape at one size. */
    private static final class Measure {
        private final Shape shape;
        private final List<LocalChange> changes;
        private final Archive archive;
        private final List<Order> orders = new ArrayList<>();
        private final ByteBuffer expected;

        private Measure(Shape shape, List<LocalChange> changes, int unit, List<Arrival> arrivals) {
            this.shape = shape;
            this.changes = changes;
            this.archive = Archive.seal(changes);
            this.expected = integrated(List.of(Run.cut(changes, Integer.MAX_VALUE)), false)
                    .stateHash();
            for (Arrival arrival : arrivals) {
                List<List<Run>> batches = arrival.batches(Run.cut(changes, unit));
                boolean watched = arrival == Arrival.WATCHED;
                orders.add(new Order(arrival.label(), () -> integrated(batches, watched)));
            }
            // everything from full segments on: digest, decryption, signature, decoding, integration
            orders.add(new Order(SEALED, () -> integrated(List.of(archive.open()), false)));
        }

        private Stream<Supplier<Object>> tasks() {
            return orders.stream().map(order -> () -> shown(order.integrated.get()));
        }

        private boolean agrees(Order order) {
            return order.integrated.get().stateHash().equals(expected);
        }

        private Row row(Order order, Timing timing, double causal) {
            Row row = Row.of("engine")
                    .with("shape", shape.name())
                    .with("changes", changes.size())
                    .with("arrival", order.label)
                    .with("seconds", Statistics.seconds(timing.median()))
                    .with("bestSeconds", Statistics.seconds(timing.best()))
                    .with("cpuSeconds", Statistics.seconds(timing.cpu()))
                    .with("runs", timing.runs())
                    .with("changesPerSecond", Math.round(changes.size() / timing.median()));
            if (order.label.equals(SEALED)) {
                return row.with("files", archive.files())
                        .with("bytesPerChange", Statistics.round((double) archive.fileBytes() / changes.size()));
            }
            return Double.isNaN(causal) ? row : row.with("speedToCausal", Statistics.round(causal / timing.cpu()));
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
