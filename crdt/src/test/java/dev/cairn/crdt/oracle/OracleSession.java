package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One change in the making: turns edits at positions and keys into operations with ids. */
final class OracleSession {
    private final Oracle oracle;
    private final Change header;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Integer> indexes = new TreeMap<>(Oracle.UTF8);

    OracleSession(Oracle oracle, ChangeId id, long timeMillis) {
        this(oracle, new Change(id, oracle.lamport() + 1, timeMillis, oracle.clock(), List.of(), List.of()));
    }

    /** Makes the operations of that change, whose past is what the oracle knows. */
    OracleSession(Oracle oracle, Change header) {
        this.oracle = oracle;
        this.header = header;
    }

    Oracle oracle() {
        return oracle;
    }

    /** Returns the id which the next operation in a document gets. */
    OpId peek(String document) {
        return new OpId(document, header.id().actor(), header.id().seq(), indexes.getOrDefault(document, 0));
    }

    /** Takes some ids; invalid operations take theirs, too. */
    OpId take(String document, int count) {
        OpId first = peek(document);
        indexes.merge(document, count, Integer::sum);
        return first;
    }

    private OpId next(ContainerId container) {
        return take(container.document(), 1);
    }

    private void make(Operation operation) {
        operations.add(operation);
        oracle.apply(header, operation);
    }

    /** Returns the change, and applies it; empty if nothing was edited. */
    Optional<Change> finish() {
        return operations.isEmpty() ? Optional.empty() : Optional.of(finishAnyway());
    }

    /** Returns the change, and applies it. */
    Change finishAnyway() {
        operations.sort(Comparator.comparing(operation -> operation.container().document(), Oracle.UTF8));
        Change change = new Change(
                header.id(),
                header.lamport(),
                header.timeMillis(),
                header.past(),
                List.copyOf(indexes.keySet()),
                operations);
        oracle.add(change);
        return change;
    }

    // ---- maps and registers

    /**
     * Returns the container of that kind under the key, made if it is not what is shown there: again, if a concurrent
     * assignment hides it; afresh, if there was one before which is gone; else the one which everybody gets.
     */
    ContainerId enter(ContainerId map, String key, Kind kind) {
        Spot spot = new Spot(map, key);
        if (oracle.shown(spot).filter(shown -> isOf(shown, kind)).isPresent()) {
            return container(oracle.shown(spot).orElseThrow());
        }
        Optional<Content> hidden = oracle.assignments(spot).stream()
                .map(Oracle.Assigned::content)
                .filter(content -> isOf(content, kind))
                .findFirst();
        boolean before = oracle.replacements(spot).stream()
                .anyMatch(replacement -> replacement
                        .content()
                        .filter(content -> isOf(content, kind))
                        .isPresent());
        Content made = hidden.orElseGet(() -> new Content.Inner(
                new ContainerId.Derived(map, key, kind, before ? oracle.greatestReplacement(spot) : Optional.empty())));
        assign(map, key, made);
        return container(made);
    }

    private static boolean isOf(Content content, Kind kind) {
        return content instanceof Content.Inner inner && inner.container().kind() == kind;
    }

    private static ContainerId container(Content content) {
        return ((Content.Inner) content).container();
    }

    void assign(ContainerId map, String key, Content content) {
        make(new Operation.Assign(next(map), map, key, content));
    }

    void put(ContainerId map, String key, Value value) {
        assign(map, key, new Content.Scalar(value));
    }

    /** Removes an entry, or empties a register, if anything is there. */
    void remove(ContainerId map, String key) {
        if (oracle.shown(map, key).isPresent()) {
            removeAnyway(map, key);
        }
    }

    void removeAnyway(ContainerId map, String key) {
        make(new Operation.Remove(next(map), map, key));
    }

    // ---- texts and lists

    private void insert(ContainerId container, int position, Content content) {
        FugueTree.Place place = oracle.sequence(container).placeAt(position);
        if (container.kind() == Kind.MOVABLE_LIST) {
            make(new Operation.InsertElement(next(container), container, place, content));
        } else {
            make(new Operation.Insert(next(container), container, place, content));
        }
    }

