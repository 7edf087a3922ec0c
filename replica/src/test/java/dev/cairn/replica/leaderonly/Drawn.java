package dev.cairn.replica.leaderonly;

import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A map of a document as a test draws it, key by key. */
record Drawn(SortedMap<String, Node> entries) implements MapView {
    Drawn() {
        this(new TreeMap<>());
    }

    @Override
    public Optional<Node> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The map under a key, drawn if need be. */
    Drawn map(String key) {
        return (Drawn) entries.computeIfAbsent(key, absent -> new Drawn());
    }

    Drawn put(String key, Object value) {
        entries.put(key, Value.of(value));
        return this;
    }
}
