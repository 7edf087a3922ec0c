package dev.cairn.replica.history;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.EngineCheckpoint;
import dev.cairn.crdt.HistorySource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Compares documents which another device has saved with those here. */
final class Comparison {
    private final Lines lines;
    private final CountedRuns counted;
    private final HistorySource all;
    private final DocumentSet documents;

    /**
     * A comparison with documents.
     *
     * @param all every change that counts
     */
    Comparison(Lines lines, CountedRuns counted, HistorySource all, DocumentSet documents) {
        this.lines = lines;
        this.counted = counted;
        this.all = all;
        this.documents = documents;
    }

    /**
     * Whether saved documents, with all changes which are here applied to them, are the documents here; nothing when
     * they cannot be compared because a branch is known only to one side, or changes count for them which do not here.
     *
     * @param own the documents as they are saved here, if nothing has come since
     */
    Optional<Boolean> agrees(ForeignDocuments saved, Optional<Saved> own) {
        EngineCheckpoint base = Checkpoints.decode(saved.version(), saved.names());
        boolean comparable = base.version().sequences().entrySet().stream()
                .allMatch(entry -> lines.ofActor(entry.getKey())
                        .filter(line -> entry.getValue()
                                <= counted.through(line, documents.version())
                                        - line.line().fork())
                        .isPresent());
        return comparable ? Optional.of(same(base, saved, own)) : Optional.empty();
    }

    /** Documents as they are saved here. */
    record Saved(EngineCheckpoint version, Checkpoints snapshots) {
        /** Whether these are the same byte for byte, which spares making them again. */
        private boolean isSame(EngineCheckpoint base, ForeignDocuments saved) {
            return version.version().equals(base.version())
                    && version.heads().equals(base.heads())
                    && version.documents().equals(saved.names())
                    && version.documents().stream()
                            .allMatch(name -> snapshots.snapshot(name).equals(saved.state(name)));
        }
    }

    private boolean same(EngineCheckpoint base, ForeignDocuments saved, Optional<Saved> own) {
        return own.filter(here -> here.isSame(base, saved)).isPresent()
                || hash(base, saved).equals(documents.stateHash());
    }

    private ByteBuffer hash(EngineCheckpoint base, ForeignDocuments saved) {
        DocumentSet other = DocumentSet.open(base, saved::state, all, lines.branches());
        for (LineState line : List.copyOf(lines.all())) {
            long through = counted.through(line, documents.version());
            long known = line.line().fork() + other.version().of(line.actor());
            while (known < through) {
                List<EngineRun> runs = counted.first(new Held.Part(line, known, through));
                other.integrate(runs);
                known = CountedRuns.end(line, runs);
            }
        }
        return other.stateHash();
    }
}
