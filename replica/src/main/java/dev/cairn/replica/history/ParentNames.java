package dev.cairn.replica.history;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.WriterId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates between the references in changes, by writer and chain hash, and the engine's names, by actor. */
final class ParentNames {
    /** Blocks of hashes that are kept in memory: of a million changes, or of fewer that are far from each other. */
    private static final int BLOCKS_MAX = 1 << 14;

    /** Ends of rows that are read at once, since references near each other are likely. */
    private static final int ROWS_AT_ONCE = 64;

    private final Lines lines;
    private final Chains chains;
    private final Awaited awaited;
    private int blocks;

    ParentNames(Lines lines, Chains chains, Awaited awaited) {
        this.lines = lines;
        this.chains = chains;
        this.awaited = awaited;
    }

    /** The engine's view of a run of a line, to the changes of which others are likely to refer. */
    EngineRun engineRun(ChangeRun run, LineState line) {
        keep(line, run);
        return new EngineRun(run, line, this);
    }

    /** The engine's names of the changes that change {@code i} of a run refers to, in no order. */
    List<ChangeId> parents(ChangeRun run, int i) {
        int count = run.parentCount(i);
        List<ChangeId> parents = new ArrayList<>(count + 1);
        WriterId previous = null;
        for (int p = 0; p < count; p++) {
            WriterId writer = new WriterId(run.parentWriterHigh(i, p), run.parentWriterLow(i, p));
            // two changes of one writer are of two branches, of which one at most is the writer's own line
            boolean alone = !writer.equals(previous)
                    && (p + 1 == count
                            || writer.low() != run.parentWriterLow(i, p + 1)
                            || writer.high() != run.parentWriterHigh(i, p + 1));
            parents.add(change(writer, run.parentSeq(i, p), run.parentHash8(i, p), alone));
            previous = writer;
        }
        return parents;
    }

    private ChangeId change(WriterId writer, long seq, long hash8, boolean alone) {
        List<LineState> known = lines.of(writer);
        for (LineState line : known) {
            if (has(line, seq, hash8)) {
                return line.change(seq);
            }
        }
        boolean mayComeAsOwn = known.isEmpty()
                || (known.size() == 1 && seq > known.get(0).end().seq());
        return alone && mayComeAsOwn ? awaited.asOwn(writer, seq, hash8) : awaited.apart(writer, seq, hash8);
    }

    private boolean has(LineState line, long seq, long hash8) {
        if (seq <= line.line().fork() || seq > line.end().seq()) {
            return false;
        }
        if (seq == line.end().seq()) {
            return line.end().hash8() == hash8;
        }
        long place = place(line, seq);
        long here = line.hashes().at(place);
        return (here == 0 ? look(line, seq) : here) == hash8;
    }

    /** Looks up a hash in the store, and notes others near it: the ends of rows, or a row that is long. */
    private long look(LineState line, long seq) {
        makeRoom();
        chains.endsFrom(line, seq, ROWS_AT_ONCE)
                .forEach(end -> blocks += line.hashes().put(place(line, end.seq()), end.hash8()));
        long place = place(line, seq);
        if (line.hashes().at(place) == 0) {
            keep(line, chains.holding(line, seq));
        }
        return line.hashes().at(place);
    }

    private static long place(LineState line, long seq) {
        return seq - line.line().fork() - 1;
    }

    private void keep(LineState line, ChangeRun run) {
        makeRoom();
        blocks += line.hashes().put(place(line, run.firstSeq()), run);
    }

    private void makeRoom() {
        if (blocks > BLOCKS_MAX) {
            lines.all().forEach(line -> line.hashes().clear());
            blocks = 0;
        }
    }

    /** The change on an unknown branch for which the engine waits under this name, if it is one. */
    Optional<ChangeRef> awaited(ChangeId name) {
        return awaited.reference(name);
    }

    /** The last change which a branch shares with the others. */
    ChangeId shared(LineState branch) {
        return lines.line(branch.line().parent())
                .orElseThrow(() -> new IllegalStateException("branch without a trunk: " + branch.line()))
                .change(branch.line().fork());
    }

    /** The reference by which a change names a head. */
    ChangeRef reference(ChangeId change) {
        LineState line =
                lines.of(change).orElseThrow(() -> new IllegalStateException("a head of an unknown actor: " + change));
        long seq = line.seqOf(change);
        ChainPoint point =
                chains.at(line, seq).orElseThrow(() -> new IllegalStateException("a head not in the store: " + change));
        return new ChangeRef(line.line().writer(), seq, point.hash8());
    }
}
