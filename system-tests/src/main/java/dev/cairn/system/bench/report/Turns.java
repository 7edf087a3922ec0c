package dev.cairn.system.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Measures several tasks by turns, so that whatever disturbs the machine disturbs all of them alike, and so that all
 * are measured with the same code compiled by the virtual machine: what is measured first is not the slowest for it.
 */
public final class Turns {
    private static final double WARMUP_SECONDS = 6;

    /** A task that takes less is run several times in a row, and the mean counts. */
    private static final double TURN_SECONDS = 0.004;

    private static final int REPEATS_MAX = 100;

    /** Seconds after which no further round is started: what is far too slow must not hang the benchmark. */
    private static final double PATIENCE_SECONDS = 120;

    private final List<? extends Supplier<?>> tasks;
    private final double[] first;

    private Turns(List<? extends Supplier<?>> tasks) {
        this.tasks = tasks;
        this.first = new double[tasks.size()];
        Arrays.fill(first, Double.NaN);
    }

    /**
     * Runs all tasks for some seconds, and then so many times in rounds, each task once in each.
     *
     * @param rounds how many are measured; with one only, nothing is run before, since one round is a trial which
     *     nobody compares with anything
     * @return a timing for each task, in their order
     */
    public static List<Timing> of(int rounds, List<? extends Supplier<?>> tasks) {
        return new Turns(tasks).measured(rounds);
    }

    private List<Timing> measured(int rounds) {
        long start = System.nanoTime();
        int[] repeats = warmedUp(rounds);
        double[][] wall = new double[tasks.size()][rounds];
        double[][] cpu = new double[tasks.size()][rounds];
        int done = 0;
        while (done == 0 || (done < rounds && Stopwatch.since(start) < PATIENCE_SECONDS)) {
            for (int task = 0; task < repeats.length; task++) {
                Stopwatch watch = run(task, repeats[task]);
                wall[task][done] = watch.wall() / repeats[task];
                cpu[task][done] = watch.cpu() / repeats[task];
            }
            done++;
        }
        int measured = done;
        return IntStream.range(0, tasks.size())
                .mapToObj(task ->
                        Timing.of(first[task], Arrays.copyOf(wall[task], measured), Arrays.copyOf(cpu[task], measured)))
                .toList();
    }

    /** How many times each task is run in a turn. */
    private int[] warmedUp(int rounds) {
        int[] repeats = new int[tasks.size()];
        Arrays.fill(repeats, 1);
        if (rounds == 1) {
            return repeats;
        }
        long start = System.nanoTime();
        double startCpu = Stopwatch.processor();
        do {
            for (int task = 0; task < repeats.length; task++) {
                double seconds = run(task, repeats[task]).cpu() / repeats[task];
                repeats[task] = (int) Math.max(1, Math.min(REPEATS_MAX, Math.ceil(TURN_SECONDS / seconds)));
            }
        } while (Stopwatch.processor() - startCpu < WARMUP_SECONDS && Stopwatch.since(start) < PATIENCE_SECONDS);
        return repeats;
    }

    private Stopwatch run(int task, int times) {
        Stopwatch watch = Stopwatch.start();
        for (int i = 0; i < times; i++) {
            Timing.keep(tasks.get(task).get());
        }
        watch.stop();
        if (Double.isNaN(first[task])) {
            first[task] = watch.wall() / times;
        }
        return watch;
    }
}
