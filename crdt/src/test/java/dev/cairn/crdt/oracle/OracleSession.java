package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One change in the making: turns a user's edits at positions and keys into operations with ids. */
final class OracleSession {
    private final Oracle oracle;
    private final Change header;
    private final List<Operation> operations = new ArrayList<>();

    OracleSession(Oracle oracle, ChangeId id, long timeMillis) {
        this.oracle = oracle;
        this.header = new Change(id, oracle.lamport() + 1, timeMillis, oracle.clock(), List.of());
    }

    Oracle oracle() {
        return oracle;
    }

    private OpId next() {
        return new OpId(header.id().actor(), header.id().seq(), operations.size());
    }

    private void make(Operation operation) {
        operations.add(operation);
        oracle.apply(header, operation);
    }

    /** Returns the change, and applies it; empty if nothing was edited. */
    Optional<Change> finish() {
        if (operations.isEmpty()) {
            return Optional.empty();
        }
        Change change = new Change(header.id(), header.lamport(), header.timeMillis(), header.past(), operations);
        oracle.add(change);
        return Optional.of(change);
    }

    // ---- maps

    /**
     * Returns the container of that kind under the key, made if it is not what is shown there: again, if a concurrent
     * assignment hides it; afresh, if there was one before which is gone; else the one which everybody gets.
     */
    ContainerId enter(ContainerId map, String key, Kind kind) {
        if (oracle.shown(map, key).filter(shown -> isOf(shown, kind)).isPresent()) {
            return container(oracle.shown(map, key).orElseThrow());
        }
        Optional<Content> hidden = oracle.assignments(map, key).stream()
                .map(Oracle.Assigned::content)
                .filter(content -> isOf(content, kind))
                .findFirst();
        boolean before = oracle.replacements(map, key).stream()
                .anyMatch(replacement -> replacement
                        .content()
                        .filter(content -> isOf(content, kind))
                        .isPresent());
        Content made = hidden.orElseGet(() -> new Content.Inner(new ContainerId.Derived(
                map, key, kind, before ? oracle.greatestReplacement(map, key) : Optional.empty())));
        make(new Operation.Assign(next(), map, key, made));
        return container(made);
    }

    private static boolean isOf(Content content, Kind kind) {
        return content instanceof Content.Inner inner && inner.container().kind() == kind;
    }

    private static ContainerId container(Content content) {
        return ((Content.Inner) content).container();
    }

    void put(ContainerId map, String key, Value value) {
        make(new Operation.Assign(next(), map, key, new Content.Scalar(value)));
    }

    void remove(ContainerId map, String key) {
        if (oracle.shown(map, key).isPresent()) {
            make(new Operation.Remove(next(), map, key));
        }
    }

    // ---- texts and lists

    private void insert(ContainerId container, int index, Content content) {
        FugueTree.Place place = oracle.sequence(container).placeAt(index);
        make(new Operation.Insert(next(), container, place.left(), place.right(), content));
    }

    /** Inserts text before the code point at that index. */
    void insertText(ContainerId container, int index, String text) {
        int at = index;
        for (int codePoint : text.codePoints().toArray()) {
            insert(container, at++, new Content.CodePoint(codePoint));
        }
    }

    void insertValue(ContainerId container, int index, Value value) {
        insert(container, index, new Content.Scalar(value));
    }

    ContainerId insertContainer(ContainerId container, int index, Kind kind) {
        ContainerId made = new ContainerId.MadeBy(container, next(), kind);
        insert(container, index, new Content.Inner(made));
        return made;
    }

    /** Deletes characters or elements, counted in code points or elements. */
    void delete(ContainerId container, int index, int count) {
        for (int i = 0; i < count; i++) {
            OpId target = oracle.sequence(container).visible().get(index).name();
            make(new Operation.Delete(next(), container, target));
        }
    }

    // ---- counters

    void add(ContainerId counter, long delta) {
        if (delta != 0) {
            make(new Operation.Add(next(), counter, delta));
        }
    }
}
