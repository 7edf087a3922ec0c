package dev.cairn.replica.history;

import dev.cairn.crdt.ChangeRun;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.StoredRun;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Every change in the store, read a few runs at a time. */
final class AllRuns implements Iterable<ChangeRun> {
    private static final int BATCH_RUNS = 64;

    private final LocalStore store;
    private final Lines lines;
    private final ParentNames names;

    AllRuns(LocalStore store, Lines lines, ParentNames names) {
        this.store = store;
        this.lines = lines;
        this.names = names;
    }

    @Override
    public Iterator<ChangeRun> iterator() {
        return new Iterator<>() {
            private Iterator<StoredRun> batch = List.<StoredRun>of().iterator();
            private long last;

            @Override
            public boolean hasNext() {
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
                StoredRun run = batch.next();
                last = run.id();
                LineState line = lines.line(run.line()).orElseThrow();
                return names.engineRun(Chains.decode(line.line().writer(), run), line);
            }
        };
    }
}
