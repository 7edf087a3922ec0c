package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.WriterId;
import java.util.List;

/** Translates between the references in changes, by writer and chain hash, and the engine's names, by actor. */
final class ParentNames {
    private final Lines lines;
    private final Chains chains;

    ParentNames(Lines lines, Chains chains) {
        this.lines = lines;
        this.chains = chains;
    }

    /**
     * The engine's name of a referenced change. The hash matters only for writers known to have branches; a branch that
     * has not come is named like the writer's own change of that number, for which the engine then waits.
     */
    ChangeId change(WriterId writer, long seq, long hash8) {
        List<LineState> candidates = lines.of(writer);
        if (candidates.size() > 1) {
            for (LineState line : candidates) {
                if (seq > line.line().fork() && chains.has(line, seq, hash8)) {
                    return line.change(seq);
                }
            }
        }
        return new ChangeId(new ActorId(writer.high(), writer.low()), seq);
    }

    /** The last change which a branch shares with the others. */
    ChangeId shared(LineState branch) {
        return lines.line(branch.line().parent())
                .orElseThrow(() -> new IllegalStateException("branch without a trunk: " + branch.line()))
                .change(branch.line().fork());
    }

    /** The reference by which a change names a head. */
    ChangeRef reference(ChangeId change) {
        LineState line = lines.ofActor(change.actor())
                .orElseThrow(() -> new IllegalStateException("a head of an unknown actor: " + change));
        long seq = line.seqOf(change);
        ChainPoint point =
                chains.at(line, seq).orElseThrow(() -> new IllegalStateException("a head not in the store: " + change));
        return new ChangeRef(line.line().writer(), seq, point.hash8());
    }
}
