package dev.cairn.crdt;

import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The changes of one actor that are not integrated yet, and who waits for changes of this actor. */
final class PendingQueue {
    // Runs of the current call belong to the caller: they are collected as they come, put in order all at once, and
    // usually gone before the call ends. What then remains is copied into a tree.
    //
    //   add          settle                  first, removeFirst             keep
    //   arrived ---> borrowed, ascending --> integrated, from the front --> held, ascending
    //
    // No change is in both, and none in either of them twice, so that only the first run can be integrated in part.

    /** Someone who waits until this actor's changes are integrated up to that number. */
    record Waiter(int actor, long seq) {}

    private static final @Nullable ChangeRun[] NONE = {};
    private static final long[] NO_NUMBERS = {};

    // most actors never have anything held, nor anybody waiting: what all of those share stays empty
    private static final TreeMap<Long, ChangeRun> NOTHING_HELD = new TreeMap<>();
    private static final PriorityQueue<Waiter> NOBODY = new PriorityQueue<>(1);

    private @Nullable ChangeRun[] arrived = NONE;
    private long[] arrivedFirst = NO_NUMBERS;
    private int arrivedCount;
    private long arrivedChanges;
    private @Nullable ChangeRun[] borrowed = NONE;
    private int borrowedFrom;
    private int borrowedTo;
    private TreeMap<Long, ChangeRun> held = NOTHING_HELD;

    /** How many changes are borrowed or held. */
    private long pending;

    private PriorityQueue<Waiter> waiters = NOBODY;

    /** What the next change of this actor waits for, if that is known to be a change of another actor. */
    @Nullable
    ChangeId blockedBy;

    /** Whether this actor is about to be drained. */
    boolean queued;

    /** Who gathers changes of this actor, and in which slot. */
    @Nullable
    Gathering gathering;

    int slot;

    /** Whether a run was added since the last {@link #settle}. */
    boolean fed;

    /** Whether this actor is among those which may have something pending. */
    boolean listed;

    /** The first refused change and why, if any; it and all later ones never apply. */
    Integration.@Nullable Refusal refusal;

    /** Adds a run, which belongs to the caller until {@link #keep}; it counts once {@link #settle} was called. */
    void add(ChangeRun run) {
        if (arrivedCount == arrived.length) {
            arrived = Arrays.copyOf(arrived, arrivedCount == 0 ? 1 : Math.max(4, 2 * arrivedCount));
            arrivedFirst = Arrays.copyOf(arrivedFirst, arrived.length);
        }
        arrivedFirst[arrivedCount] = run.firstSeq();
        arrived[arrivedCount++] = run;
        arrivedChanges += run.size();
    }

    /**
     * Puts the runs which were added among the others; returns how many of their changes were known or here already.
     *
     * @param known up to where this actor's changes are integrated
     */
    long settle(long known) {
        long offered = pending + arrivedChanges;
        for (int i = borrowedFrom; i < borrowedTo; i++) {
            ChangeRun before = some(borrowed[i]);
            add(before);
            pending -= before.size();
        }
        int count = arrivedCount;
        @Nullable ChangeRun[] runs = inOrder();
        arrived = NONE;
        arrivedFirst = NO_NUMBERS;
        arrivedCount = 0;
        arrivedChanges = 0;
        // what is held may cut a run in pieces; else there is at most one for each run, behind those still to be read
        borrowed = held.isEmpty() ? runs : new @Nullable ChangeRun[count];
        borrowedFrom = 0;
        borrowedTo = 0;
        long next = known + 1;
        for (int i = 0; i < count; i++) {
            ChangeRun run = some(runs[i]);
            borrowNew(run, Math.max(run.firstSeq(), next));
            next = Math.max(next, last(run) + 1);
        }
        return offered - pending;
    }

