package dev.cairn.replica.store;

import dev.cairn.format.ChangeRun;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The decoded form of rows with changes, by the number of the row; those used last, as far as little memory goes. A row
 * never changes and no number is given twice, so what is in here is never out of date. Safe from any thread.
 */
public final class DecodedRuns {
    /** About what all runs may take: a dozen of the largest rows. */
    private static final long BYTES_MAX = 16L << 20;
    /** What a change takes beside its own bytes: its chain hash and its place in the columns. */
    private static final long CHANGE_BYTES = 64;

    private final Map<Long, ChangeRun> runs = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** Keeps a run; those not used for longest go for it. */
    public synchronized void keep(long no, ChangeRun run) {
        ChangeRun former = runs.put(no, run);
        bytes += size(run) - (former == null ? 0 : size(former));
        Iterator<ChangeRun> oldest = runs.values().iterator();
        while (bytes > BYTES_MAX && oldest.hasNext()) {
            bytes -= size(oldest.next());
            oldest.remove();
        }
    }

    /** The run of a row, if it is here. */
    public synchronized Optional<ChangeRun> find(long no) {
        return Optional.ofNullable(runs.get(no));
    }

    /** Lets go of all. */
    public synchronized void clear() {
        runs.clear();
        bytes = 0;
    }

    private static long size(ChangeRun run) {
        return run.changeBytes() + CHANGE_BYTES * run.size();
    }
}
