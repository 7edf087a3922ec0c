package dev.cairn.replica;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.History;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.format.Bytes;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a space says of its documents, now and in the past; each answer is of one state of the store. */
final class Reading {
    private final Replica replica;

    Reading(Replica replica) {
        this.replica = replica;
    }

    /** Asks the documents as they are now. */
    <T> T now(Function<DocumentSet, T> question) {
        return replica.locked(() -> replica.history().read(question));
    }

    /** Asks the engine's history. */
    <T> T past(Function<History, T> question) {
        return now(documents -> question.apply(documents.history()));
    }

    /** Asks the log. */
    <T> T log(Function<Log, T> question) {
        return replica.locked(() -> question.apply(new Log(replica)));
    }

    Document document(String name) {
        return new Document(now(documents -> documents.document(name)));
    }

    /** The names of the documents in which something is. */
    SortedSet<String> names() {
        return now(documents -> documents.documentNames().stream()
                .filter(name -> !documents.document(name).root().entries().isEmpty())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    SortedMap<String, List<Conflict>> conflicts() {
        return now(documents -> {
            SortedMap<String, List<Conflict>> conflicts = new TreeMap<>();
            for (String name : documents.documentNames()) {
                List<Conflict> found = documents.document(name).conflicts();
                if (!found.isEmpty()) {
                    conflicts.put(name, found);
                }
            }
            return conflicts;
        });
    }

    SortedSet<String> leaderOnlyNames() {
        return now(documents -> documents.documentNames().stream()
                .filter(name -> name.startsWith(LeaderOnly.PREFIX))
                .map(name -> name.substring(LeaderOnly.PREFIX.length()))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    String stateHash() {
        return now(documents -> Bytes.copyOf(documents.stateHash()).toHex());
    }
}
