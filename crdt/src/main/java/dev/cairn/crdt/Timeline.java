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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The integrated changes of a set; of the {@link Pending} ones it integrates what is causally ready. */
final class Timeline {
    /**
     * Parents of a change: the 64 that its author may name, and for the first of a branch the change it forked from.
     */
    private static final int PARENTS_MAX = 65;

    final EventGraph graph;
    final ByteLog log = new ByteLog();
    final DocumentTable documents;
    final OperationReader reader = new OperationReader();

    /** Of the edit session that is open, if any. */
    final OperationWriter writer = new OperationWriter();

    private final Pending pending;
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
        pending = new Pending(graph);
    }

    /** Takes runs in; what of them can be integrated is integrated by the next drain. */
    void enqueue(Iterable<? extends ChangeRun> runs) {
        outcome.duplicates(pending.add(runs));
    }

    /** Integrates what is ready; the result says what happened since the last result was taken. */
    void drain() {
        while (pending.isAnyReady() && !needsHistory) {
            int actor = pending.takeReady();
            advance(actor);
            pending.wake(actor);
        }
    }

    private void advance(int actor) {
        PendingQueue queue = pending.of(actor);
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
            PendingQueue otherQueue = pending.of(other);
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
        return pending.of(actor).refusal != null;
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

    /** Copies what is pending of runs that belong to the caller. */
    void keepPending() {
        pending.keep();
    }

    /** Ends a call: returns what happened, and makes the pending changes our own. */
    Integration finish() {
        keepPending();
        Integration result = outcome.with(documents, pending.waiting());
        outcome = new Outcome();
        return result;
    }

    /** Takes over what another timeline, of the same space, has integrated or holds, and its outcome so far. */
    void takeOver(Timeline other) {
        List<ChangeRun> integrated = new ArrayList<>(other.graph.size());
        for (int lv = 0; lv < other.graph.size(); lv++) {
            integrated.add(new IntegratedRun(other.graph, other.log, lv));
        }
        enqueue(integrated);
        drain();
        other.pending.forEach(queue -> enqueue(queue.all()));
        outcome = other.outcome.renumbered(
                index -> documents.indexOf(other.documents.get(index).name()));
    }
}
