package dev.cairn.crdt;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The changes of a set which are not integrated yet, actor by actor, and which of the actors is to be looked at. */
final class Pending {
    // Every actor has a queue of pending runs. A drain takes one actor after another as far as its changes are ready.
    // An actor which meets a parent that is not here registers with the parent's actor and is taken again when that
    // one has reached it, so that each change is looked at once per wait, whatever the order of arrival. It is taken
    // before all others then: changes are integrated branch by branch, and the texts, which replay concurrent changes
    // in the order of integration, hardly ever go back and forth between branches.

    /** From so many runs on it pays to gather those of one change. */
    private static final int MANY = 64;

    /** Bytes of operations of a change which is worth copying. */
    private static final int SHORT = 1 << 16;

    /** Changes which are gathered at once; more would not lie nearer to each other. */
    private static final int GATHERED_MAX = 1 << 20;

    private final EventGraph graph;
    private final List<PendingQueue> queues = new ArrayList<>();
    private final ArrayDeque<Integer> ready = new ArrayDeque<>();

    /** The actors which may have something pending, in order of appearance. */
    private final IntList listed = new IntList();

    private final IntList fed = new IntList();
    /** Nothing pending; which changes are integrated is what the graph has. */
    Pending(EventGraph graph) {
        this.graph = graph;
    }

    /** Returns the queue of an actor. */
    PendingQueue of(int actor) {
        while (queues.size() <= actor) {
            queues.add(new PendingQueue());
        }
        return queues.get(actor);
    }

    void forEach(Consumer<PendingQueue> action) {
        queues.forEach(action);
    }

    /**
     * Puts runs into the queues; those of one change, if there are many, together.
     *
     * @return how many of the changes were known or here already
     */
    long add(Iterable<? extends ChangeRun> runs) {
        ActorId last = null;
        int actor = -1;
        int left = runs instanceof Collection<?> all ? all.size() : 0;
        Gathering gathering = left < MANY ? null : new Gathering(Math.min(left, GATHERED_MAX));
        for (ChangeRun run : runs) {
            left--;
            if (run.size() == 0) {
                continue;
            }
            ActorId id = run.actor();
            if (!id.equals(last)) {
                actor = graph.actor(id);
                last = id;
            }
            if (gathering == null || run.size() > 1 || run.operationsEnd(0) - run.operationsStart(0) > SHORT) {
                feed(actor, run);
                continue;
            }
            gather(gathering, actor, run);
            if (gathering.isFull()) {
                scatter(gathering);
                gathering = left < MANY ? null : new Gathering(Math.min(left, GATHERED_MAX));
            }
        }
        if (gathering != null) {
            scatter(gathering);
        }
        return settle();
    }

    private void feed(int actor, ChangeRun run) {
        PendingQueue queue = of(actor);
        queue.add(run);
        if (!queue.fed) {
            queue.fed = true;
            fed.add(actor);
        }
    }

    private void gather(Gathering gathering, int actor, ChangeRun run) {
        PendingQueue queue = of(actor);
        if (queue.gathering != gathering) { // nor is it the one of a call which failed
            queue.gathering = gathering;
            queue.slot = gathering.slot(actor, run.actor());
        }
        gathering.add(queue.slot, run);
    }

    /** Puts what was gathered into the queues. */
    private void scatter(Gathering gathering) {
        gathering.giveTo((actor, run) -> {
            of(actor).gathering = null;
            feed(actor, run);
        });
    }

    private long settle() {
        long duplicates = 0;
        for (int i = 0; i < fed.size(); i++) {
            int actor = fed.get(i);
            PendingQueue queue = of(actor);
            queue.fed = false;
            duplicates += queue.settle(graph.known(actor));
            if (!queue.listed) {
                queue.listed = true;
                listed.add(actor);
            }
            if (queue.first() != null) {
                ready(actor);
            }
        }
        fed.truncate(0);
        return duplicates;
    }

    private void ready(int actor) {
        PendingQueue queue = of(actor);
        if (!queue.queued) {
            queue.queued = true;
            ready.add(actor);
        }
    }

    boolean isAnyReady() {
        return !ready.isEmpty();
    }

    /** Returns the actor which is to be looked at next. */
    int takeReady() {
        int actor = ready.remove();
        of(actor).queued = false;
        return actor;
    }

    /** Makes ready who waited for what is integrated of an actor now. */
    void wake(int actor) {
        PendingQueue queue = of(actor);
        for (PendingQueue.Waiter waiter = queue.wake(graph.known(actor));
                waiter != null;
                waiter = queue.wake(graph.known(actor))) {
            PendingQueue woken = of(waiter.actor());
            woken.blockedBy = null;
            if (!woken.queued) {
                woken.queued = true;
                ready.addFirst(waiter.actor());
            }
        }
    }

    /** Copies what is pending of runs that belong to the caller. */
    void keep() {
        int kept = 0;
        for (int i = 0; i < listed.size(); i++) {
            int actor = listed.get(i);
            PendingQueue queue = of(actor);
            queue.keep(graph.known(actor));
            queue.forget(graph.known(actor));
            queue.listed = queue.first() != null;
            if (queue.listed) {
                listed.set(kept++, actor);
            }
        }
        listed.truncate(kept);
    }

    /** Returns what waits, by its first changes. */
    List<Integration.Waiting> waiting() {
        if (listed.size() == 0) {
            return List.of();
        }
        List<Integration.Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            int actor = listed.get(i);
            PendingQueue queue = of(actor);
            long known = graph.known(actor);
            ChangeRun first = queue.first();
            if (first != null) {
                ChangeId next = new ChangeId(graph.actorId(actor), known + 1);
                ChangeId missing = queue.blockedBy == null ? next : queue.blockedBy;
                ChangeId held = new ChangeId(first.actor(), Math.max(first.firstSeq(), known + 1));
                waiting.add(new Integration.Waiting(held, missing, queue.count(known)));
            }
        }
        waiting.sort(Comparator.comparing(Integration.Waiting::first));
        return List.copyOf(waiting);
    }
}
