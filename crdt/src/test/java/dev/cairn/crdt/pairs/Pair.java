package dev.cairn.crdt.pairs;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.RecordedRun;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Two concurrent edits, and the three changes of their history.
 *
 * @param first what device A does, whose id is the smaller one
 * @param second what device B does
 * @param changes the base, which both know, that of A and that of B
 */
record Pair(String first, String second, List<LocalChange> changes) {
    /** The document in which everything happens. */
    static final String DOCUMENT = "d";

    private static final ActorId BASE = new ActorId(0, 1);
    private static final ActorId A = new ActorId(0, 0xa);
    private static final ActorId B = new ActorId(0, 0xb);

    /** Lets two devices edit what the group has as its base. */
    static Pair of(Catalog.Group group, Catalog.Edit first, Catalog.Edit second) {
        LocalChange base = commit(List.of(), BASE, session -> group.base().accept(session.on(DOCUMENT)));
        LocalChange a = commit(List.of(base), A, session -> first.edit().accept(session.on(DOCUMENT), "A"));
        LocalChange b = commit(List.of(base), B, session -> second.edit().accept(session.on(DOCUMENT), "B"));
        return new Pair(first.name(), second.name(), List.of(base, a, b));
    }

    private static LocalChange commit(List<LocalChange> known, ActorId actor, Consumer<EditSession> edits) {
        DocumentSet device = DocumentSet.create();
        device.integrate(RecordedRun.runs(known));
        EditSession session = device.begin(actor, 1, 0);
        edits.accept(session);
        return session.finish();
    }

    /** Returns a device which got the changes in that order. */
    static DocumentSet merged(List<LocalChange> changes) {
        DocumentSet device = DocumentSet.create();
        for (LocalChange change : changes) {
            device.integrate(RecordedRun.runs(List.of(change)));
        }
        return device;
    }
}
