package dev.cairn.replica;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.replica.history.History;
import dev.cairn.replica.outbox.Author;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a batch, inside one transaction of the store: every so many of them are stored as one row, and none is
 * durable before the transaction is.
 */
final class OpenBatch implements Batch {
    /** Changes in a row: of tiny ones no more than a reader decodes at once. */
    private static final int ROW_CHANGES_MAX = 16_384;

    /** Bytes of changes in a row. */
    private static final int ROW_BYTES_MAX = 1 << 20;

    private final Changing changing;
    private final History history;
    private final Author author;
    private final ActorId actor;
    private final Thread thread = Thread.currentThread();
    private final SortedSet<String> documents = new TreeSet<>();
    private @Nullable String lastDocument;
    private ChangeRun.Builder row;
    private long rowStart;
    private long changes;
    private @Nullable SpaceException failure;
    private boolean inCommit;
    private boolean ended;

    /** A batch behind so many changes which were needed first. */
    OpenBatch(Changing changing, History history, Author author, int before) {
        this.changing = changing;
        this.history = history;
        this.author = author;
        this.actor = History.actor(author.writer());
        this.changes = before;
        this.row = nextRow();
    }

    private ChangeRun.Builder nextRow() {
        ChainPoint end = history.end(author.writer(), author.origin());
        rowStart = end.seq();
        return ChangeRun.builder(author.writer(), end);
    }

    @Override
    public void commit(String message, Consumer<Transaction> edits) {
        requireOpen();
        Changing.requireShort(message);
        inCommit = true;
        LocalChange change;
        try {
            change = changing.make(Changing.of(edits), actor, rowStart + row.size() + 1);
        } finally {
            inCommit = false;
        }
        if (!change.isEmpty()) {
            append(change, message);
        }
    }

    private void requireOpen() {
        if (ended || Thread.currentThread() != thread) {
            throw new IllegalStateException("the batch has ended, or is another thread's");
        }
        if (inCommit) {
            throw new IllegalStateException("a commit inside the edits of another");
        }
        requireStorable();
    }

    private void requireStorable() {
        if (failure != null) {
            throw failure;
        }
    }

    private void append(LocalChange change, String message) {
        try {
            changing.append(row, change, message);
        } catch (SpaceException e) {
            failure = e;
            throw e;
        }
        changes++;
        for (String document : change.documents()) {
            if (!document.equals(lastDocument)) {
                documents.add(document);
                lastDocument = document;
            }
        }
        if (row.size() == ROW_CHANGES_MAX || row.changeBytes() >= ROW_BYTES_MAX) {
            store();
        }
    }

    /** Stores what is not yet, to be durable with the transaction; fails if the documents are ahead of the store. */
    void store() {
        requireStorable();
        if (row.size() > 0) {
            history.appendOwn(author.device(), row.build(), author.origin());
            row = nextRow();
        }
    }

    /** Lets no further commit in. */
    void end() {
        ended = true;
    }

    /** The documents that were edited. */
    SortedSet<String> documents() {
        return documents;
    }

    /** How many changes were made. */
    long changes() {
        return changes;
    }
}
