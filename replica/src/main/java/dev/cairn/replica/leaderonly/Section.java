package dev.cairn.replica.leaderonly;

import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import dev.cairn.format.election.Token;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that one leadership wrote to a collection. What is not well formed has no effect.
 *
 * @param token the leadership
 * @param count how many writes it made
 * @param after the last write of an earlier leadership which it knew when it began
 * @param writes its writes by their number
 */
record Section(
        Token token,
        long count,
        Optional<WriteName> after,
        SortedMap<Long, SortedMap<String, Optional<Value>>> writes) {
    static final String COUNT = "writes";
    static final String AFTER = "after";
    private static final String PUT = "put";
    private static final String REMOVE = "remove";

    static Section of(Token token, MapView map) {
        long count = count(map);
        SortedMap<Long, SortedMap<String, Optional<Value>>> writes = new TreeMap<>();
        map.entries().forEach((key, node) -> read(key, node, count, writes));
        return new Section(token, count, after(token, map), Collections.unmodifiableSortedMap(writes));
    }

    /** How many writes a section says it has; 0 when it does not say. */
    static long count(MapView map) {
        return map.get(COUNT)
                .filter(node -> node instanceof Value.Int number && number.value() >= 1)
                .map(node -> ((Value.Int) node).value())
                .orElse(0L);
    }

    private static Optional<WriteName> after(Token token, MapView map) {
        return map.get(AFTER)
                .filter(Value.Str.class::isInstance)
                .flatMap(node -> WriteName.parse(((Value.Str) node).value()))
                .filter(name -> name.token().compareTo(token) < 0);
    }

    private static void read(
            String key, Node node, long count, SortedMap<Long, SortedMap<String, Optional<Value>>> writes) {
        String[] words = key.split(" ", 3);
        if (words.length < 3 || words[2].isEmpty() || !(node instanceof Value value)) {
            return;
        }
        Optional<Long> number = Numbers.parse(words[0]).filter(one -> one <= count);
        if (number.isPresent() && words[1].equals(PUT)) {
            writes.computeIfAbsent(number.get(), one -> new TreeMap<>()).put(words[2], Optional.of(value));
        } else if (number.isPresent() && words[1].equals(REMOVE)) {
            writes.computeIfAbsent(number.get(), one -> new TreeMap<>()).putIfAbsent(words[2], Optional.empty());
        }
    }

    /** The key under which a write says what it does to a key of the collection. */
    static String key(long number, boolean put, String key) {
        return number + " " + (put ? PUT : REMOVE) + " " + key;
    }
}
