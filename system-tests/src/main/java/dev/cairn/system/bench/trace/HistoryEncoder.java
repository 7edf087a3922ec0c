package dev.cairn.system.bench.trace;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.system.bench.trace.EditingHistory.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a concurrent history down as the changes which its agents would have made, without replaying it at each of
 * them. The text is made by a change before all others.
 */
final class HistoryEncoder {
    static final String DOCUMENT = "trace";
    static final String TEXT = "body";
    private static final byte[] DOCUMENT_NAME = DOCUMENT.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEXT_KEY = TEXT.getBytes(StandardCharsets.US_ASCII);
    private static final ChangeId START = new ChangeId(new ActorId(0, 1), 1);

    private final EditingHistory history;
    private final SortedSet<String> documents;
    private final List<LocalChange> changes = new ArrayList<>();
    private final Map<ActorId, LocalChange> lastOf = new HashMap<>();
    private final Map<ChangeId, Long> lamports = new HashMap<>();

    private HistoryEncoder(EditingHistory history) {
        this.history = history;
        SortedSet<String> names = new TreeSet<>(KeyOrder.INSTANCE);
        names.add(DOCUMENT);
        documents = Collections.unmodifiableSortedSet(names);
    }

    /** The changes, parents before children. */
    static List<LocalChange> encode(EditingHistory history, Granularity granularity) {
        return new HistoryEncoder(history).all(granularity);
    }

    private List<LocalChange> all(Granularity granularity) {
        start();
        List<Transaction> transactions = history.transactions;
        Commits commits = new Commits(transactions);
        int[] first = granularity == Granularity.ONE_COMMIT ? commits.fewest() : identity(transactions.size());
        Map<Integer, List<Transaction>> members = new TreeMap<>();
        for (int i = 0; i < first.length; i++) {
            members.computeIfAbsent(first[i], key -> new ArrayList<>()).add(transactions.get(i));
        }
        ChangeId[] ends = new ChangeId[transactions.size()];
        members.forEach((index, together) -> {
            ActorId actor = new ActorId(commits.agent[index] + 1L, commits.line[index]);
            List<ChangeId> parents = parents(actor, transactions.get(index), i -> ends[first[i]]);
            if (granularity == Granularity.PER_OP) {
                perOp(actor, parents, together.get(0));
            } else {
                add(
                        actor,
                        parents,
                        together.get(0).timeMillis(),
                        writer -> together.forEach(each -> edits(writer, each.from(), each.to())));
            }
            ends[index] = changes.get(changes.size() - 1).change();
        });
        return changes;
    }

    private static int[] identity(int size) {
        int[] all = new int[size];
        for (int i = 0; i < size; i++) {
            all[i] = i;
        }
        return all;
    }

    private void perOp(ActorId actor, List<ChangeId> parents, Transaction transaction) {
        List<ChangeId> seen = parents;
        for (int i = transaction.from(); i < Math.max(transaction.to(), transaction.from() + 1); i++) {
            int from = i;
            int to = Math.min(i + 1, transaction.to());
            add(actor, seen, transaction.timeMillis(), writer -> edits(writer, from, to));
            seen = List.of();
        }
    }

    private interface EndOf {
        ChangeId change(int transaction);
    }

    /** The last changes of the parents, the greatest of each other actor; the own previous change is implied. */
    private static List<ChangeId> parents(ActorId actor, Transaction transaction, EndOf ends) {
        if (transaction.parents().isEmpty()) {
            return List.of(START);
        }
        TreeMap<ActorId, Long> greatest = new TreeMap<>();
        for (int parent : transaction.parents()) {
            ChangeId change = ends.change(parent);
            if (!change.actor().equals(actor)) {
                greatest.merge(change.actor(), change.seq(), Math::max);
            }
        }
        List<ChangeId> parents = new ArrayList<>(greatest.size());
        greatest.forEach((other, seq) -> parents.add(new ChangeId(other, seq)));
        return List.copyOf(parents);
    }

    private void start() {
        OperationWriter writer = new OperationWriter();
        writer.document(DOCUMENT_NAME, 0, DOCUMENT_NAME.length);
        writer.make(ContainerType.TEXT, TEXT_KEY, 0, TEXT_KEY.length, false);
        add(START, 1, List.of(), 0, writer.sink().copy());
    }

    private interface Edit {
        void write(OperationWriter writer);
    }

    private void add(ActorId actor, List<ChangeId> parents, long timeMillis, Edit edit) {
        OperationWriter writer = new OperationWriter();
        edit.write(writer);
        LocalChange last = lastOf.get(actor);
        long lamport = last == null ? 0 : last.lamport();
        for (ChangeId parent : parents) {
            lamport = Math.max(lamport, lamports.getOrDefault(parent, 0L));
        }
        ChangeId change = new ChangeId(actor, last == null ? 1 : last.change().seq() + 1);
        add(change, lamport + 1, parents, timeMillis, writer.sink().copy());
    }

    private void add(ChangeId id, long lamport, List<ChangeId> parents, long timeMillis, ByteBuffer operations) {
        LocalChange change = new LocalChange(id, lamport, timeMillis, parents, operations, documents);
        changes.add(change);
        lastOf.put(id.actor(), change);
        lamports.put(id, lamport);
    }

    private void edits(OperationWriter writer, int from, int to) {
        if (from == to) {
            return;
        }
        if (writer.sink().length() == 0) {
            writer.document(DOCUMENT_NAME, 0, DOCUMENT_NAME.length);
            writer.enter(ContainerType.TEXT, TEXT_KEY, 0, TEXT_KEY.length, false);
        }
        for (int i = from; i < to; i++) {
            if (history.deleted[i] > 0) {
                writer.delete(history.position[i], history.deleted[i]);
            }
            String text = history.inserted[i];
            if (!text.isEmpty()) {
                byte[] utf8 = Utf8.bytes(text);
                writer.insert(history.position[i], text.codePointCount(0, text.length()));
                writer.sink().bytes(utf8, 0, utf8.length);
            }
        }
    }
}
