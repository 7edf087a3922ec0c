package dev.cairn.replica;

import dev.cairn.crdt.History;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.history.ChangeRecord;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Takes back what was done, and brings back what was lost, by commits. */
final class Reversals {
    private final Replica replica;
    private final Committer committer;

    Reversals(Replica replica, Committer committer) {
        this.replica = replica;
        this.committer = committer;
    }

    Optional<Version> undo(Consumer<LeftAlone> left) {
        return reverse(History::undoable, EditSession::takeBack, left);
    }

    Optional<Version> redo(Consumer<LeftAlone> left) {
        return reverse(History::redoable, EditSession::makeAgain, left);
    }

    private Optional<Version> reverse(
            BiFunction<History, ActorId, Optional<ChangeId>> choice,
            BiFunction<EditSession, ChangeId, List<LeftAlone>> reversal,
            Consumer<LeftAlone> left) {
        AtomicBoolean any = new AtomicBoolean();
        List<LeftAlone> parts = new ArrayList<>();
        Version version = committer.commit("", (documents, author) -> {
            Optional<ChangeId> change = choice.apply(documents.history(), author);
            any.set(change.isPresent());
            change.ifPresent(which -> requireOrdinary(documents.history(), which));
            parts.clear();
            return session -> change.ifPresent(which -> parts.addAll(reversal.apply(session, which)));
        });
        parts.forEach(left);
        return any.get() ? Optional.of(version) : Optional.empty();
    }

    /** A leader's write is not taken back: others have built on it. The leader writes what was there before. */
    private static void requireOrdinary(History history, ChangeId change) {
        for (ChangeRecord record : history.changesBetween(history.before(change), Heads.of(List.of(change)))) {
            if (record.change().equals(change)) {
                record.documents().keySet().forEach(LeaderOnly::requireOrdinary);
            }
        }
    }

    Version undo(Version.Head change, Consumer<LeftAlone> left) {
        ChangeId engine = Replica.changes(new Version(List.of(change))).get(0);
        List<LeftAlone> parts = new ArrayList<>();
        Version version = committer.commit("", (documents, author) -> {
            replica.heads(new Version(List.of(change)));
            if (!replica.history().deviceOf(engine).equals(Optional.of(replica.device()))) {
                throw new IllegalArgumentException("the change " + change + " is another device's");
            }
            requireOrdinary(documents.history(), engine);
            parts.clear();
            return session -> parts.addAll(session.takeBack(engine));
        });
        parts.forEach(left);
        return version;
    }

    /** Makes a document as it was. */
    Version restore(String document, Version version) {
        LeaderOnly.requireOrdinary(document);
        return committer.commit("", (documents, author) -> {
            Heads heads = replica.heads(version);
            documents.history();
            return session -> session.restore(document, heads);
        });
    }

    /** Edits a document with its whole history in memory, as settling what was lost needs it. */
    Version settle(String document, Consumer<DocumentEditor> edits) {
        LeaderOnly.requireOrdinary(document);
        return committer.commit("", (documents, author) -> {
            documents.history();
            return session -> edits.accept(session.on(document));
        });
    }
}
