package dev.cairn.system.bench;

/** How time grew from the smallest to the largest size: the exponent of the power law through the ends. */
final class Growth {
    private final double[] sizes;
    private final double[] seconds;
    private int count;

    Growth(int rows) {
        sizes = new double[rows];
        seconds = new double[rows];
    }

    void add(double size, double time) {
        sizes[count] = size;
        seconds[count++] = time;
    }

    /** 1 is linear, 2 is quadratic; less than 1 where fixed costs dominate the small sizes. */
    Row row(String workload) {
        double slope =
                count < 2 ? 1 : Math.log(seconds[count - 1] / seconds[0]) / Math.log(sizes[count - 1] / sizes[0]);
        return Row.of(workload).with("growthExponent", Statistics.round(slope));
    }
}
