package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.sequence.Sequence;
import dev.cairn.crdt.version.ChangeId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A movable list: elements which keep their identity when they are moved or assigned to (SPEC 12.6).
 *
 * <p>The units of its sequence are complements of {@link Slots}. An element that was never assigned to, holds no
 * container and was deleted at most once is nothing but numbers; every other one has a register: a map whose only key
 * is empty, of which no operation knows.
 */
public final class MovableListContainer extends Container {
    private static final int ALIVE = Integer.MIN_VALUE;

    /** The deletion of elements of which a snapshot knows no more than a slot. */
    private static final int BELOW = -1;

    final Sequence sequence;
    final Slots slots;

    /** Per element deleted below the base: the lost edits inside it. */
    final Map<OpId, int[]> lostElements = new LinkedHashMap<>();

    private final Document document;
    private final EventGraph graph;
    private final IntList deletedBy = new IntList();
    private @Nullable MapContainer[] registers = new @Nullable MapContainer[0];
    private int size;

    private final StaleSlots stale = new StaleSlots();
    private boolean staleKnown = true;

    private final Map<OpId, Integer> byId = new HashMap<>();
    private int named;

    private int[] units = new int[16];

    /** Per element: the part in which it was shown last. */
    private @Nullable ShownPart[] partOf = new @Nullable ShownPart[0];

    MovableListContainer(Origin origin, int index, Document document) {
        super(origin, ContainerType.MOVABLE_LIST, index);
        this.document = document;
        this.graph = document.graph;
        this.slots = new Slots(graph);
        this.sequence = new Sequence(graph, this::removed);
    }

    /** Notes in which part elements are shown. */
    public void shownIn(int[] elements, ShownPart part) {
        if (partOf.length < slots.elements()) {
            partOf = Arrays.copyOf(partOf, Math.max(slots.elements(), 2 * partOf.length));
        }
        for (int element : elements) {
            partOf[element] = part;
            MapContainer register = findRegister(element);
            if (register != null) {
                register.shownIn = part;
            }
        }
    }

    /** Notes that an element looks different, or stands elsewhere. */
    private void looksDifferent(int element) {
        ShownPart part = element < partOf.length ? partOf[element] : null;
        if (part != null) {
            part.stale = true;
        }
    }

    @Override
    void changedInside(Container container) {
        if (container.shownIn != null) {
            container.shownIn.stale = true;
        }
    }

    /** Returns how many elements there are. */
    public int size() {
        return size;
    }

    /** Tells whether an element stands in that slot. */
    public boolean isShown(int slot) {
        int element = slots.elementOf(slot);
        return slots.greatest(element) == slot && !isDeleted(element);
    }

    boolean isDeleted(int element) {
        return deletedBy.get(element) != ALIVE;
    }

    /** Tells whether an element was deleted by a change which is not below the base. */
    public boolean mayHaveLost(int element) {
        return isDeleted(element) && deletedBy.get(element) != BELOW;
    }

    /** Returns what an element shows: the address of a scalar, or the complement of a container's index. */
    public int shown(int element) {
        MapContainer register = findRegister(element);
        Integer shown = register == null ? null : register.shown(graph, MapContainer.NO_KEY);
        return shown == null ? slots.content(element) : shown;
    }

    /** Returns the register of an element, or null while it is as it was inserted. */
    public @Nullable MapContainer findRegister(int element) {
        return element < registers.length ? registers[element] : null;
    }

    /** Returns the register of an element, made if need be. */
    public MapContainer register(int element) {
        MapContainer known = findRegister(element);
        if (known != null) {
            return known;
        }
        MapContainer register = emptyRegister(element);
        entry(register).add(graph, slots.lv(element), slots.index(element), slots.content(element));
        if (mayHaveLost(element)) {
            register.deletedBy(graph, deletedBy.get(element));
        }
        return register;
    }

