package dev.cairn.system.bench;

import java.util.Arrays;

/** Order statistics of a few measured values. */
final class Statistics {
    private Statistics() {}

    static double median(double... values) {
        return percentile(50, values);
    }

    /** The nearest-rank percentile. */
    static double percentile(int percent, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    /** Keeps three significant digits or so: these machines are noisy. */
    static double round(double value) {
        double scale = value >= 100 ? 1 : value >= 1 ? 100 : 10_000;
        return Math.round(value * scale) / scale;
    }
}
