package dev.cairn.replica.history;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.EngineCheckpoint;
import dev.cairn.crdt.HistorySource;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.VersionVector;
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
     * <p>They are another program's bytes: whatever it takes to read them, they differ.
     *
     * @param own the documents as they are saved here, if nothing has come since
     */
    Optional<Boolean> agrees(ForeignDocuments saved, Optional<Saved> own) {
        EngineCheckpoint base;
        try {
            base = Checkpoints.decode(saved.version(), saved.names());
        } catch (IllegalStateException damaged) {
            return Optional.of(false);
        }
        return areHere(base.version()) ? decided(base.version(), isSame(base, saved, own)) : Optional.empty();
    }

    /** Whether all changes of a version count here. */
    private boolean areHere(VersionVector version) {
        return version.sequences().entrySet().stream().allMatch(entry -> {
            ChangeId last = new ChangeId(entry.getKey(), entry.getValue());
            return lines.of(last)
                    .filter(line -> line.seqOf(last) <= counted.through(line, documents.version()))
                    .isPresent();
        });
    }

    /** Who knew something else about who may write may have called other changes so: then nothing follows. */
    private Optional<Boolean> decided(VersionVector version, boolean same) {
        boolean named = version.sequences().keySet().stream().noneMatch(lines::dependOnMembers);
        return same || named ? Optional.of(same) : Optional.empty();
    }

    private boolean isSame(EngineCheckpoint base, ForeignDocuments saved, Optional<Saved> own) {
        try {
            return own.filter(here -> here.isSame(base, saved)).isPresent()
                    || hash(base, saved).equals(documents.stateHash());
        } catch (RuntimeException unreadable) {
            return false;
        }
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

    private ByteBuffer hash(EngineCheckpoint base, ForeignDocuments saved) {
        DocumentSet other = DocumentSet.open(base, saved::state, all, counted.branches());
        for (LineState line : List.copyOf(lines.all())) {
            long through = counted.through(line, documents.version());
            long known = line.through(other.version());
            while (known < through) {
                List<EngineRun> runs = counted.first(new Held.Part(line, known, through));
                other.integrate(runs);
                known = CountedRuns.end(line, runs);
            }
        }
        return other.stateHash();
    }
}
