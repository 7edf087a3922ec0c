package dev.cairn.crdt;

import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The changes of one actor that are not integrated yet, and who waits for changes of this actor. */
final class PendingQueue {
    /** Someone who waits until this actor's changes are integrated up to that number. */
    record Waiter(int actor, long seq) {}

    // by first sequence number, no change twice, so that only the first run can be integrated in part
    private final TreeMap<Long, ChangeRun> runs = new TreeMap<>();
    private long held;
    private final List<ChangeRun> borrowed = new ArrayList<>(1);
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>((a, b) -> Long.compare(a.seq(), b.seq()));

    /** What the next change of this actor waits for, if that is known to be a change of another actor. */
    @Nullable
    ChangeId blockedBy;

    /** Whether this actor is about to be drained. */
    boolean queued;

    /** The first refused change and why, if any; it and all later ones never apply. */
    Integration.@Nullable Refusal refusal;

    /**
     * Adds what is new of a run, which belongs to the caller until {@link #keep}; returns how many changes are not.
     *
     * @param known up to where this actor's changes are integrated
     */
    long add(ChangeRun run, long known) {
        long before = held;
        long end = last(run);
        long next = Math.max(run.firstSeq(), known + 1);
        Map.Entry<Long, ChangeRun> below = runs.floorEntry(next);
        if (below != null) {
            next = Math.max(next, last(below.getValue()) + 1);
        }
        while (next <= end) {
            Map.Entry<Long, ChangeRun> above = runs.ceilingEntry(next);
            long until = above == null ? end : Math.min(end, above.getKey() - 1);
            if (next <= until) {
                borrow(run, next, until);
            }
            next = above == null ? end + 1 : last(above.getValue()) + 1;
        }
        return run.size() - (held - before);
    }

    private static long last(ChangeRun run) {
        return run.firstSeq() + run.size() - 1;
    }

    private void borrow(ChangeRun run, long from, long to) {
        boolean whole = from == run.firstSeq() && to == last(run);
        ChangeRun part = whole
                ? run
                : new PartOfRun(run, Math.toIntExact(from - run.firstSeq()), Math.toIntExact(to - from + 1));
        put(part);
        borrowed.add(part);
    }

    private void put(ChangeRun run) {
        runs.put(run.firstSeq(), run);
        held += run.size();
    }

    /** Returns the number of the first refused change, or the greatest number of all. */
    long refusedFrom() {
        return refusal == null ? Long.MAX_VALUE : refusal.change().seq();
    }

    @Nullable
    ChangeRun first() {
        return runs.isEmpty() ? null : runs.firstEntry().getValue();
    }

    void removeFirst() {
        held -= runs.pollFirstEntry().getValue().size();
    }

    /** Copies what is still here of the runs which belong to the caller, without the changes known already. */
    void keep(long known) {
        for (ChangeRun run : borrowed) {
            if (runs.get(run.firstSeq()) == run) {
                runs.remove(run.firstSeq());
                held -= run.size();
                long skipped = Math.max(0, known + 1 - run.firstSeq());
                if (skipped < run.size()) {
                    put(new HeldRun(run, (int) skipped));
                }
            }
        }
        borrowed.clear();
    }

    /** Forgets runs which were integrated on another way, as local changes are. */
    void forget(long known) {
        for (ChangeRun run = first(); run != null && last(run) <= known; run = first()) {
            removeFirst();
        }
    }

    /** Returns how many changes are here and not integrated yet. */
    long count(long known) {
        ChangeRun first = first();
        return first == null ? 0 : held - Math.max(0, known + 1 - first.firstSeq());
    }

    void addWaiter(int actor, long seq) {
        waiters.add(new Waiter(actor, seq));
    }

    /** Returns someone whose wait is over, or null. */
    @Nullable
    Waiter wake(long known) {
        Waiter waiter = waiters.peek();
        if (waiter == null || (waiter.seq() > known && waiter.seq() < refusedFrom())) {
            return null;
        }
        return waiters.poll();
    }

    List<ChangeRun> all() {
        return List.copyOf(runs.values());
    }
}
