package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.ChangeRun;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/**
 * The engine's view of a decoded run: the same columns, with writers replaced by the actors of their lines.
 *
 * <p>A writer that has only ever gone on in one way that counts is its own actor. The changes of a branch belong to the
 * branch's actor and count from 1; the first of them names the last shared change as a parent, since that is another
 * actor's.
 */
final class EngineRun implements dev.cairn.crdt.ChangeRun {
    private final ChangeRun run;
    private final LineState line;
    private final ParentNames names;
    private final ByteBuffer buffer;

    EngineRun(ChangeRun run, LineState line, ParentNames names) {
        this.run = run;
        this.line = line;
        this.names = names;
        this.buffer = run.buffer();
    }

    @Override
    public ActorId actor() {
        return line.actor();
    }

    @Override
    public long firstSeq() {
        return line.change(run.firstSeq()).seq();
    }

    @Override
    public int size() {
        return run.size();
    }

    @Override
    public long lamport(int i) {
        return run.lamport(i);
    }

    @Override
    public long timeMillis(int i) {
        return run.timeMillis(i);
    }

    @Override
    public List<ChangeId> parents(int i) {
        boolean startsBranch = line.startsActor() && line.line().fork() > 0 && i == 0 && firstSeq() == 1;
        if (run.parentCount(i) == 0 && !startsBranch) {
            return List.of();
        }
        List<ChangeId> parents = names.parents(run, i);
        if (startsBranch) {
            parents.add(names.shared(line));
        }
        Collections.sort(parents);
        return parents;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public int operationsStart(int i) {
        return run.operationsStart(i);
    }

    @Override
    public int operationsEnd(int i) {
        return run.operationsEnd(i);
    }
}
