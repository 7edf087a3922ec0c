package dev.cairn.system.bench.report;

import java.util.Arrays;

/** Order statistics of a few measured values. */
public final class Statistics {
    private Statistics() {}

    public static double median(double... values) {
        return percentile(50, values);
    }

    /** The nearest-rank percentile. */
    public static double percentile(int percent, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    /** Keeps three significant digits or so: these machines are noisy. */
    public static double round(double value) {
        double scale = value >= 100 ? 1 : value >= 1 ? 100 : 10_000;
        return Math.round(value * scale) / scale;
    }

    /** Keeps whole microseconds. */
    public static double seconds(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
