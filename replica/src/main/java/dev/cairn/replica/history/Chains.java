package dev.cairn.replica.history;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.replica.store.DecodedRuns;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.StoredRun;
import java.util.List;
import java.util.Optional;

/** Looks up places in the chains that are in the store. */
final class Chains {
    private final LocalStore store;
    private final DecodedRuns decoded = new DecodedRuns();

    Chains(LocalStore store) {
        this.store = store;
    }

    /** The point of a line after change {@code seq}, from the change before the line's first to its last. */
    Optional<ChainPoint> at(LineState line, long seq) {
        if (seq == line.end().seq()) {
            return Optional.of(line.end());
        }
        if (seq < line.line().fork() || seq > line.end().seq()) {
            return Optional.empty();
        }
        StoredRun stored = row(line, seq == line.line().fork() ? seq + 1 : seq);
        if (stored.base().seq() == seq) {
            return Optional.of(stored.base());
        }
        if (stored.last().seq() == seq) {
            return Optional.of(stored.last());
        }
        ChangeRun run = decoded(line, stored);
        return Optional.of(run.pointAfter((int) (seq - run.firstSeq())));
    }

    /** Up to {@code limit} points at which rows of a line end, from change {@code seq} on. */
    List<ChainPoint> endsFrom(LineState line, long seq, int limit) {
        return store.runs().endsFrom(line.line().no(), seq, limit);
    }

    /** The row of a line, which has that change, as a run. */
    ChangeRun holding(LineState line, long seq) {
        return decoded(line, row(line, seq));
    }

    private ChangeRun decoded(LineState line, StoredRun stored) {
        ChangeRun run =
                decoded.find(stored.id()).orElseGet(() -> decode(line.line().writer(), stored));
        decoded.keep(stored.id(), run);
        return run;
    }

    /** Rows that were decoded a moment ago: places are often looked up near each other. */
    DecodedRuns decoded() {
        return decoded;
    }

    /** Whether the line has change {@code seq} with that chain hash. */
    boolean has(LineState line, long seq, Bytes hash) {
        return at(line, seq).map(point -> point.hash().equals(hash)).orElse(false);
    }

    /** Whether the line has change {@code seq} with a chain hash that starts so. */
    boolean has(LineState line, long seq, long hash8) {
        return at(line, seq).map(point -> point.hash8() == hash8).orElse(false);
    }

    private StoredRun row(LineState line, long seq) {
        List<StoredRun> found = store.runs().ofLine(line.line().no(), seq - 1, 1);
        if (found.isEmpty() || found.get(0).base().seq() >= seq) {
            throw new IllegalStateException(
                    "the local store has a gap: " + line.line().writer() + " at " + seq);
        }
        return found.get(0);
    }

    /** The changes of a stored run. They were verified when they were stored, so bytes that fail are a broken store. */
    static ChangeRun decode(WriterId writer, StoredRun stored) {
        return decode(writer, stored.base(), stored.body());
    }

    /** The changes of verified bytes. */
    static ChangeRun decode(WriterId writer, ChainPoint base, Bytes body) {
        try {
            return RunCodec.decode(writer, base, body);
        } catch (MalformedException e) {
            throw new IllegalStateException(
                    "the local store is damaged: changes of " + writer + " after " + base.seq() + " do not decode", e);
        }
    }
}