    /** Gives an element a register to which nothing was assigned. */
    public MapContainer emptyRegister(int element) {
        if (element >= registers.length) {
            registers = Arrays.copyOf(registers, Math.max(element + 1, registers.length * 2));
        }
        MapContainer register = new MapContainer(
                Origin.element(this, slots.lv(element), slots.index(element)), ContainerType.REGISTER, -1);
        registers[element] = register;
        return register;
    }

    /** Returns the only entry of a register. */
    public static Entry entry(MapContainer register) {
        return register.findOrAdd(MapContainer.NO_KEY, 0, 0);
    }

    private boolean sawDeleted(int element, int lv) {
        if (!isDeleted(element) || graph.inPast(deletedBy.get(element), lv)) {
            return isDeleted(element);
        }
        MapContainer register = findRegister(element);
        return register != null && register.sawDeleted(graph, lv);
    }

    /** Visits the changes which moved a deleted element and of which nobody who deleted it knew. */
    public void lostMoves(int element, IntConsumer visitor) {
        MapContainer register = findRegister(element);
        for (int slot = slots.lastMove(element); slot != Slots.NONE; slot = slots.moveBefore(slot)) {
            int lv = slots.lvOfSlot(slot);
            boolean covered = register == null ? graph.inPast(lv, deletedBy.get(element)) : register.covers(graph, lv);
            if (!covered) {
                visitor.accept(lv);
            }
        }
    }

    // ---- operations

    /** Applies an operation of a change. */
    void apply(OperationReader reader, int toAddress) {
        staleKnown = false;
        int lv = document.localLv();
        switch (reader.kind()) {
            case Layout.INSERT -> insert(reader, lv, toAddress);
            case Layout.DELETE -> delete(reader, lv);
            case Layout.MOVE -> move(reader, lv);
            case Layout.SET -> set(reader, lv, toAddress);
            case Layout.DROP -> drop(document.id(reader), lv);
            default -> document.invalid("an operation of another container", reader);
        }
    }

    private void insert(OperationReader reader, int lv, int toAddress) {
        int count = reader.count();
        if (reader.at() > sequence.lengthAt(lv)) {
            document.invalid("an insertion outside", reader);
            return;
        }
        byte[] bytes = reader.array();
        if (level == Layout.DEPTH_MAX && ValueCodec.holdsContainer(bytes, reader.contentStart(), reader.contentEnd())) {
            document.invalid("a container nested too deep", reader);
            return;
        }
        if (count > units.length) {
            units = new int[Math.max(count, units.length * 2)];
        }
        int at = reader.contentStart();
        for (int i = 0; i < count; i++) {
            units[i] = add(bytes[at], at + toAddress, lv, document.nextIndex() + i);
            at += ValueCodec.length(bytes, at);
        }
        sequence.insert(lv, reader.at(), units, count);
        edited(lv);
        document.advance(count);
    }

    /** Adds an element and returns its unit. */
    private int add(int tag, int address, int lv, int index) {
        int element = add(address, lv, index);
        if (tag >= Layout.CONTAINER_TAG) {
            addContainer(element, ContainerType.of(tag - Layout.CONTAINER_TAG), lv, index);
        }
        return ~slots.greatest(element);
    }

    private int add(int content, int lv, int index) {
        int element = slots.addElement(content, lv, index);
        deletedBy.add(ALIVE);
        size++;
        return element;
    }

    /** Makes the container with which an element was inserted. */
    private Container addContainer(int element, ContainerType type, int lv, int index) {
        MapContainer register = emptyRegister(element);
        Entry entry = entry(register);
        Container made = document.createMade(Origin.assigned(register, entry, lv, index), type);
        slots.setContent(element, ~made.index);
        entry.add(graph, lv, index, ~made.index);
        return made;
    }

    private void delete(OperationReader reader, int lv) {
        if (!sequence.delete(lv, reader.at(), reader.count())) {
            document.invalid("a deletion outside", reader);
            return;
        }
        edited(lv);
        document.advance(reader.count());
    }

