package dev.cairn.system.bench.report;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How long something took in one process: the first run, and then warm runs.
 *
 * @param first the seconds of the very first run, with nothing compiled by the virtual machine
 * @param median the median seconds of the warm runs; of the first one when that was too long to be repeated
 * @param best the seconds of the fastest warm run
 * @param cpu the median seconds for which a warm run held a processor, and those of the collector: nearly what the
 *     median would be on a machine that does nothing else
 * @param runs how many warm runs were measured
 */
public record Timing(double first, double median, double best, double cpu, int runs) {
    // Runs before the measured ones are not counted. They go on until the virtual machine has compiled what it will:
    // for a while at least, counted in the time of the processor since other work may hold it, and as long as one of
    // the last few was clearly faster than all before it.
    private static final double WARMUP_SECONDS = 0.5;
    private static final double WARMUP_SECONDS_MAX = 4;
    private static final int WARMUP_RUNS_WITHOUT_GAIN = 5;
    private static final double GAIN = 0.95;
    private static final double MUCH_CODE_SECONDS = 6;

    /** Seconds after which no further run is started: what is far too slow must not hang the benchmark. */
    private static final double PATIENCE_SECONDS = 10;

    @SuppressWarnings("unused") // written only, see keep
    private static volatile Object kept = "";

    /** Measures a task which needs nothing prepared. */
    public static Timing of(int runs, Supplier<?> task) {
        return of(runs, () -> task, given -> keep(given.get()));
    }

    /**
     * Measures a task which takes the virtual machine some seconds to compile, since much code takes part in it of
     * which nothing is hot; it is run for that long before.
     */
    public static Timing ofMuchCode(int runs, Supplier<?> task) {
        return ofMuchCode(runs, () -> task, given -> keep(given.get()));
    }

    /** The same; what the task works on is made anew for each run and is not part of the time. */
    public static <T> Timing ofMuchCode(int runs, Supplier<T> prepare, Consumer<T> task) {
        long start = System.nanoTime();
        double first = once(prepare, task);
        while (runs > 1 && Stopwatch.since(start) < MUCH_CODE_SECONDS) {
            task.accept(prepare.get());
        }
        Timing timing = of(runs, prepare, task);
        return new Timing(first, timing.median, timing.best, timing.cpu, timing.runs);
    }

    /** Measures a task; what it works on is made anew for each run and is not part of the time. */
    public static <T> Timing of(int runs, Supplier<T> prepare, Consumer<T> task) {
        long start = System.nanoTime();
        double startCpu = Stopwatch.processor();
        double first = once(prepare, task);
        double least = first;
        int withoutGain = 0;
        while (runs > 1 // one run is a trial, which nobody compares with anything
                && (withoutGain < WARMUP_RUNS_WITHOUT_GAIN || Stopwatch.processor() - startCpu < WARMUP_SECONDS)
                && Stopwatch.since(start) < WARMUP_SECONDS_MAX) {
            double next = once(prepare, task);
            withoutGain = next < least * GAIN ? 0 : withoutGain + 1;
            least = Math.min(least, next);
        }
        double[] wall = new double[runs];
        double[] cpu = new double[runs];
        int done = 0;
        while (done == 0 || (done < runs && Stopwatch.since(start) < PATIENCE_SECONDS)) {
            T given = prepare.get();
            Stopwatch watch = Stopwatch.start();
            task.accept(given);
            watch.stop();
            wall[done] = watch.wall();
            cpu[done++] = watch.cpu();
        }
        return of(first, Arrays.copyOf(wall, done), Arrays.copyOf(cpu, done));
    }

    /** Of the seconds of the first run, and of each warm one on the wall and of the processor. */
    static Timing of(double first, double[] wall, double[] cpu) {
        return new Timing(
                first, Statistics.median(wall), Statistics.percentile(0, wall), Statistics.median(cpu), wall.length);
    }

    /** Keeps the virtual machine from leaving out work whose result nobody looks at. */
    static void keep(Object result) {
        kept = result;
    }

    private static <T> double once(Supplier<T> prepare, Consumer<T> task) {
        T given = prepare.get();
        long start = System.nanoTime();
        task.accept(given);
        return Stopwatch.since(start);
    }
}