    /** Returns the runs which were added, by their first numbers. */
    private @Nullable ChangeRun[] inOrder() {
        if (Ascending.is(arrivedFirst, arrivedCount)) {
            return arrived;
        }
        int[] order = Ascending.order(arrivedFirst, arrivedCount);
        @Nullable ChangeRun[] runs = new @Nullable ChangeRun[arrivedCount];
        for (int i = 0; i < arrivedCount; i++) {
            runs[i] = arrived[order[i]];
        }
        return runs;
    }

    private static ChangeRun some(@Nullable ChangeRun run) {
        if (run == null) {
            throw new IllegalStateException("a queue of changes has a hole");
        }
        return run;
    }

    private static long last(ChangeRun run) {
        return run.firstSeq() + run.size() - 1;
    }

    /** Borrows what is not held of a run from that number on. */
    private void borrowNew(ChangeRun run, long from) {
        long end = last(run);
        if (held.isEmpty()) {
            borrow(run, from, end);
            return;
        }
        long next = from;
        Map.Entry<Long, ChangeRun> below = held.floorEntry(next);
        if (below != null) {
            next = Math.max(next, last(below.getValue()) + 1);
        }
        while (next <= end) {
            Map.Entry<Long, ChangeRun> above = held.ceilingEntry(next);
            borrow(run, next, above == null ? end : Math.min(end, above.getKey() - 1));
            next = above == null ? end + 1 : last(above.getValue()) + 1;
        }
    }

    private void borrow(ChangeRun run, long from, long to) {
        if (from > to) {
            return;
        }
        boolean whole = from == run.firstSeq() && to == last(run);
        ChangeRun part = whole
                ? run
                : new PartOfRun(run, Math.toIntExact(from - run.firstSeq()), Math.toIntExact(to - from + 1));
        if (borrowedTo == borrowed.length) {
            borrowed = Arrays.copyOf(borrowed, 2 * borrowedTo);
        }
        borrowed[borrowedTo++] = part;
        pending += part.size();
    }

    /** Returns the number of the first refused change, or the greatest number of all. */
    long refusedFrom() {
        return refusal == null ? Long.MAX_VALUE : refusal.change().seq();
    }

    private boolean isNextBorrowed() {
        return borrowedFrom < borrowedTo
                && (held.isEmpty() || some(borrowed[borrowedFrom]).firstSeq() < held.firstKey());
    }

    @Nullable
    ChangeRun first() {
        if (isNextBorrowed()) {
            return borrowed[borrowedFrom];
        }
        return held.isEmpty() ? null : held.firstEntry().getValue();
    }

    void removeFirst() {
        if (isNextBorrowed()) {
            pending -= some(borrowed[borrowedFrom]).size();
            borrowed[borrowedFrom++] = null;
        } else {
            pending -= held.pollFirstEntry().getValue().size();
        }
    }

    /** Copies what is still here of the runs which belong to the caller, without the changes known already. */
    void keep(long known) {
        for (int i = borrowedFrom; i < borrowedTo; i++) {
            ChangeRun run = some(borrowed[i]);
            pending -= run.size();
            long skipped = Math.max(0, known + 1 - run.firstSeq());
            if (skipped < run.size()) {
                ChangeRun copy = ChangeColumns.copy(run, (int) skipped);
                if (held.isEmpty()) {
                    held = new TreeMap<>();
                }
                held.put(copy.firstSeq(), copy);
                pending += copy.size();
            }
        }
        borrowed = NONE;
        borrowedFrom = 0;
        borrowedTo = 0;
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
        return first == null ? 0 : pending - Math.max(0, known + 1 - first.firstSeq());
    }

    void addWaiter(int actor, long seq) {
        if (waiters.isEmpty()) {
            waiters = new PriorityQueue<>((a, b) -> Long.compare(a.seq(), b.seq()));
        }
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

    /** Returns all runs, in no order. */
    List<ChangeRun> all() {
        List<ChangeRun> runs = new ArrayList<>(held.values());
        for (int i = borrowedFrom; i < borrowedTo; i++) {
            runs.add(some(borrowed[i]));
        }
        return runs;
    }
}
