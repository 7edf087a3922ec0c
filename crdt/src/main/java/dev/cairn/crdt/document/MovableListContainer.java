package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
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

    private final MovableListEdits local;

    private final Map<OpId, Integer> byId = new HashMap<>();
    private int named;

    private final int[] unit = new int[1];

    /** Per element: the part in which it was shown last. */
    private @Nullable ShownPart[] partOf = new @Nullable ShownPart[0];

    MovableListContainer(Origin origin, int index, Document document) {
        super(origin, ContainerType.MOVABLE_LIST, index);
        this.document = document;
        this.graph = document.graph;
        this.slots = new Slots(graph);
        this.sequence = new Sequence(graph, this::removed);
        this.local = new MovableListEdits(this, document);
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

    /** Tells whether the author of a change saw that an element was deleted. */
    boolean sawDeleted(int element, int lv) {
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

    /** Adds an element, which is in no slot yet but its first. */
    int add(int content, int lv, int index) {
        int element = slots.addElement(content, lv, index);
        deletedBy.add(ALIVE);
        size++;
        return element;
    }

    /** Makes the container with which an element was inserted. */
    Container addContainer(int element, ContainerType type, int lv, int index) {
        MapContainer register = emptyRegister(element);
        Entry entry = entry(register);
        Container made = document.createMade(Origin.assigned(register, entry, lv, index), type);
        slots.setContent(element, ~made.index);
        entry.add(graph, lv, index, ~made.index);
        return made;
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

    /** Moves an element from one position to another, both at the version of the change. */
    void move(int element, int from, int to, int lv) {
        sequence.take(lv, from);
        unit[0] = ~slots.addSlot(element, lv, document.nextIndex());
        sequence.insert(lv, to, unit, 1);
        changed(element, lv);
        document.advance(1);
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

    /** Dismisses locally what was lost inside a deleted element. */
    public void dropLocal(int element) {
        register(element).superseded(graph, document.localLv());
        document.suspect(this);
        document.advance(1);
    }

    /** Returns the element which an operation inserted, or null if it is deleted below the base, or none. */
    @Nullable
    Integer find(OpId id) {
        for (; named < slots.elements(); named++) {
            if (deletedBy.get(named) != BELOW) {
                ChangeId change = graph.id(slots.lv(named));
                byId.put(new OpId(change.actor(), change.seq(), slots.index(named)), named);
            }
        }
        return byId.get(id);
    }

    /** Returns the element at an index. */
    public int elementAt(int index) {
        return slots.elementOf(~sequence.get(local.position(index)));
    }

    /** Returns the element in the slot at a position. */
    public int elementIn(int position) {
        return slots.elementOf(~sequence.get(position));
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
        local.forgetStale();
    }

    /** Returns the edits which this device makes. */
    public MovableListEdits local() {
        return local;
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
