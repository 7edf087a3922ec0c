package dev.cairn.system.bench.report;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Seconds on the wall, and those for which this thread and the collector of garbage held a processor. */
final class Stopwatch {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final double cpuBefore = processor();
    private final long before = System.nanoTime();
    private double wall = Double.NaN;
    private double cpu = Double.NaN;

    private Stopwatch() {}

    static Stopwatch start() {
        return new Stopwatch();
    }

    void stop() {
        wall = since(before);
        cpu = processor() - cpuBefore;
    }

    double wall() {
        return wall;
    }

    double cpu() {
        return cpu;
    }

    /** Seconds since a moment of {@link System#nanoTime()}. */
    static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Seconds of the processor's time which this thread and the collector of garbage have had so far. */
    static double processor() {
        long collected = 0;
        for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
            collected += each.getCollectionTime();
        }
        return THREADS.getCurrentThreadCpuTime() / 1e9 + collected / 1e3;
    }
}
