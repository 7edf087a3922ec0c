package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.InvalidOperation;
import dev.cairn.crdt.view.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The live state of one document; changes are applied in ascending order of their local versions. */
public final class Document {
    private static final int[] NO_UNITS = {};

    final EventGraph graph;
    final ByteLog log;
    final String name;
    final byte[] nameBytes;
    final List<Container> containers = new ArrayList<>(1);
    final MapContainer root;
    private Map<OpId, Container> made = Map.of();
    private List<InvalidOperation> invalid = List.of();

    final Trees trees;

    /** Whether conflicts may be where nothing is suspected, so that all has to be searched for them. */
    private boolean mayHaveConflicts;

    /** Takes down every operation, if somebody wants to know of them later. */
    @Nullable
    Journal journal;

    /** How often it began to change: whoever keeps something of it knows by this that it is outdated. */
    private int edition;

    // the change being applied
    private @Nullable Container[] path = new @Nullable Container[1];
    private int lv;
    private int index;
    private int[] units = NO_UNITS;

    /** Returns an empty document. */
    public Document(EventGraph graph, ByteLog log, String name) {
        this.graph = graph;
        this.log = log;
        this.name = name;
        this.nameBytes = Utf8.name(name);
        this.root = new MapContainer(Container.Origin.ROOT, ContainerType.MAP, 0);
        this.trees = new Trees(this);
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

    /** Applies the part of a change which starts at that address with its DOCUMENT instruction. */
    public void apply(int changeLv, int address, int length, OperationReader reader) {
        int from = log.offset(address);
        reader.reset(log.array(address), from, from + length);
        lv = changeLv;
        index = 0;
        edition++;
        int depth = 0;
        path[0] = root;
        reader.next();
        while (reader.next()) {
            switch (reader.kind()) {
                case Layout.DOCUMENT -> {
                    return;
                }
                case Layout.ENTER, Layout.ENTER_MADE -> {
                    if (depth + 1 == path.length) {
                        path = Arrays.copyOf(path, 2 * path.length);
                    }
                    path[depth + 1] = enter(path[depth], reader);
                    depth++;
                }
                case Layout.LEAVE -> depth -= reader.count();
                case Layout.TAKE_BACK -> takeBack(reader);
                default -> operation(path[depth], reader, address - from);
            }
        }
    }

    private void takeBack(OperationReader reader) {
        OpId id = journal == null ? null : id(reader);
        int actor = id == null ? -1 : graph.findActor(id.actor());
        if (journal != null && id != null && actor >= 0 && id.seq() <= graph.known(actor)) {
            journal.takenBack(lv, graph.lvOf(actor, (int) id.seq()), reader.flags() == Layout.AGAIN);
        }
    }

    /** Returns the container made by an operation which inserted it. */
    Container madeBy(int byLv, int byIndex) {
        OpId id = new OpId(graph.actorId(graph.actorOf(byLv)), graph.seqOf(byLv), byIndex);
        return Objects.requireNonNull(made.get(id));
    }

    /** Returns the container made by that operation, or null. */
    public @Nullable Container made(OpId id) {
        return made.get(id);
    }

    /** Returns the operation which made a container. */
    public OpId idOf(Container container) {
        ChangeId change = graph.id(container.madeLv);
        return new OpId(change.actor(), change.seq(), container.madeIndex);
    }

    private @Nullable Container enter(@Nullable Container current, OperationReader reader) {
        Container entered;
        if (reader.made()) {
            Container node = trees.map(reader, lv);
            entered = node == null ? findMade(reader, reader.type()) : node;
        } else if (current instanceof MapContainer map) {
            entered = findDerived(map, reader);
        } else {
            return null;
        }
        if (entered != null && (reader.made() ? entered.mayBeGone() : !entered.isHeld())) {
            suspect(entered);
        }
        return entered;
    }

    /** Returns what the id means at the change being applied; null if it means nothing. */
    @Nullable
    OpId id(OperationReader reader) {
        if (reader.idSeq() == 0) {
            return new OpId(graph.actorId(graph.actorOf(lv)), graph.seqOf(lv), reader.idIndex());
        }
        ActorId actor = new ActorId(reader.idActorHigh(), reader.idActorLow());
        if (graph.branches().isEmpty()) {
            return new OpId(actor, reader.idSeq(), reader.idIndex());
        }
        ChangeId meant = graph.branches().meaning(new ChangeId(actor, reader.idSeq()), lv);
        return meant == null ? null : new OpId(meant.actor(), meant.seq(), reader.idIndex());
    }

    /** Finds a container which the author knew: whether others have made it too must not matter. */
    private @Nullable Container findDerived(MapContainer map, OperationReader reader) {
        Entry entry = map.find(reader.array(), reader.keyStart(), reader.keyLength());
        OpId base = reader.based() ? id(reader) : null;
        if (entry == null || (base == null && reader.based())) {
            return null;
        }
        Container found = entry.find(reader.type(), base);
        return found != null && found.wasMade(graph, lv) ? found : null;
    }

    private @Nullable Container findMade(OperationReader reader, ContainerType type) {
        Container container = findMade(reader);
        return container != null && container.type == type ? container : null;
    }

    /** Finds the container which the author knew by the id of the operation that made it. */
    @Nullable
    Container findMade(OperationReader reader) {
        OpId id = id(reader);
        Container container = id == null ? null : made.get(id);
        if (container == null || (reader.idSeq() == 0) != (container.madeLv == lv)) {
            return null;
        }
        return graph.inPast(container.madeLv, lv) && !container.sawDeleted(graph, lv) ? container : null;
    }

    private void operation(@Nullable Container container, OperationReader reader, int toAddress) {
        if (container == null) {
            invalid("a container that is not there", reader);
            return;
        }
        int before = index;
        int faults = invalid.size();
        operate(container, reader, toAddress);
        if (journal != null && invalid.size() == faults) {
            journal.note(this, container, lv, before, reader, toAddress);
        }
    }

    private void operate(Container container, OperationReader reader, int toAddress) {
        if (container instanceof MovableListContainer list) {
            list.apply(reader, toAddress);
            return;
        }
        if (container instanceof TreeContainer tree) {
            operate(tree, reader, toAddress);
            return;
        }
        switch (reader.kind()) {
            case Layout.PUT ->
                put((MapContainer) container, entry(container, reader), lv, reader.contentStart() + toAddress);
            case Layout.REMOVE -> remove((MapContainer) container, entry(container, reader), lv);
            case Layout.MAKE -> make((MapContainer) container, reader);
            case Layout.ADD -> add((CounterContainer) container, lv, reader.delta());
            case Layout.INSERT -> insert((SequenceContainer) container, reader, toAddress);
            case Layout.DELETE -> delete((SequenceContainer) container, reader);
            case Layout.MARK -> mark((SequenceContainer) container, reader, toAddress);
            case Layout.DROP -> drop((SequenceContainer) container, reader);
            default -> invalid("an operation of a newer version", reader);
        }
    }

    private void operate(TreeContainer tree, OperationReader reader, int toAddress) {
        String wrong = reader.kind() == Layout.PLACE
                ? trees.place(tree, reader, lv, index, toAddress)
                : trees.drop(tree, reader, lv);
        if (wrong == null) {
            index++;
        } else {
            invalid(wrong, reader);
        }
    }

    private void make(MapContainer map, OperationReader reader) {
        if (map.level == Layout.DEPTH_MAX) {
            invalid("a container nested too deep", reader);
            return;
        }
        OpId base = reader.based() ? id(reader) : null;
        if (base == null && reader.based()) {
            invalid("a base that is not there", reader);
            return;
        }
        make(map, entry(map, reader), lv, reader.type(), base);
    }

    private static Entry entry(Container map, OperationReader reader) {
        return ((MapContainer) map).findOrAdd(reader.array(), reader.keyStart(), reader.keyLength());
    }

    void invalid(String reason, OperationReader reader) {
        add(new InvalidOperation(graph.id(lv), name, index, reason));
        index += reader.indexes();
    }

    /** Starts a local change, whose operations follow one by one. */
    public void startLocal(int localLv) {
        lv = localLv;
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
        Container container = derived(map, entry, type, base);
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

    Container derived(MapContainer map, Entry entry, ContainerType type, @Nullable OpId base) {
        Container found = entry.find(type, base);
        if (found != null) {
            return found;
        }
        Container container = create(Container.Origin.derived(map, entry, base), type);
        entry.addDerived(container);
        return container;
    }

    Container create(Container.Origin origin, ContainerType type) {
        int at = containers.size();
        Container container = switch (type) {
            case MAP, REGISTER -> new MapContainer(origin, type, at);
            case COUNTER -> new CounterContainer(origin, at);
            case TEXT -> new SequenceContainer(origin, type, at, graph, null);
            case LIST -> new SequenceContainer(origin, type, at, graph, this::elementRemoved);
            case MOVABLE_LIST -> new MovableListContainer(origin, at, this);
            case TREE -> new TreeContainer(origin, at, graph, log, trees.table());
        };
        containers.add(container);
        return container;
    }

    private void elementRemoved(int content, int byLv) {
        Container container = containers.get(~content);
        container.deletedBy(graph, byLv);
        if (!graph.runDominates(graph.runOf(byLv))) {
            suspect(container);
        }
    }

    /** Makes a container which is named by the operation that makes it. */
    public Container createMade(Container.Origin origin, ContainerType type) {
        Container container = create(origin, type);
        name(container);
        return container;
    }

    private void name(Container container) {
        if (container.entry != null) {
            container.entry.addDerived(container);
        } else if (container.parent instanceof SequenceContainer list) {
            list.made.add(container);
        }
        ChangeId change = graph.id(container.madeLv);
        if (made.isEmpty()) {
            made = new HashMap<>();
        }
        made.put(new OpId(change.actor(), change.seq(), container.madeIndex), container);
    }

    /** Adds to a counter. */
    public void add(CounterContainer counter, int byLv, long delta) {
        counter.add(delta);
        counter.edited(byLv);
        index++;
    }

    private void insert(SequenceContainer into, OperationReader reader, int toAddress) {
        int count = reader.count();
        if (reader.at() > into.sequence.lengthAt(lv)) {
            invalid("an insertion outside", reader);
            return;
        }
        if (into.type == ContainerType.LIST
                && into.level == Layout.DEPTH_MAX
                && ValueCodec.holdsContainer(reader.array(), reader.contentStart(), reader.contentEnd())) {
            invalid("a container nested too deep", reader);
            return;
        }
        if (into.type == ContainerType.TEXT && count == 1) {
            into.sequence.insert(lv, reader.at(), Utf8.decode(reader.array(), reader.contentStart()));
        } else {
            content(into, reader, toAddress);
            into.sequence.insert(lv, reader.at(), units, count);
        }
        into.edited(lv);
        index += count;
    }

    private void content(SequenceContainer into, OperationReader reader, int toAddress) {
        int count = reader.count();
        if (count > units.length) {
            units = new int[Math.max(count, units.length * 2)];
        }
        byte[] bytes = reader.array();
        int at = reader.contentStart();
        for (int i = 0; i < count; i++) {
            if (into.type == ContainerType.TEXT) {
                units[i] = Utf8.decode(bytes, at);
                at += Utf8.width(bytes, at);
            } else {
                units[i] = element(into, bytes[at], at + toAddress, index + i);
                at += ValueCodec.length(bytes, at);
            }
        }
    }

    private int element(SequenceContainer into, int tag, int address, int byIndex) {
        if (tag < Layout.CONTAINER_TAG) {
            return address;
        }
        Container.Origin origin = Container.Origin.made(into, lv, byIndex);
        return ~createMade(origin, ContainerType.of(tag - Layout.CONTAINER_TAG)).index;
    }

    private void delete(SequenceContainer from, OperationReader reader) {
        if (!from.sequence.delete(lv, reader.at(), reader.count())) {
            invalid("a deletion outside", reader);
            return;
        }
        from.edited(lv);
        index += reader.count();
    }

    private void mark(SequenceContainer text, OperationReader reader, int toAddress) {
        if (reader.count() > text.sequence.lengthAt(lv) - reader.at()) {
            invalid("a mark outside", reader);
            return;
        }
        String key = Utf8.string(reader.array(), reader.keyStart(), reader.keyLength());
        int mark = text.addMark(lv, index, key, reader.contentStart() + toAddress, reader.flags());
        text.anchor(lv, mark, reader.at(), reader.count());
        index += 2;
    }

    /** Dismisses what was lost inside a deleted element. */
    private void drop(SequenceContainer list, OperationReader reader) {
        OpId id = id(reader);
        Container element = id == null ? null : made.get(id);
        if (element != null && element.parent == list && element.sawDeleted(graph, lv)) {
            element.superseded(graph, lv);
        } else if (id != null) {
            list.lostElements.remove(id);
        }
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

    /** Adds a container at its place below the base of the graph. */
    public Container restore(Container.Origin origin, ContainerType type) {
        Container container = create(origin, type);
        container.madeBy(-1);
        if (container.isMade()) {
            name(container);
        } else if (origin.entry() != null) {
            origin.entry().addDerived(container);
        }
        return container;
    }

    /** Adds an operation which did nothing. */
    public void add(InvalidOperation operation) {
        if (invalid.isEmpty()) {
            invalid = new ArrayList<>();
        }
        invalid.add(operation);
    }

    /** Returns the container which is shown at the end of that path, or null; registers on the way take no step. */
    public @Nullable Container at(List<Step> path) {
        Container found = root;
        for (Step step : path) {
            Integer content = found == null ? null : shown(insideRegisters(found), step);
            if (content == null || content >= 0) {
                return null;
            }
            found = containers.get(~content);
        }
        return found;
    }

    /** Returns what a step leads to. */
    private @Nullable Integer shown(@Nullable Container from, Step step) {
        if (from instanceof TreeContainer tree && step instanceof Step.TreeNode node) {
            int number = trees.find(tree, node.id());
            return number < 0 || !tree.moves.isIn(number) ? null : ~trees.map(tree, number).index;
        }
        if (from instanceof MapContainer map && step instanceof Step.Key key) {
            byte[] name = Utf8.bytes(key.key());
            return map.shown(graph, name);
        }
        if (from instanceof SequenceContainer list && list.type == ContainerType.LIST) {
            int at = index(step, list.sequence.size());
            return at < 0 ? null : list.sequence.get(at);
        }
        if (from instanceof MovableListContainer list) {
            int at = index(step, list.size());
            return at < 0 ? null : list.shown(list.elementAt(at));
        }
        return null;
    }

    private static int index(Step step, int size) {
        return step instanceof Step.Index index && index.index() < size ? index.index() : -1;
    }

    /** Returns the container itself, or what is shown in the register that it is, if that is a container. */
    public @Nullable Container insideRegisters(Container container) {
        Container inside = container;
        while (inside instanceof MapContainer register && register.type == ContainerType.REGISTER) {
            Integer content = register.shown(graph, MapContainer.NO_KEY);
            if (content == null || content >= 0) {
                return null;
            }
            inside = containers.get(~content);
        }
        return inside;
    }

    /** Returns the operations which did nothing. */
    public List<InvalidOperation> invalid() {
        return List.copyOf(invalid);
    }

    /** Checks the invariants of all containers. */
    public void check() {
        for (Container container : containers) {
            if (container instanceof SequenceContainer sequence) {
                sequence.sequence.check();
            } else if (container instanceof MovableListContainer list) {
                list.sequence.check();
            } else if (container instanceof TreeContainer tree) {
                tree.moves.check();
            }
        }
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

    /** Returns what the trees of the document have in common. */
    public Trees trees() {
        return trees;
    }

    /** Returns the UTF-8 bytes of the name, which must not be changed. */
    public byte[] nameBytes() {
        return nameBytes;
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
