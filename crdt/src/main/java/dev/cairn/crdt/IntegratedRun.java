package dev.cairn.crdt;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.List;

/** One integrated change as input for another set. */
record IntegratedRun(EventGraph graph, ByteLog log, int lv) implements ChangeRun {
    @Override
    public ActorId actor() {
        return graph.id(lv).actor();
    }

    @Override
    public long firstSeq() {
        return graph.seqOf(lv);
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public long lamport(int i) {
        return graph.lamport(lv);
    }

    @Override
    public long timeMillis(int i) {
        return graph.time(lv);
    }

    @Override
    public List<ChangeId> parents(int i) {
        return graph.parents(lv);
    }

    @Override
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(log.array(graph.operationsAddress(lv)));
    }

    @Override
    public int operationsStart(int i) {
        return log.offset(graph.operationsAddress(lv));
    }

    @Override
    public int operationsEnd(int i) {
        return operationsStart(i) + graph.operationsLength(lv);
    }
}
