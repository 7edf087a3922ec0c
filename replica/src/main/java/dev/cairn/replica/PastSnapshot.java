package dev.cairn.replica;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.DocumentState;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The documents at an earlier version, made from the history when they are asked for. */
final class PastSnapshot implements Snapshot {
    private final Replica replica;
    private final Version version;
    private final Heads heads;

    PastSnapshot(Replica replica, Version version) {
        this.replica = replica;
        this.version = version;
        this.heads = replica.locked(() -> replica.heads(version));
    }

    @Override
    public Version version() {
        return version;
    }

    @Override
    public SortedSet<String> documents() {
        return replica.locked(() -> replica.history()
                .read(documents -> documents.documentNames().stream()
                        .filter(name -> !at(documents, name).root().entries().isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new))));
    }

    @Override
    public Document document(String name) {
        return new Document(replica.locked(() -> replica.history().read(documents -> at(documents, name))));
    }

    private DocumentState at(DocumentSet documents, String name) {
        long namings = replica.history().namings();
        return replica.pastDocuments().get(namings, heads, name, () -> documents.documentAt(name, heads));
    }
}
