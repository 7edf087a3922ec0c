package dev.cairn.crdt.log;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.history.ChangeRecord;
import dev.cairn.crdt.history.Reversal;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.crdt.view.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells what single changes did, from their operations alone: no document is made for it. */
public final class ChangeReader {
    private final EventGraph graph;
    private final ByteLog log;
    private final OperationReader reader;

    /** Reads the changes of a graph whose operations are in that log. */
    public ChangeReader(EventGraph graph, ByteLog log, OperationReader reader) {
        this.graph = graph;
        this.log = log;
        this.reader = reader;
    }

    /** Returns what the change with that local version did to every document. */
    public ChangeRecord record(int lv) {
        SortedMap<String, ChangeSummary> documents = new TreeMap<>(KeyOrder.INSTANCE);
        int address = graph.operationsAddress(lv);
        int from = log.offset(address);
        reader.reset(log.array(address), from, from + graph.operationsLength(lv));
        boolean more = reader.next();
        while (more) {
            String name = Utf8.string(reader.array(), reader.keyStart(), reader.keyLength());
            documents.put(name, DocumentLog.summary(graph, lv, reader));
            more = reader.position() < from + graph.operationsLength(lv);
        }
        return new ChangeRecord(graph.id(lv), graph.lamport(lv), graph.time(lv), parents(lv), documents, reversal(lv));
    }

    /** Returns what the change with that local version takes back or makes again, if anything. */
    public Optional<Reversal> reversal(int lv) {
        int address = graph.operationsAddress(lv);
        int from = log.offset(address);
        reader.reset(log.array(address), from, from + graph.operationsLength(lv));
        boolean marked = false;
        for (int i = 0; i < 2 && reader.next(); i++) {
            marked = reader.kind() == Layout.TAKE_BACK;
        }
        if (!marked) {
            return Optional.empty();
        }
        ChangeId id = new ChangeId(new ActorId(reader.idActorHigh(), reader.idActorLow()), reader.idSeq());
        ChangeId meant = graph.branches().meaning(id, lv);
        int actor = meant == null ? -1 : graph.findActor(meant.actor());
        return meant == null || actor < 0 || meant.seq() > graph.known(actor)
                ? Optional.empty()
                : Optional.of(new Reversal(meant, reader.flags() == Layout.AGAIN));
    }

    /** Returns the newest changes which the author of one had seen, the own previous one included, sorted. */
    public List<ChangeId> parents(int lv) {
        List<ChangeId> parents = new ArrayList<>(graph.parents(lv));
        ChangeId change = graph.id(lv);
        if (change.seq() > 1) {
            parents.add(new ChangeId(change.actor(), change.seq() - 1));
        }
        parents.sort(null);
        return parents;
    }
}
