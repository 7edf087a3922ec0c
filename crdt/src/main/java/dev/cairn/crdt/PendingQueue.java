package dev.cairn.crdt;

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

    private final TreeMap<Long, ChangeRun> runs = new TreeMap<>();
    private final List<ChangeRun> borrowed = new ArrayList<>(1);
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>((a, b) -> Long.compare(a.seq(), b.seq()));

    /** What the next change of this actor waits for, if that is known to be a change of another actor. */
    @Nullable
    ChangeId blockedBy;

    /** Whether this actor is about to be drained. */
    boolean queued;

    /** The first refused change and why, if any; it and all later ones never apply. */
    Integration.@Nullable Refusal refusal;

    /** Adds a run, which belongs to the caller until {@link #keep}; returns how many changes were here already. */
    long add(ChangeRun run) {
        ChangeRun same = runs.get(run.firstSeq());
        if (same != null && same.size() >= run.size()) {
            return run.size();
        }
        runs.put(run.firstSeq(), run);
        borrowed.add(run);
        return same == null ? 0 : same.size();
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
        runs.pollFirstEntry();
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Copies what is still here of the runs which belong to the caller, without the changes known already. */
    void keep(long known) {
        for (ChangeRun run : borrowed) {
            if (runs.get(run.firstSeq()) == run) {
                runs.remove(run.firstSeq());
                long skipped = Math.max(0, known + 1 - run.firstSeq());
                if (skipped < run.size()) {
                    HeldRun held = new HeldRun(run, (int) skipped);
                    ChangeRun same = runs.get(held.firstSeq());
                    if (same == null || same.size() < held.size()) {
                        runs.put(held.firstSeq(), held);
                    }
                }
            }
        }
        borrowed.clear();
    }

    /** Returns how many changes are here, overlapping runs counted once. */
    long count(long known) {
        long count = 0;
        long reached = known;
        for (Map.Entry<Long, ChangeRun> entry : runs.entrySet()) {
            long end = entry.getKey() + entry.getValue().size() - 1;
            count += Math.max(0, end - Math.max(reached, entry.getKey() - 1));
            reached = Math.max(reached, end);
        }
        return count;
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
