package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * One device's documents, kept in the most obvious way: a list of characters, a list of assignments per key, a sum.
 *
 * <p>Changes wait until everything in their past is there, and are then applied one operation at a time. What
 * supersedes what is decided by vector clocks alone.
 */
final class Oracle {
    /** An assignment that no other one has superseded. */
    record Assigned(OpId id, Change change, Content content) {}

    /** An operation which replaced what it knew of an entry, or deleted an element, with all its author knew. */
    record Replacement(OpId id, Change change, Optional<Content> content) {
        /** Tells whether its author knew that change. */
        boolean knows(ChangeId edit) {
            return change.id().equals(edit) || change.past().contains(edit);
        }
    }

    private record Entry(ContainerId map, String key) {}

    static final Comparator<String> UTF8 =
            Comparator.comparing(text -> text.codePoints().toArray(), Arrays::compare);
    private static final Comparator<Assigned> SHOWN_FIRST = Comparator.comparing(
                    (Assigned assigned) -> assigned.change().lamport())
            .thenComparing(assigned -> assigned.id().actor(), OpId.BY_BYTES)
            .reversed();
    private static final Comparator<Replacement> BY_LAMPORT = Comparator.comparing(
                    (Replacement replacement) -> replacement.change().lamport())
            .thenComparing(Replacement::id);

    private final Map<ChangeId, Change> changes = new LinkedHashMap<>();
    private final List<Change> waiting = new ArrayList<>();
    private Clock clock = Clock.EMPTY;

    private final Map<ContainerId, TreeMap<String, List<Assigned>>> maps = new HashMap<>();
    private final Map<Entry, List<Replacement>> replacements = new HashMap<>();
    private final Map<ContainerId, FugueTree> sequences = new HashMap<>();
    private final Map<OpId, List<Replacement>> deletions = new HashMap<>();
    private final Map<ContainerId, Long> counters = new HashMap<>();
    private final Map<ContainerId, SortedSet<ChangeId>> edits = new LinkedHashMap<>();

    // ---- changes

    /** Takes changes in any order, any number of times. */
    void receive(Iterable<Change> arrived) {
        arrived.forEach(waiting::add);
        boolean progress = true;
        while (progress) {
            waiting.removeIf(change -> clock.contains(change.id()));
            Optional<Change> ready = waiting.stream()
                    .filter(change -> clock.covers(change.past()))
                    .findFirst();
            ready.ifPresent(this::apply);
            progress = ready.isPresent();
        }
    }

    private void apply(Change change) {
        change.operations().forEach(operation -> apply(change, operation));
        add(change);
    }

    /** Notes that all operations of a change are applied. */
    void add(Change change) {
        changes.put(change.id(), change);
        clock = clock.with(change.id());
    }

    Clock clock() {
        return clock;
    }

    /** Returns the changes which wait for others. */
    List<ChangeId> waiting() {
        return waiting.stream().map(Change::id).distinct().toList();
    }

    /** Returns what a waiting change lacks of its direct and indirect past, its actor's previous changes included. */
    List<ChangeId> waitingFor(ChangeId id) {
        Clock past = waiting.stream()
                .filter(change -> change.id().equals(id))
                .findFirst()
                .orElseThrow()
                .past();
        return past.seen().entrySet().stream()
                .flatMap(entry -> LongStream.rangeClosed(clock.of(entry.getKey()) + 1, entry.getValue())
                        .mapToObj(seq -> new ChangeId(entry.getKey(), seq)))
                .toList();
    }

    /** Forgets what waits, as a restart does. */
    void forgetWaiting() {
        waiting.clear();
    }

    /** Returns all applied changes, in the order in which they were. */
    List<Change> changes() {
        return List.copyOf(changes.values());
    }

    Heads heads() {
        return Heads.of(changes.keySet().stream()
                .filter(id -> changes.values().stream()
                        .noneMatch(other -> other.past().contains(id)))
                .toList());
    }

    long lamport() {
        return changes.values().stream().mapToLong(Change::lamport).max().orElse(0);
    }

    /** Returns the oracle which knows only those heads and their past. */
    Oracle at(Heads heads) {
        Oracle past = new Oracle();
        past.receive(changes.values().stream()
                .filter(change -> heads.changes().stream()
                        .anyMatch(head ->
                                head.equals(change.id()) || change(head).past().contains(change.id())))
                .toList());
        return past;
    }

