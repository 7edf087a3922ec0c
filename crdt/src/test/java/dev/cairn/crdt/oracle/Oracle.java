package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
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

    private record Marked(Change change, Operation.Mark mark) {}

    /**
     * An operation which replaced what it knew of an entry, deleted an element, or took a node elsewhere, with all its
     * author knew.
     */
    record Replacement(OpId id, Change change, Optional<Content> content, boolean moves) {
        Replacement(OpId id, Change change, Optional<Content> content) {
            this(id, change, content, false);
        }

        /** Tells whether the change of an edit is in its past, or its own; that of a move is not its own. */
        boolean knows(Operation edit) {
            boolean same = change.id().equals(edit.id().change());
            return same ? !moves : change.past().contains(edit.id().change());
        }
    }

    static final Comparator<String> UTF8 =
            Comparator.comparing(text -> text.codePoints().toArray(), Arrays::compare);
    private static final Comparator<Assigned> SHOWN_FIRST = Comparator.comparing(
                    (Assigned assigned) -> assigned.change().lamport())
            .thenComparing(Assigned::id)
            .reversed();
    private static final Comparator<Replacement> BY_LAMPORT = Comparator.comparing(
                    (Replacement replacement) -> replacement.change().lamport())
            .thenComparing(Replacement::id);

    private final Map<ChangeId, Change> changes = new LinkedHashMap<>();
    private final List<Change> waiting = new ArrayList<>();
    private final Map<ChangeId, Long> lamports = new HashMap<>();
    private Clock clock = Clock.EMPTY;

    private final Map<ContainerId, SortedSet<String>> keys = new HashMap<>();
    private final Map<Spot, List<Assigned>> assigned = new HashMap<>();
    private final Map<Spot, List<Replacement>> replacements = new HashMap<>();
    private final Map<ContainerId, FugueTree> sequences = new HashMap<>();
    private final Map<OpId, List<Replacement>> deletions = new HashMap<>();
    private final Map<OpId, List<Replacement>> dismissals = new HashMap<>();
    private final Map<OpId, OpId> standsAt = new HashMap<>();
    private final Map<OpId, List<Operation>> touches = new HashMap<>();
    private final Map<ContainerId, List<Marked>> marks = new HashMap<>();
    private final Map<ContainerId, NodeTree> trees = new HashMap<>();
    private final Map<ContainerId, Long> counters = new HashMap<>();
    private final Set<ContainerId> made = new LinkedHashSet<>();
    private final Map<ContainerId, List<Operation>> edits = new LinkedHashMap<>();

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

    /** Returns the oracle which knows only that past. */
    Oracle at(Clock past) {
        Oracle oracle = new Oracle();
        oracle.receive(changes.values().stream()
                .filter(change -> past.contains(change.id()))
                .toList());
        return oracle;
    }

    Oracle copy() {
        return at(heads());
    }

    /**
     * Returns the oracle as it would be if some changes had never been made: what they inserted is still where the
     * others put theirs next to it, and is not to be seen. What was done to a unit that stands for another was done to
     * that.
     */
    Oracle without(Set<ChangeId> gone, Lineages lineages) {
        Oracle without = new Oracle();
        for (Change change : changes.values()) {
            for (Operation operation : change.operations()) {
                if (gone.contains(change.id())) {
                    without.lamports.put(change.id(), change.lamport());
                    without.hide(change, operation);
                } else {
                    without.apply(change, atRoots(operation, lineages));
                }
            }
            without.add(change);
        }
        without.sequences.forEach((container, sequence) ->
                sequence.standBehind(container.kind() == Kind.MOVABLE_LIST ? lineages.slots() : lineages.units()));
        return without;
    }

    private static Operation atRoots(Operation operation, Lineages lineages) {
        if (operation instanceof Operation.Delete delete) {
            OpId target = delete.container().kind() == Kind.MOVABLE_LIST
                    ? lineages.deleted(delete.container(), delete)
                    : delete.target();
            return new Operation.Delete(delete.id(), delete.container(), lineages.root(target));
        }
        if (operation instanceof Operation.Move move) {
            return new Operation.Move(
                    move.id(), move.container(), move.slot(), lineages.root(move.element()), move.place());
        }
        return operation instanceof Operation.SetElement set
                ? new Operation.SetElement(set.id(), set.container(), lineages.root(set.element()), set.content())
                : operation;
    }

    private void hide(Change change, Operation operation) {
        FugueTree sequence = sequence(operation.container());
        if (operation instanceof Operation.Insert insert) {
            sequence.insert(insert.id(), insert.place(), insert.content());
            sequence.delete(insert.id());
        } else if (operation instanceof Operation.InsertElement insert) {
            sequence.insert(insert.id(), insert.place(), new Content.Slot(insert.id()));
            deletions
                    .computeIfAbsent(insert.id(), any -> new ArrayList<>())
                    .add(new Replacement(insert.id(), change, Optional.empty()));
        } else if (operation instanceof Operation.Move move) {
            sequence.insert(move.id(), move.place(), new Content.Slot(move.element()));
        } else if (operation instanceof Operation.Mark mark) {
            sequence.insert(mark.id(), mark.start(), mark.first());
            sequence.insert(mark.id().plus(1), mark.end(), mark.second());
        }
    }

    // ---- operations

    void apply(Change change, Operation operation) {
        lamports.put(change.id(), change.lamport());
        ContainerId container = operation.container();
        if (operation instanceof Operation.Assign assign) {
            assign(change, assign.id(), new Spot(container, assign.key()), assign.content());
        } else if (operation instanceof Operation.Remove remove) {
            replace(new Replacement(remove.id(), change, Optional.empty()), new Spot(container, remove.key()));
        } else if (operation instanceof Operation.Insert insert) {
            sequence(container).insert(insert.id(), insert.place(), insert.content());
            note(insert.content());
        } else if (operation instanceof Operation.Delete delete) {
            delete(change, delete);
        } else if (operation instanceof Operation.Add add) {
            counters.merge(container, add.delta(), Long::sum);
        } else if (operation instanceof Operation.Mark mark) {
            sequence(container).insert(mark.id(), mark.start(), mark.first());
            sequence(container).insert(mark.id().plus(1), mark.end(), mark.second());
            marks.computeIfAbsent(container, any -> new ArrayList<>()).add(new Marked(change, mark));
        } else if (operation instanceof Operation.Dismiss dismiss) {
            dismissals
                    .computeIfAbsent(dismiss.element(), any -> new ArrayList<>())
                    .add(new Replacement(dismiss.id(), change, Optional.empty()));
        } else {
            applyMoving(change, operation);
        }
        if (!(operation instanceof Operation.Dismiss)) {
            edits.computeIfAbsent(container, any -> new ArrayList<>()).add(operation);
        }
    }

    private void applyMoving(Change change, Operation operation) {
        ContainerId container = operation.container();
        if (operation instanceof Operation.InsertElement insert) {
            sequence(container).insert(insert.id(), insert.place(), new Content.Slot(insert.id()));
            standsAt.put(insert.id(), insert.id());
            assign(change, insert.id(), new Spot(container, insert.id()), insert.content());
        } else if (operation instanceof Operation.Move move) {
            sequence(container).delete(move.slot());
            sequence(container).insert(move.id(), move.place(), new Content.Slot(move.element()));
            standsAt.merge(move.element(), move.id(), this::greater);
            touches.computeIfAbsent(move.element(), any -> new ArrayList<>()).add(move);
        } else if (operation instanceof Operation.SetElement set) {
            assign(change, set.id(), new Spot(container, set.element()), set.content());
            touches.computeIfAbsent(set.element(), any -> new ArrayList<>()).add(set);
        } else {
            tree(container).add(change, operation);
            if (operation instanceof Operation.PlaceNode place && place.node().equals(place.id())) {
                made.add(new ContainerId.MadeBy(container, place.id(), place.id(), Kind.MAP));
            }
        }
    }

    private void assign(Change change, OpId id, Spot spot, Content content) {
        replace(new Replacement(id, change, Optional.of(content)), spot);
        assigned(spot).add(new Assigned(id, change, content));
        note(content);
    }

    private void note(Content content) {
        if (content instanceof Content.Inner inner) {
            made.add(inner.container());
        }
    }

    private void replace(Replacement replacement, Spot spot) {
        Change change = replacement.change();
        assigned(spot).removeIf(earlier -> change.knows(earlier.id(), replacement.id()));
        replacements(spot).add(replacement);
        if (spot.name() instanceof String key) {
            keys.computeIfAbsent(spot.container(), any -> new TreeSet<>(UTF8)).add(key);
        }
    }

    private void delete(Change change, Operation.Delete delete) {
        FugueTree.Unit unit = sequence(delete.container()).delete(delete.target());
        OpId element = unit.value() instanceof Content.Slot slot ? slot.element() : delete.target();
        deletions
                .computeIfAbsent(element, any -> new ArrayList<>())
                .add(new Replacement(delete.id(), change, Optional.empty()));
    }

    private List<Assigned> assigned(Spot spot) {
        return assigned.computeIfAbsent(spot, any -> new ArrayList<>());
    }

    // ---- reading

    /** Returns the maximal assignments of a spot, the one shown first. */
    List<Assigned> assignments(Spot spot) {
        return assigned(spot).stream().sorted(SHOWN_FIRST).toList();
    }

    /** Returns every key that was ever assigned or removed. */
    List<String> allKeys(ContainerId map) {
        return List.copyOf(keys.getOrDefault(map, new TreeSet<>()));
    }

    /** Returns the keys under which something is. */
    List<String> keys(ContainerId map) {
        return allKeys(map).stream()
                .filter(key -> !assigned(new Spot(map, key)).isEmpty())
                .toList();
    }

    /** Returns the content shown at a spot. */
    Optional<Content> shown(Spot spot) {
        return assignments(spot).stream().findFirst().map(Assigned::content);
    }

    /** Returns the content shown under a key. */
    Optional<Content> shown(ContainerId map, String key) {
        return shown(new Spot(map, key));
    }

    /** Returns every assignment and removal of a spot. */
    List<Replacement> replacements(Spot spot) {
        return replacements.computeIfAbsent(spot, any -> new ArrayList<>());
    }

    /** Returns the greatest assignment or removal of a spot, by (Lamport, actor, place in the change). */
    Optional<OpId> greatestReplacement(Spot spot) {
        return replacements(spot).stream().max(BY_LAMPORT).map(Replacement::id);
    }

    /** Returns every deletion of an element. */
    List<Replacement> deletions(OpId element) {
        return deletions.getOrDefault(element, List.of());
    }

    /** Returns every operation which dismissed what was lost inside an element. */
    List<Replacement> dismissals(OpId element) {
        return dismissals.getOrDefault(element, List.of());
    }

    /** Returns the operations which moved an element of a movable list or assigned to it. */
    List<Operation> touches(OpId element) {
        return touches.getOrDefault(element, List.of());
    }

    FugueTree sequence(ContainerId container) {
        return sequences.computeIfAbsent(container, any -> new FugueTree());
    }

    NodeTree tree(ContainerId container) {
        return trees.computeIfAbsent(container, any -> new NodeTree());
    }

    /** Returns the slots of a movable list, of elements that are there, each at its last place. */
    List<OpId> elementIds(ContainerId list) {
        return sequence(list).all().stream()
                .filter(unit -> unit.value() instanceof Content.Slot slot
                        && unit.name().equals(standsAt.get(slot.element()))
                        && deletions(slot.element()).isEmpty())
                .map(unit -> ((Content.Slot) unit.value()).element())
                .toList();
    }

    /** Returns all elements which were ever in a movable list. */
    List<OpId> allElements(ContainerId list) {
        return sequence(list).all().stream()
                .filter(unit -> unit.value() instanceof Content.Slot slot
                        && slot.element().equals(unit.name()))
                .map(FugueTree.Unit::name)
                .toList();
    }

    /** Returns the code points of a text, or the elements of a list of either kind. */
    List<Content> elements(ContainerId container) {
        if (container.kind() == Kind.MOVABLE_LIST) {
            return elementIds(container).stream()
                    .map(element -> shown(new Spot(container, element)).orElseThrow())
                    .toList();
        }
        return sequence(container).visible().stream()
                .map(FugueTree.Unit::value)
                .filter(content -> !(content instanceof Content.Anchor))
                .toList();
    }

    String text(ContainerId container) {
        StringBuilder text = new StringBuilder();
        elements(container).forEach(content -> text.appendCodePoint(((Content.CodePoint) content).value()));
        return text.toString();
    }

    /** Returns for each code point of a text the marks on it, null values left out. */
    List<SortedMap<String, Value>> marks(ContainerId text) {
        List<SortedMap<String, Value>> marked = new ArrayList<>();
        Set<OpId> passed = new HashSet<>();
        for (FugueTree.Unit unit : sequence(text).all()) {
            passed.add(unit.name());
            if (!unit.deleted && unit.value() instanceof Content.CodePoint) {
                SortedMap<String, Value> here = new TreeMap<>(UTF8);
                marks.getOrDefault(text, List.of()).stream()
                        .filter(mark -> passed.contains(mark.mark().id())
                                && !passed.contains(mark.mark().id().plus(1)))
                        .sorted(Comparator.comparing(
                                        (Marked mark) -> mark.change().lamport())
                                .thenComparing(mark -> mark.mark().id()))
                        .forEach(mark -> here.put(mark.mark().key(), mark.mark().value()));
                here.values().removeIf(Value.NULL::equals);
                marked.add(here);
            }
        }
        return marked;
    }

    long sum(ContainerId container) {
        return counters.getOrDefault(container, 0L);
    }

    /** Returns all containers which any operation made. */
    Set<ContainerId> made() {
        return made;
    }

    private OpId greater(OpId a, OpId b) {
        int byLamport = Long.compare(lamport(a), lamport(b));
        return byLamport > 0 || (byLamport == 0 && a.compareTo(b) > 0) ? a : b;
    }

    private long lamport(OpId id) {
        return lamports.getOrDefault(id.change(), 0L);
    }

    /** Returns the names of all documents that were edited. */
    List<String> documents() {
        return changes.values().stream()
                .flatMap(change -> change.documents().stream())
                .distinct()
                .sorted(UTF8)
                .toList();
    }

    /** Returns all containers ever edited, with the operations that did. */
    Map<ContainerId, List<Operation>> edits() {
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