    private void removed(int unit, int lv) {
        int element = slots.elementOf(~unit);
        looksDifferent(element);
        if (document.journal != null) {
            document.journal.deleted(this, element, lv);
        }
        int by = deletedBy.get(element);
        if (by == ALIVE) {
            size--;
            deletedBy.set(element, lv);
            MapContainer register = findRegister(element);
            if (register != null) {
                register.deletedBy(graph, lv);
            }
        } else if (by != BELOW && by != lv) {
            register(element).deletedBy(graph, lv);
        }
        if (!graph.runDominates(graph.runOf(lv))) {
            document.suspect(this);
        }
    }

    private void move(OperationReader reader, int lv) {
        int length = sequence.lengthAt(lv);
        if (reader.at() >= length || reader.count() >= length) {
            document.invalid("a move outside", reader);
            return;
        }
        int element = slots.elementOf(~sequence.unitAt(lv, reader.at()));
        if (sawDeleted(element, lv)) {
            document.invalid("a move of an element that is deleted", reader);
            return;
        }
        move(element, reader.at(), reader.count(), lv);
    }

    private void move(int element, int from, int to, int lv) {
        sequence.take(lv, from);
        units[0] = ~slots.addSlot(element, lv, document.nextIndex());
        sequence.insert(lv, to, units, 1);
        changed(element, lv);
        document.advance(1);
    }

    private void set(OperationReader reader, int lv, int toAddress) {
        if (reader.at() >= sequence.lengthAt(lv)) {
            document.invalid("an assignment outside", reader);
            return;
        }
        if (reader.flags() == Layout.HAD_BEFORE) {
            setAgain(reader, lv);
            return;
        }
        int tag = reader.array()[reader.contentStart()];
        if (level == Layout.DEPTH_MAX && tag >= Layout.CONTAINER_TAG) {
            document.invalid("a container nested too deep", reader);
            return;
        }
        int element = slots.elementOf(~sequence.unitAt(lv, reader.at()));
        if (sawDeleted(element, lv)) {
            document.invalid("an assignment to an element that is deleted", reader);
        } else if (tag < Layout.CONTAINER_TAG) {
            assign(element, reader.contentStart() + toAddress, lv);
        } else {
            assign(element, ContainerType.of(tag - Layout.CONTAINER_TAG), lv);
        }
    }

    private void setAgain(OperationReader reader, int lv) {
        int element = slots.elementOf(~sequence.unitAt(lv, reader.at()));
        MapContainer register = findRegister(element);
        Container container = document.findMade(reader);
        if (container == null || register == null || container.parent != register) {
            document.invalid("an assignment of a container that is not there", reader);
        } else {
            assignAgain(element, container, lv);
        }
    }

    /** Assigns a container to an element which had it before. */
    public void assignAgain(int element, Container container, int lv) {
        MapContainer register = register(element);
        document.assign(register, entry(register), lv, container);
        assigned(element, lv);
    }

    /** Assigns a scalar to an element. */
    public void assign(int element, int address, int lv) {
        MapContainer register = register(element);
        document.put(register, entry(register), lv, address);
        assigned(element, lv);
    }

    /** Assigns a new container to an element. */
    public Container assign(int element, ContainerType type, int lv) {
        MapContainer register = register(element);
        Entry entry = entry(register);
        Container made = document.createMade(Origin.assigned(register, entry, lv, document.nextIndex()), type);
        document.assign(register, entry, lv, made);
        assigned(element, lv);
        return made;
    }

    private void assigned(int element, int lv) {
        if (document.journal != null) {
            document.journal.assigned(this, element, lv, document.nextIndex() - 1);
        }
        changed(element, lv);
    }

    private void changed(int element, int lv) {
        looksDifferent(element);
        if (isDeleted(element)) {
            document.suspect(this);
        }
        edited(lv);
    }

