package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.view.InvalidOperation;
import dev.cairn.crdt.view.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The live state of one document; changes are applied in ascending order of their local versions. */
public final class Document {
    final EventGraph graph;
    final ByteLog log;
    final String name;
    final ContainerTable table;
    final List<Container> containers;
    final MapContainer root;
    private @Nullable Trees trees;
    private List<InvalidOperation> invalid = List.of();

    /** Whether conflicts may be where nothing is suspected, so that all has to be searched for them. */
    private boolean mayHaveConflicts;

    /** Takes down every operation, if somebody wants to know of them later. */
    @Nullable
    Journal journal;

    /** How often it began to change: whoever keeps something of it knows by this that it is outdated. */
    private int edition;

    // the change being applied or made, and its next operation
    private int lv;
    private int index;

    /** Returns an empty document. */
    public Document(EventGraph graph, ByteLog log, String name) {
        this.graph = graph;
        this.log = log;
        this.name = name;
        this.root = new MapContainer(Container.Origin.ROOT, ContainerType.MAP, 0);
        this.table = new ContainerTable(this);
        this.containers = table.all;
        containers.add(root);
    }

    /** Has every operation taken down from now on. */
    public void keep(Journal operations) {
        journal = operations;
    }

    /** Returns how often the document began to change: what was made of it in another edition is outdated. */
    public int edition() {
        return edition;
    }

    /** Notes that conflicts may be anywhere. */
    public void suspectAll() {
        mayHaveConflicts = true;
    }

    /** Tells whether conflicts may be anywhere, and notes that they are being searched for. */
    public boolean takeSuspicion() {
        boolean all = mayHaveConflicts;
        mayHaveConflicts = false;
        return all;
    }

    /** Returns how many operations did nothing. */
    int faults() {
        return invalid.size();
    }

    /** Notes that the next operation does nothing. */
    void invalid(String reason, OperationReader reader) {
        add(new InvalidOperation(graph.id(lv), name, index, reason));
        index += reader.indexes();
    }

    /** Starts a change, whose operations follow one by one. */
    public void startChange(int changeLv) {
        lv = changeLv;
        index = 0;
        edition++;
    }

    /** Returns which operation of its change the next one is. */
    public int nextIndex() {
        return index;
    }

    /** Counts units of operations which a container has applied itself. */
    public void advance(int by) {
        index += by;
    }

    /** Assigns a scalar, which is at that address, to an entry. */
    public void put(MapContainer map, Entry entry, int byLv, int address) {
        entry.supersede(graph, byLv);
        entry.add(graph, byLv, index, address);
        replaced(map, entry, byLv);
    }

    /** Notes that there may be conflicts inside a container, wherever it is. */
    void suspect(Container inside) {
        for (Container c = inside; c.parent != null; c = c.parent) {
            c.parent.suspect(c);
        }
    }

    private void suspect(MapContainer map, Entry entry) {
        map.suspect(entry);
        suspect(map);
    }

    /** Takes the assignments of an entry away which that change knew. */
    public void remove(MapContainer map, Entry entry, int byLv) {
        entry.supersede(graph, byLv);
        replaced(map, entry, byLv);
    }

    private void replaced(MapContainer map, Entry entry, int byLv) {
        entry.replacedBy(graph, byLv, index);
        supersedeDerived(map, entry, byLv, -1);
        changed(map, entry, byLv);
    }

    private void changed(MapContainer map, Entry entry, int byLv) {
        if (entry.isHeldByOthersThan(byLv)) {
            entry.unsearched();
            suspect(map, entry);
        }
        map.touch(entry);
        map.edited(byLv);
        index++;
    }

    private void supersedeDerived(MapContainer map, Entry entry, int byLv, int except) {
        for (int i = 0; i < entry.derived.size(); i++) {
            Container container = entry.derived.get(i);
            if (container.index != except) {
                container.superseded(graph, byLv);
                if (!graph.runDominates(graph.runOf(byLv))) {
                    suspect(map, entry);
                }
            }
        }
    }

