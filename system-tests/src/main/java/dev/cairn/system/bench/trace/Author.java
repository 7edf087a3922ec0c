package dev.cairn.system.bench.trace;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.format.Limits;
import dev.cairn.replica.Space;
import dev.cairn.system.bench.trace.EditingHistory.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The one author of a sequential history, who makes its edits through the engine's editing sessions. */
final class Author {
    /** What the operations of a change may have, with room for its other fields. */
    private static final int CHANGE_BYTES_MAX = Limits.CHANGE_BYTES_MAX - 1024;

    private static final ActorId ACTOR = new ActorId(0, 1);

    private final EditingHistory history;
    private final Utf16Columns columns;

    Author(EditingHistory history) {
        this.history = history;
        this.columns = new Utf16Columns(history);
    }

    /** Makes all edits in a new set. */
    DocumentSet play(Granularity granularity) {
        Playing playing = new Playing(change -> {});
        playing.all(granularity, Math.max(1, history.size()));
        return playing.set;
    }

    /** Makes all edits in a new set, and hands each change on as soon as it is made. */
    void play(Granularity granularity, Consumer<LocalChange> made) {
        new Playing(made).all(granularity, Math.max(1, history.size()));
    }

    /** Makes the first edits in a space, each a commit that is durable when it returns. */
    void commit(Space space, int edits) {
        for (int i = 0; i < edits; i++) {
            space.commit(edit(i));
        }
    }

    /** Makes the first edits in a space, each a commit of one batch. */
    void commitBatch(Space space, int edits) {
        space.batch(batch -> {
            for (int i = 0; i < edits; i++) {
                batch.commit(edit(i));
            }
        });
    }

    private Consumer<dev.cairn.replica.Transaction> edit(int i) {
        return tx -> edit(tx.on(HistoryEncoder.DOCUMENT).text(HistoryEncoder.TEXT), i, i + 1);
    }

    /**
     * The changes which the edits make. Where everything together is too large for one change of the format, there are
     * as many of the same number of edits as it takes.
     */
    List<LocalChange> storable(Granularity granularity) {
        if (granularity != Granularity.ONE_COMMIT) {
            return changes(history.size(), granularity);
        }
        int edits = Math.max(1, history.size());
        List<LocalChange> changes = changes(edits, granularity);
        while (changes.stream().anyMatch(change -> change.operations().remaining() > CHANGE_BYTES_MAX) && edits > 1) {
            edits = (edits + 1) / 2;
            changes = changes(edits, granularity);
        }
        return changes;
    }

    private List<LocalChange> changes(int editsMax, Granularity granularity) {
        List<LocalChange> changes = new ArrayList<>();
        new Playing(changes::add).all(granularity, editsMax);
        changes.removeIf(LocalChange::isEmpty);
        return changes;
    }

    /** One play in a new set. */
    private final class Playing {
        private final DocumentSet set = DocumentSet.create();
        private final Consumer<LocalChange> made;
        private long seq = 1;

        private Playing(Consumer<LocalChange> made) {
            this.made = made;
        }

        private void all(Granularity granularity, int editsMax) {
            int first = granularity == Granularity.ONE_COMMIT ? Math.min(editsMax, history.size()) : 0;
            commit(0, 0, first);
            if (granularity == Granularity.ONE_COMMIT) {
                for (int i = first; i < history.size(); i += editsMax) {
                    commit(0, i, Math.min(i + editsMax, history.size()));
                }
                return;
            }
            for (Transaction transaction : history.transactions) {
                int step = granularity == Granularity.PER_OP ? 1 : Math.max(1, transaction.to() - transaction.from());
                for (int i = transaction.from(); i < transaction.to(); i += step) {
                    commit(transaction.timeMillis(), i, i + step);
                }
            }
        }

        private void commit(long timeMillis, int from, int to) {
            EditSession session = set.begin(ACTOR, seq, timeMillis);
            TextEditor text = session.on(HistoryEncoder.DOCUMENT).text(HistoryEncoder.TEXT);
            if (seq == 1 && !history.start.isEmpty()) {
                text.insert(0, history.start);
            }
            edit(text, from, to);
            LocalChange change = session.finish();
            made.accept(change);
            seq += change.isEmpty() ? 0 : 1;
        }
    }

    private void edit(TextEditor text, int from, int to) {
        for (int i = from; i < to; i++) {
            try {
                if (columns.deleted[i] > 0) {
                    text.delete(columns.position[i], columns.deleted[i]);
                }
                if (!history.inserted[i].isEmpty()) {
                    text.insert(columns.position[i], history.inserted[i]);
                }
            } catch (IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "edit " + i + " at position " + history.position[i] + " is outside of the text", e);
            }
        }
    }
}