    private void drop(@Nullable OpId id, int lv) {
        Integer element = id == null ? null : find(id);
        if (element != null && sawDeleted(element, lv)) {
            register(element).superseded(graph, lv);
        } else if (id != null) {
            lostElements.remove(id);
        }
        document.advance(1);
    }

    /** Dismisses locally what was lost inside a deleted element. */
    public void dropLocal(int element) {
        register(element).superseded(graph, document.localLv());
        document.suspect(this);
        document.advance(1);
    }

    private @Nullable Integer find(OpId id) {
        for (; named < slots.elements(); named++) {
            if (deletedBy.get(named) != BELOW) {
                ChangeId change = graph.id(slots.lv(named));
                byId.put(new OpId(change.actor(), change.seq(), slots.index(named)), named);
            }
        }
        return byId.get(id);
    }

    // ---- local edits: indexes are those of elements

    /** Returns the position in units of an element, or of the end. */
    public int position(int index) {
        if (!staleKnown) {
            stale.clear();
            int[] all = sequence.size() == size ? new int[0] : sequence.toArray();
            for (int i = 0; i < all.length; i++) {
                if (!isShown(~all[i])) {
                    stale.add(i);
                }
            }
            staleKnown = true;
        }
        return stale.position(index);
    }

    /** Returns the element at an index. */
    public int elementAt(int index) {
        return slots.elementOf(~sequence.get(position(index)));
    }

    /** Returns the element in the slot at a position. */
    public int elementIn(int position) {
        return slots.elementOf(~sequence.get(position));
    }

    /** Inserts a scalar at a position. */
    public void insertLocal(int position, int address) {
        insertLocal(position, add(address, document.localLv(), document.nextIndex()), document.localLv());
    }

    private void insertLocal(int position, int element, int lv) {
        units[0] = ~slots.greatest(element);
        sequence.insert(lv, position, units, 1);
        stale.inserted(position);
        edited(lv);
        document.advance(1);
    }

    /** Inserts a new container at a position. */
    public Container insertLocal(int position, ContainerType type) {
        int lv = document.localLv();
        int element = add(0, lv, document.nextIndex());
        Container made = addContainer(element, type, lv, document.nextIndex());
        insertLocal(position, element, lv);
        return made;
    }

    /** Returns how many elements, at most that many, stand in adjacent slots from that position on. */
    public int adjacent(int position, int most) {
        return Math.min(stale.gap(position), most);
    }

    /** Deletes elements which stand in adjacent slots. */
    public void deleteLocal(int position, int count) {
        int lv = document.localLv();
        sequence.delete(lv, position, count);
        stale.deleted(position, count);
        edited(lv);
        document.advance(count);
    }

    /** Returns the position, counted without the slot at {@code from}, of an index counted without that element. */
    public int positionWithout(int from, int index) {
        stale.deleted(from, 1);
        int position = stale.position(index);
        stale.inserted(from);
        return position;
    }

    /** Moves the element in the slot at a position. */
    public void moveLocal(int from, int to) {
        stale.deleted(from, 1);
        stale.inserted(to);
        move(slots.elementOf(~sequence.get(from)), from, to, document.localLv());
    }

    // ---- below the base

    /** Adds an element, named by the operation that inserted it, and returns it. */
    public int restoreElement(int content, int lv, int index) {
        return add(content, lv, index);
    }

    /** Adds an element of which no more is known than that it is deleted, and returns a slot of it. */
    public int restoreDeleted() {
        int element = slots.addElement(0, BELOW, 0);
        deletedBy.add(BELOW);
        return slots.greatest(element);
    }

    /** Sets the slots below the base. */
    public void load(int[] content) {
        sequence.load(content);
        staleKnown = false;
    }

    /** Returns the slots in their order. */
    public Sequence sequence() {
        return sequence;
    }

    /** Returns what stands in which slot. */
    public Slots slots() {
        return slots;
    }

    /** Returns, per element deleted below the base, the lost edits inside it. */
    public Map<OpId, int[]> lostElements() {
        return lostElements;
    }
}
