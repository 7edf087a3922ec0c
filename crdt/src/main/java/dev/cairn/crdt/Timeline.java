package dev.cairn.crdt;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.MalformedOperationsException;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.graph.Base;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.lineage.Past;
import dev.cairn.crdt.log.DocumentLog;
import dev.cairn.crdt.log.DocumentTable;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The integrated changes of a set, and those which wait; integrates what is causally ready. */
final class Timeline {
    // Every actor has a queue of pending runs. A drain takes one actor after another as far as its changes are ready.
    // An actor which meets a parent that is not here registers with the parent's actor and is taken again when that
    // one has reached it, so that each change is looked at once per wait, whatever the order of arrival. It is taken
    // before all others then: changes are integrated branch by branch, and the texts, which replay concurrent changes
    // in the order of integration, hardly ever go back and forth between branches.

    /**
     * Parents of a change: the 64 that its author may name, and for the first of a branch the change it forked from.
     */
    private static final int PARENTS_MAX = 65;

    /** From so many runs on it pays to gather those of one change. */
    private static final int MANY = 64;

    /** Bytes of operations of a change which is worth copying. */
    private static final int SHORT = 1 << 16;

    /** Changes which are gathered at once; more would not lie nearer to each other. */
    private static final int GATHERED_MAX = 1 << 20;

    final EventGraph graph;
    final ByteLog log = new ByteLog();
    final DocumentTable documents;
    final OperationReader reader = new OperationReader();

    /** Of the edit session that is open, if any. */
    final OperationWriter writer = new OperationWriter();

    private final List<PendingQueue> queues = new ArrayList<>();
    private final ArrayDeque<Integer> ready = new ArrayDeque<>();

    /** The actors which may have something pending, in order of appearance. */
    private final IntList listed = new IntList();

    private final IntList fed = new IntList();
    private final IntList parts = new IntList();

    /** The document whose past is in memory. */
    private @Nullable DocumentLog pastOf;

    /** Whether the last drain met a change which is concurrent with the base. */
    boolean needsHistory;

    /** Of the current drains. */
    private Outcome outcome = new Outcome();

    Timeline(Base base, List<Branch> branches) {
        graph = new EventGraph(base, branches);
        documents = new DocumentTable(graph, log);
    }

    private PendingQueue queue(int actor) {
        while (queues.size() <= actor) {
            queues.add(new PendingQueue());
        }
        return queues.get(actor);
    }

    /** Puts runs into the queues; those of one change, if there are many, together. */
    void enqueue(Iterable<? extends ChangeRun> runs) {
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
        settle();
    }

    private void feed(int actor, ChangeRun run) {
        PendingQueue queue = queue(actor);
        queue.add(run);
        if (!queue.fed) {
            queue.fed = true;
            fed.add(actor);
        }
    }

    private void gather(Gathering gathering, int actor, ChangeRun run) {
        PendingQueue queue = queue(actor);
        if (queue.gathering != gathering) { // nor is it the one of a call which failed
            queue.gathering = gathering;
            queue.slot = gathering.slot(actor, run.actor());
        }
        gathering.add(queue.slot, run);
    }

    /** Puts what was gathered into the queues. */
    private void scatter(Gathering gathering) {
        gathering.giveTo((actor, run) -> {
            queue(actor).gathering = null;
            feed(actor, run);
        });
    }

    private void settle() {
        for (int i = 0; i < fed.size(); i++) {
            int actor = fed.get(i);
            PendingQueue queue = queue(actor);
            queue.fed = false;
            outcome.duplicates(queue.settle(graph.known(actor)));
            if (!queue.listed) {
                queue.listed = true;
                listed.add(actor);
            }
            if (queue.first() != null) {
                ready(actor);
            }
        }
        fed.truncate(0);
    }

    private void ready(int actor) {
        PendingQueue queue = queue(actor);
        if (!queue.queued) {
            queue.queued = true;
            ready.add(actor);
        }
    }