    Oracle copy() {
        return at(heads());
    }

    // ---- operations

    void apply(Change change, Operation operation) {
        ContainerId container = operation.container();
        if (operation instanceof Operation.Assign assign) {
            replace(new Replacement(assign.id(), change, Optional.of(assign.content())), container, assign.key());
            entry(container, assign.key()).add(new Assigned(assign.id(), change, assign.content()));
        } else if (operation instanceof Operation.Remove remove) {
            replace(new Replacement(remove.id(), change, Optional.empty()), container, remove.key());
        } else if (operation instanceof Operation.Insert insert) {
            sequence(container).insert(insert);
        } else if (operation instanceof Operation.Delete delete) {
            sequence(container).delete(delete.target());
            deletions
                    .computeIfAbsent(delete.target(), any -> new ArrayList<>())
                    .add(new Replacement(delete.id(), change, Optional.empty()));
        } else if (operation instanceof Operation.Add add) {
            counters.merge(container, add.delta(), Long::sum);
        }
        edits.computeIfAbsent(container, any -> new TreeSet<>()).add(change.id());
    }

    private void replace(Replacement replacement, ContainerId map, String key) {
        Change change = replacement.change();
        entry(map, key)
                .removeIf(
                        assigned -> change.knows(assigned.id(), replacement.id().index()));
        replacements(map, key).add(replacement);
    }

    private List<Assigned> entry(ContainerId map, String key) {
        return maps.computeIfAbsent(map, any -> new TreeMap<>(UTF8)).computeIfAbsent(key, any -> new ArrayList<>());
    }

    // ---- reading

    /** Returns the maximal assignments of a key, the one shown first. */
    List<Assigned> assignments(ContainerId map, String key) {
        return entry(map, key).stream().sorted(SHOWN_FIRST).toList();
    }

    /** Returns every key that was ever assigned or removed. */
    List<String> allKeys(ContainerId map) {
        return List.copyOf(maps.getOrDefault(map, new TreeMap<>()).keySet());
    }

    /** Returns the keys under which something is. */
    List<String> keys(ContainerId map) {
        return allKeys(map).stream().filter(key -> !entry(map, key).isEmpty()).toList();
    }

    /** Returns the content shown under a key. */
    Optional<Content> shown(ContainerId map, String key) {
        return assignments(map, key).stream().findFirst().map(Assigned::content);
    }

    /** Returns every assignment and removal of a key. */
    List<Replacement> replacements(ContainerId map, String key) {
        return replacements.computeIfAbsent(new Entry(map, key), any -> new ArrayList<>());
    }

    /** Returns the greatest assignment or removal of a key, by (Lamport, actor, place in the change). */
    Optional<OpId> greatestReplacement(ContainerId map, String key) {
        return replacements(map, key).stream().max(BY_LAMPORT).map(Replacement::id);
    }

    /** Returns every deletion of an element. */
    List<Replacement> deletions(OpId element) {
        return deletions.getOrDefault(element, List.of());
    }

    FugueTree sequence(ContainerId container) {
        return sequences.computeIfAbsent(container, any -> new FugueTree());
    }

    List<Content> elements(ContainerId container) {
        return sequence(container).visible().stream().map(FugueTree.Unit::value).toList();
    }

    String text(ContainerId container) {
        StringBuilder text = new StringBuilder();
        elements(container).forEach(content -> text.appendCodePoint(((Content.CodePoint) content).value()));
        return text.toString();
    }

    long sum(ContainerId container) {
        return counters.getOrDefault(container, 0L);
    }

    /** Returns the names of all documents that were edited. */
    List<String> documents() {
        return changes.values().stream()
                .flatMap(change -> change.documents().stream())
                .distinct()
                .sorted(UTF8)
                .toList();
    }

    /** Returns all containers ever edited, with the changes that did. */
    Map<ContainerId, SortedSet<ChangeId>> edits() {
        return edits;
    }

    /** Returns an applied change. */
    Change change(ChangeId id) {
        Change change = changes.get(id);
        if (change == null) {
            throw new IllegalArgumentException("unknown change " + id);
        }
        return change;
    }
}
