package dev.cairn.system.bench.report;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a task needs of the heap.
 *
 * @param retained bytes which its result keeps alive
 * @param peak bytes above what was there before at the fullest moment, garbage not yet collected included
 */
public record Memory(long retained, long peak) {
    /** The collector is asked until that many readings in a row were not below those before. */
    private static final int STEADY_READINGS = 4;

    private static final int READINGS_MAX = 20;

    /** Runs a task and measures its result while that is alive. */
    public static Memory of(Supplier<?> task) {
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        long before = used();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        long[] readings = measure(task, pools);
        // what an earlier task left behind may have been collected only meanwhile: the emptier heap is the true one
        long empty = Math.min(before, used());
        return new Memory(Math.max(0, readings[0] - empty), Math.max(0, readings[1] - empty));
    }

    /** What is used with the result alive, and at the fullest moment; the result is garbage then. */
    private static long[] measure(Supplier<?> task, List<MemoryPoolMXBean> pools) {
        Object result = task.get();
        try {
            long peak = pools.stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            return new long[] {used(), peak};
        } finally {
            Reference.reachabilityFence(result);
        }
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        int steady = 0;
        for (int i = 0; i < READINGS_MAX && steady < STEADY_READINGS; i++) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            steady = now < least ? 0 : steady + 1;
            least = Math.min(least, now);
        }
        return least;
    }
}
