package dev.cairn.system.bench.engine;

import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How the time of one measurement grows from size to size. */
final class Slope {
    private final String arrival;
    private final List<Integer> changes = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();

    Slope(String arrival) {
        this.arrival = arrival;
    }

    void add(int size, double time) {
        changes.add(size);
        seconds.add(time);
    }

    /** Reports time(next size) / time(size) for each step, and the exponent between the ends: 1 is linear. */
    void report(Shape shape, Consumer<Row> report) {
        int last = changes.size() - 1;
        if (last < 1 || changes.get(0).equals(changes.get(last))) {
            return;
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            ratios.add(Statistics.round(seconds.get(i) / seconds.get(i - 1)));
        }
        double sizes = (double) changes.get(last) / changes.get(0);
        double exponent = Math.log(seconds.get(last) / seconds.get(0)) / Math.log(sizes);
        report.accept(Row.of("engine")
                .with("shape", shape.name())
                .with("arrival", arrival)
                .with("sizes", List.copyOf(changes))
                .with("timeRatios", ratios)
                .with("growthExponent", Statistics.round(exponent)));
    }
}
