package dev.cairn.system.bench.report;

import java.util.Optional;

/** How time grew from the smallest to the largest size: the exponent of the power law through the ends. */
public final class Growth {
    private final double[] sizes;
    private final double[] seconds;
    private int count;

    public Growth(int rows) {
        sizes = new double[rows];
        seconds = new double[rows];
    }

    public void add(double size, double time) {
        sizes[count] = size;
        seconds[count++] = time;
    }

    /** 1 is linear, 2 is quadratic; less than 1 where fixed costs dominate the small sizes. Nothing for one size. */
    public Optional<Row> row(String workload) {
        if (count < 2 || sizes[0] == sizes[count - 1]) {
            return Optional.empty();
        }
        double slope = Math.log(seconds[count - 1] / seconds[0]) / Math.log(sizes[count - 1] / sizes[0]);
        return Optional.of(Row.of(workload).with("growthExponent", Statistics.round(slope)));
    }
}