    /** Assigns a derived container to an entry, and returns it. */
    public Container make(MapContainer map, Entry entry, int byLv, ContainerType type, @Nullable OpId base) {
        Container found = entry.find(type, base);
        if (found != null) {
            entry.unsearched();
            suspect(map, entry);
        }
        Container container = table.derived(map, entry, type, base);
        container.madeBy(byLv);
        assign(map, entry, byLv, container);
        return container;
    }

    /** Assigns a container to an entry. */
    void assign(MapContainer map, Entry entry, int byLv, Container container) {
        entry.supersede(graph, byLv);
        entry.add(graph, byLv, index, ~container.index);
        entry.replacedBy(graph, byLv, index);
        supersedeDerived(map, entry, byLv, container.index);
        changed(map, entry, byLv);
    }

    /** Adds to a counter. */
    public void add(CounterContainer counter, int byLv, long delta) {
        counter.add(delta);
        counter.edited(byLv);
        index++;
    }

    /** Dismisses locally what was lost inside a deleted element of a list. */
    public void dropLocal(Container element) {
        element.superseded(graph, lv);
        index++;
    }

    /** Inserts one code point or element locally into a text or list. */
    public void insertLocal(SequenceContainer into, int position, int unit) {
        into.sequence.insert(lv, position, unit);
        into.edited(lv);
        index++;
    }

    /** Inserts local content into a text or list. */
    public void insertLocal(SequenceContainer into, int position, int[] content) {
        into.sequence.insert(lv, position, content, content.length);
        into.edited(lv);
        index += content.length;
    }

    /** Deletes locally from a text or list. */
    public void deleteLocal(SequenceContainer from, int position, int count) {
        from.sequence.delete(lv, position, count);
        from.edited(lv);
        index += count;
    }

    /** Returns the change that is being applied or made. */
    public int localLv() {
        return lv;
    }

    /** Returns the container made by that operation, or null. */
    public @Nullable Container made(OpId id) {
        return table.made(id);
    }

    /** Returns the operation which made a container. */
    public OpId idOf(Container container) {
        return table.idOf(container);
    }

    /** Makes a container which is named by the operation that makes it. */
    public Container createMade(Container.Origin origin, ContainerType type) {
        return table.createMade(origin, type);
    }

    /** Adds a container at its place below the base of the graph. */
    public Container restore(Container.Origin origin, ContainerType type) {
        return table.restore(origin, type);
    }

    /** Returns the container which is shown at the end of that path, or null; registers on the way take no step. */
    public @Nullable Container at(List<Step> path) {
        return new Paths(this).at(path);
    }

    /** Returns the container itself, or what is shown in the register that it is, if that is a container. */
    public @Nullable Container insideRegisters(Container container) {
        return new Paths(this).insideRegisters(container);
    }

    /** Adds an operation which did nothing. */
    public void add(InvalidOperation operation) {
        if (invalid.isEmpty()) {
            invalid = new ArrayList<>();
        }
        invalid.add(operation);
    }

    /** Returns the operations which did nothing. */
    public List<InvalidOperation> invalid() {
        return List.copyOf(invalid);
    }

    /** Returns the name of the document. */
    public String name() {
        return name;
    }

    /** Returns the map in which everything is. */
    public MapContainer root() {
        return root;
    }

    /** Returns the graph of the changes. */
    public EventGraph graph() {
        return graph;
    }

    /** Returns what the trees of the document have in common; most documents never have one. */
    public Trees trees() {
        Trees known = trees;
        if (known == null) {
            known = new Trees(this);
            trees = known;
        }
        return known;
    }

    /** Returns the UTF-8 bytes of the name. */
    public byte[] nameBytes() {
        return Utf8.name(name);
    }

    /** Returns the bytes in which the addresses of scalars are. */
    public ByteLog log() {
        return log;
    }

    /** Returns the containers by their numbers. */
    public List<Container> containers() {
        return containers;
    }
}
