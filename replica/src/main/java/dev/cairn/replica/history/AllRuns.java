package dev.cairn.replica.history;

import dev.cairn.crdt.ChangeRun;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.StoredRun;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Every change in the store that counts, read a few runs at a time. */
final class AllRuns implements Iterable<ChangeRun> {
    private static final int BATCH_RUNS = 64;

    private final LocalStore store;
    private final Lines lines;
    private final ParentNames names;
    private final ToLongFunction<LineState> through;

    /**
     * The changes of a store.
     *
     * @param through up to which number the changes of a line count
     */
    AllRuns(LocalStore store, Lines lines, ParentNames names, ToLongFunction<LineState> through) {
        this.store = store;
        this.lines = lines;
        this.names = names;
        this.through = through;
    }

    @Override
    public Iterator<ChangeRun> iterator() {
        return new Iterator<>() {
            private Iterator<StoredRun> batch = List.<StoredRun>of().iterator();
            private long last;
            private @Nullable ChangeRun next;

            @Override
            public boolean hasNext() {
                while (next == null && isAnyLeft()) {
                    StoredRun run = batch.next();
                    last = run.id();
                    next = counting(run);
                }
                return next != null;
            }

            private boolean isAnyLeft() {
                if (!batch.hasNext()) {
                    batch = store.runs().after(last, BATCH_RUNS).iterator();
                }
                return batch.hasNext();
            }

            @Override
            public ChangeRun next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                ChangeRun run = Objects.requireNonNull(next);
                next = null;
                return run;
            }
        };
    }

    /** What counts of a run; nothing of a line that another process has begun and the engine has not heard of. */
    private @Nullable ChangeRun counting(StoredRun stored) {
        Optional<LineState> known = lines.line(stored.line());
        long end = known.map(through::applyAsLong).orElse(0L);
        if (known.isEmpty() || stored.base().seq() >= end) {
            return null;
        }
        LineState line = known.get();
        dev.cairn.format.ChangeRun run = Chains.decode(line.line().writer(), stored);
        return names.engineRun(run.lastSeq() <= end ? run : run.slice(0, (int) (end - run.firstSeq() + 1)), line);
    }
}