    /** Integrates what is ready; the result says what happened since the last result was taken. */
    void drain() {
        while (!ready.isEmpty() && !needsHistory) {
            int actor = ready.poll();
            queue(actor).queued = false;
            advance(actor);
            wake(actor);
        }
    }

    private void wake(int actor) {
        PendingQueue queue = queue(actor);
        for (PendingQueue.Waiter waiter = queue.wake(graph.known(actor));
                waiter != null;
                waiter = queue.wake(graph.known(actor))) {
            PendingQueue woken = queue(waiter.actor());
            woken.blockedBy = null;
            if (!woken.queued) {
                woken.queued = true;
                ready.addFirst(waiter.actor());
            }
        }
    }

    private void advance(int actor) {
        PendingQueue queue = queue(actor);
        if (queue.blockedBy != null) {
            return;
        }
        long from = graph.known(actor) + 1L;
        for (ChangeRun run = queue.first(); run != null; run = queue.first()) {
            int skipped = (int) Math.min(run.size(), Math.max(0, graph.known(actor) + 1 - run.firstSeq()));
            if (run.firstSeq() > graph.known(actor) + 1L && queue.refusal == null) {
                break;
            }
            if (!advance(actor, queue, run, skipped)) {
                break;
            }
            queue.removeFirst();
        }
        if (graph.known(actor) >= from) {
            outcome.applied(graph.actorId(actor), from, graph.known(actor));
        }
    }

    /** Integrates a run from that index on; false if it has to wait. */
    private boolean advance(int actor, PendingQueue queue, ChangeRun run, int from) {
        for (int i = from; i < run.size(); i++) {
            long seq = run.firstSeq() + i;
            if (queue.refusal != null) {
                return refuse(queue.refusal);
            }
            List<ChangeId> parents = run.parents(i);
            boolean integrated = (parents.isEmpty() || parentsReady(actor, queue, run.actor(), seq, parents))
                    && integrate(actor, queue, run, i, parents);
            if (!integrated) {
                return queue.refusal != null && refuse(queue.refusal);
            }
        }
        return true;
    }

    private boolean refuse(Integration.Refusal refusal) {
        outcome.refused(refusal);
        return true;
    }

    private boolean parentsReady(int actor, PendingQueue queue, ActorId id, long seq, List<ChangeId> parents) {
        ActorId previous = null;
        if (parents.size() > PARENTS_MAX) {
            return refuse(queue, id, seq, Integration.Reason.PARENTS, parents.size() + " parents");
        }
        for (int p = 0; p < parents.size(); p++) {
            ChangeId parent = parents.get(p);
            if (parent.actor().equals(id) || (previous != null && previous.compareTo(parent.actor()) >= 0)) {
                return refuse(queue, id, seq, Integration.Reason.PARENTS, "parents are out of order");
            }
            previous = parent.actor();
        }
        for (int p = 0; p < parents.size(); p++) {
            ChangeId parent = parents.get(p);
            int other = graph.actor(parent.actor());
            PendingQueue otherQueue = queue(other);
            if (parent.seq() >= otherQueue.refusedFrom()) {
                return refuse(queue, id, seq, Integration.Reason.DEPENDS_ON_REFUSED, "parent " + parent);
            }
            if (parent.seq() > graph.known(other)) {
                queue.blockedBy = parent;
                otherQueue.addWaiter(actor, parent.seq());
                return false;
            }
        }
        return true;
    }

    private boolean refuse(PendingQueue queue, ActorId actor, long seq, Integration.Reason reason, String detail) {
        queue.refusal = new Integration.Refusal(new ChangeId(actor, seq), reason, detail);
        return false;
    }