    /** Inserts text before the unit at that position. */
    void insertText(ContainerId container, int position, String text) {
        int at = position;
        for (int codePoint : text.codePoints().toArray()) {
            insert(container, at++, new Content.CodePoint(codePoint));
        }
    }

    void insertValue(ContainerId container, int position, Value value) {
        insert(container, position, new Content.Scalar(value));
    }

    /** Inserts a container into a list of either kind. */
    ContainerId insertContainer(ContainerId container, int position, Kind kind) {
        OpId id = peek(container.document());
        ContainerId made = new ContainerId.MadeBy(container, id, id, kind);
        insert(container, position, new Content.Inner(made));
        return made;
    }

    /** Deletes units; anchors among them stay. */
    void delete(ContainerId container, int position, int count) {
        List<FugueTree.Unit> units = oracle.sequence(container).visible().subList(position, position + count);
        for (FugueTree.Unit unit : units) {
            OpId id = next(container);
            if (!(unit.value() instanceof Content.Anchor)) {
                make(new Operation.Delete(id, container, unit.name()));
            }
        }
    }

    /** Gives units a value under a key. */
    void mark(
            ContainerId text,
            String key,
            boolean expandsBefore,
            boolean expandsAfter,
            int position,
            int count,
            Value value) {
        FugueTree sequence = oracle.sequence(text);
        FugueTree.Place start = sequence.placeAt(position);
        OpId id = take(text.document(), 2);
        // the place behind the last unit is sought once the first anchor stands
        FugueTree scratch = sequence.copy();
        Content.Anchor first = new Content.Anchor(expandsBefore);
        scratch.insert(id, start, first);
        FugueTree.Place end = scratch.placeAt(position + 1 + count);
        Content.Anchor second = new Content.Anchor(!expandsAfter);
        make(new Operation.Mark(id, text, key, value, first, start, second, end));
    }

    // ---- movable lists

    /** Returns the element whose slot is at a position. */
    OpId elementAt(ContainerId list, int position) {
        return ((Content.Slot) unitAt(list, position).value()).element();
    }

    private FugueTree.Unit unitAt(ContainerId list, int position) {
        return oracle.sequence(list).visible().get(position);
    }

    /** Tells whether the element at that position was deleted, so that only a slot is left of it. */
    boolean isDeleted(ContainerId list, int position) {
        return !oracle.deletions(elementAt(list, position)).isEmpty();
    }

    /** Moves the unit from one position to another, which is counted without it. */
    void move(ContainerId list, int from, int to) {
        FugueTree.Unit unit = unitAt(list, from);
        FugueTree scratch = oracle.sequence(list).copy();
        scratch.delete(unit.name());
        FugueTree.Place place = scratch.placeAt(to);
        make(new Operation.Move(next(list), list, unit.name(), elementAt(list, from), place));
    }

    void setElement(ContainerId list, int position, Value value) {
        setElement(list, position, new Content.Scalar(value));
    }

    void setElement(ContainerId list, int position, Content content) {
        OpId element = elementAt(list, position);
        make(new Operation.SetElement(next(list), list, element, content));
    }

    void setElement(ContainerId list, int position, Kind kind) {
        OpId element = elementAt(list, position);
        OpId id = next(list);
        ContainerId made = new ContainerId.MadeBy(list, id, element, kind);
        make(new Operation.SetElement(id, list, element, new Content.Inner(made)));
    }

    void dismiss(ContainerId list, OpId element) {
        make(new Operation.Dismiss(next(list), list, element));
    }

    // ---- trees

    /** Puts a node, or a new one, below another or at the top. */
    void place(ContainerId tree, Optional<OpId> node, Optional<OpId> above, PositionKey position) {
        OpId id = next(tree);
        make(new Operation.PlaceNode(id, tree, node.orElse(id), above, position));
    }

    void drop(ContainerId tree, OpId node) {
        make(new Operation.DropNode(next(tree), tree, node));
    }

    // ---- counters

    void add(ContainerId counter, long delta) {
        if (delta != 0) {
            make(new Operation.Add(next(counter), counter, delta));
        }
    }
}
