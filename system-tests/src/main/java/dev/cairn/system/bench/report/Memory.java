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
    /** How often the collector is asked before a reading: once leaves what has just become garbage. */
    private static final int COLLECTIONS = 3;

    /** Runs a task and measures its result while that is alive. */
    public static Memory of(Supplier<?> task) {
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        long before = used();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        Object result = task.get();
        try {
            long peak = pools.stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            return new Memory(Math.max(0, used() - before), Math.max(0, peak - before));
        } finally {
            Reference.reachabilityFence(result);
        }
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