    private boolean integrate(int actor, PendingQueue queue, ChangeRun run, int i, List<ChangeId> parents) {
        long seq = run.firstSeq() + i;
        long greatest = graph.parentLamport(actor, parents);
        if (greatest < 0) {
            needsHistory = true;
            return false;
        }
        long lamport = run.lamport(i);
        if (lamport != greatest + 1) {
            String detail = "Lamport number " + lamport + ", expected " + (greatest + 1);
            return refuse(queue, run.actor(), seq, Integration.Reason.LAMPORT, detail);
        }
        int start = run.operationsStart(i);
        int length = run.operationsEnd(i) - start;
        int address = log.append(run.buffer(), start, length);
        String fault = scan(address, length);
        if (fault != null) {
            return refuse(queue, run.actor(), seq, Integration.Reason.OPERATIONS, fault);
        }
        int lv = graph.add(actor, parents, lamport, run.timeMillis(i), address, length);
        appendParts(lv);
        return true;
    }

    /** Checks operations and finds the parts of documents; returns what is wrong with them, if anything. */
    private @Nullable String scan(int address, int length) {
        int from = log.offset(address);
        reader.reset(log.array(address), from, from + length);
        parts.truncate(0);
        try {
            int before = reader.position();
            while (reader.next()) {
                if (reader.kind() == Layout.DOCUMENT) {
                    parts.add(before - from + address);
                }
                before = reader.position();
            }
            return null;
        } catch (MalformedOperationsException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void appendParts(int lv) {
        int address = graph.operationsAddress(lv);
        int from = log.offset(address);
        byte[] bytes = log.array(address);
        for (int i = 0; i < parts.size(); i++) {
            int at = parts.get(i) - address + from;
            reader.reset(bytes, at, from + graph.operationsLength(lv));
            reader.next();
            int document = documents.indexOf(bytes, reader.keyStart(), reader.keyLength());
            documents.get(document).append(lv, parts.get(i));
            outcome.touched(document);
        }
    }

    /**
     * Stores the operations of the last change of the graph, which was made here; returns their address.
     *
     * @param plain whether they need no check
     */
    int storeLocal(ByteSink operations, boolean plain) {
        int length = operations.length();
        int address = log.append(operations.array(), 0, length);
        String fault = plain ? null : scan(address, length);
        if (fault != null) {
            throw new IllegalStateException("a local change has invalid operations: " + fault);
        }
        graph.setOperationsOfLast(address, length);
        return address;
    }

    /** Returns whether changes of that actor are refused. */
    boolean isRefused(int actor) {
        return queue(actor).refusal != null;
    }

    /** Returns everything that happened to a document; only the one asked for last is kept. */
    Optional<Past> past(String name) {
        DocumentLog document = documents.find(name);
        if (pastOf != null && pastOf != document) {
            pastOf.forgetPast();
        }
        pastOf = document;
        return document == null ? Optional.empty() : Optional.of(document.past(reader));
    }

    /** Ends a call: returns what happened, and makes the pending changes our own. */
    Integration finish() {
        keepPending();
        Integration result = outcome.with(documents, waiting());
        outcome = new Outcome();
        return result;
    }

    /** Copies what is pending of runs that belong to the caller. */
    void keepPending() {
        int kept = 0;
        for (int i = 0; i < listed.size(); i++) {
            int actor = listed.get(i);
            PendingQueue queue = queue(actor);
            queue.keep(graph.known(actor));
            queue.forget(graph.known(actor));
            queue.listed = queue.first() != null;
            if (queue.listed) {
                listed.set(kept++, actor);
            }
        }
        listed.truncate(kept);
    }

    private List<Integration.Waiting> waiting() {
        if (listed.size() == 0) {
            return List.of();
        }
        List<Integration.Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            int actor = listed.get(i);
            PendingQueue queue = queue(actor);
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

    /** Takes over what another timeline, of the same space, has integrated or holds, and its outcome so far. */
    void takeOver(Timeline other) {
        List<ChangeRun> integrated = new ArrayList<>(other.graph.size());
        for (int lv = 0; lv < other.graph.size(); lv++) {
            integrated.add(new IntegratedRun(other.graph, other.log, lv));
        }
        enqueue(integrated);
        drain();
        other.queues.forEach(queue -> enqueue(queue.all()));
        outcome = other.outcome.renumbered(
                index -> documents.indexOf(other.documents.get(index).name()));
    }
}
