package dev.cairn.replica;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.format.Bytes;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes changes in the documents, and puts them behind those of their writer; under the lock. */
final class Changing {
    private final Replica replica;

    Changing(Replica replica) {
        this.replica = replica;
    }

    /** Looks at the documents as they are before a change, and returns what the change is to do. */
    interface Preparation {
        Consumer<EditSession> prepare(DocumentSet documents, ActorId author);
    }

    /** What a caller's function does to the documents. */
    static Preparation of(Consumer<Transaction> edits) {
        return (documents, author) -> session -> {
            Edits transaction = new Edits(session);
            try {
                edits.accept(transaction);
            } finally {
                transaction.end();
            }
        };
    }

    /**
     * Refuses a message that no change can carry.
     *
     * @throws SpaceException {@code limit}
     */
    static void requireShort(String message) {
        int bytes = message.isEmpty() ? 0 : message.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Limits.MESSAGE_BYTES_MAX) {
            throw new SpaceException(
                    SpaceException.Code.LIMIT,
                    "a message of " + bytes + " bytes: at most " + Limits.MESSAGE_BYTES_MAX + "; shorten it");
        }
    }

    /** Makes a change in the documents. When the edits throw, the documents are as before. */
    LocalChange make(Preparation preparation, ActorId author, long seq) {
        DocumentSet documents = replica.history().documents();
        Consumer<EditSession> edits = preparation.prepare(documents, author);
        EditSession session = documents.begin(author, seq, replica.nowMillis());
        try {
            edits.accept(session);
        } catch (RuntimeException | Error e) {
            session.cancel();
            throw e;
        }
        return session.finish();
    }

    /**
     * Appends a change which the documents have already.
     *
     * @throws SpaceException {@code limit} if it cannot be stored: the documents are then ahead of the store
     */
    void append(ChangeRun.Builder run, LocalChange change, String message) {
        List<ChangeRef> parents =
                change.parents().isEmpty() ? List.of() : replica.history().references(change.parents());
        Optional<String> text = message.isEmpty() ? Optional.empty() : Optional.of(message);
        try {
            run.add(new Change(
                    change.lamport(), change.timeMillis(), parents, text, Bytes.copyOf(change.operations())));
        } catch (IllegalArgumentException e) {
            throw new SpaceException(
                    SpaceException.Code.LIMIT, "not committed: " + e.getMessage() + ": make several commits of it", e);
        }
    }

    /** The transaction which the caller's function gets. */
    private static final class Edits implements Transaction {
        private final EditSession session;
        private boolean ended;

        private Edits(EditSession session) {
            this.session = session;
        }

        @Override
        public DocumentEditor on(String document) {
            if (ended) {
                throw new IllegalStateException("the transaction has ended");
            }
            LeaderOnly.requireOrdinary(document);
            return session.on(document);
        }

        private void end() {
            ended = true;
        }
    }
}
