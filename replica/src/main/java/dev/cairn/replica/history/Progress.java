package dev.cairn.replica.history;

import dev.cairn.crdt.Integration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What reached the documents in one step; collects over several. Not thread-safe. */
public final class Progress {
    private final SortedSet<String> documents = new TreeSet<>();
    private final List<Integration.Refusal> refused = new ArrayList<>();
    private long changes;

    void add(Integration integration) {
        documents.addAll(integration.documents());
        refused.addAll(integration.refused());
        for (Integration.Span span : integration.applied()) {
            changes += span.to() - span.from() + 1;
        }
    }

    void addAll(SortedSet<String> touched, long count) {
        if (count > 0) {
            documents.addAll(touched);
            changes += count;
        }
    }

    /** Takes in another step. */
    public Progress add(Progress other) {
        documents.addAll(other.documents);
        refused.addAll(other.refused);
        changes += other.changes;
        return this;
    }

    /** The documents that changed. */
    public SortedSet<String> documents() {
        return documents;
    }

    /** The changes that no device applies. */
    public List<Integration.Refusal> refused() {
        return refused;
    }

    /** How many changes were applied. */
    public long changes() {
        return changes;
    }
}
