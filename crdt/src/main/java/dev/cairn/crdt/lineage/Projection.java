package dev.cairn.crdt.lineage;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.ElementLog;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.Journal;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.Slots;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.tree.MoveTree;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A document as some of its changes alone would have made it: those of a version, or all but the ones taken back.
 *
 * <p>Everything is computed from the whole past of a container when it is asked for, in time proportional to that.
 */
public final class Projection {
    /** Stands for the content of an entry without assignments. */
    public static final int ABSENT = Journal.REMOVED;

    private final Past past;
    private final EventGraph graph;
    private final IntPredicate changes;
    private final PastViews views = new PastViews(this);
    private @Nullable Document replayed;
    private final Map<SequenceContainer, boolean[]> visible = new HashMap<>();
    private final Map<MovableListContainer, int[]> elements = new HashMap<>();
    private final Map<TreeContainer, MoveTree> trees = new HashMap<>();

    /** Looks at a version of a document, given by its changes. */
    public Projection(Past past, IntPredicate changes) {
        this.past = past;
        this.graph = past.document.graph();
        this.changes = changes;
    }

    Past past() {
        return past;
    }

    boolean has(int lv) {
        return changes.test(lv);
    }

    /** Returns the remaining assignments of an entry. */
    Entry entry(Entry whole) {
        return remaining(whole.blank(), past.journal.operations(whole));
    }

    private Entry remaining(Entry remaining, IntList operations) {
        for (int i = 0; i < operations.size(); i += 3) {
            int lv = operations.get(i);
            if (!changes.test(lv)) {
                continue;
            }
            remaining.supersede(graph, lv);
            if (operations.get(i + 2) != Journal.REMOVED) {
                remaining.add(graph, lv, operations.get(i + 1), operations.get(i + 2));
            }
        }
        return remaining;
    }

    /** Returns what is shown under a key, or {@link #ABSENT}. */
    public int shown(Entry whole) {
        return shownOf(entry(whole));
    }

    /** Tells by unit which are visible. */
    public boolean[] visible(SequenceContainer sequence) {
        return visible.computeIfAbsent(sequence, key -> past.units(key).visible(changes));
    }

    /** Returns the contents of the visible units. */
    int[] content(SequenceContainer sequence) {
        UnitOrder units = past.units(sequence);
        boolean[] shown = visible(sequence);
        int[] content = new int[units.size()];
        int size = 0;
        for (int i = 0; i < units.size(); i++) {
            if (shown[units.unit(i)]) {
                content[size++] = past.journal.content(sequence, units.unit(i));
            }
        }
        return Arrays.copyOf(content, size);
    }

    /** Returns the sum of a counter. */
    public long sum(CounterContainer counter) {
        Journal.Increments increments = past.journal.increments(counter);
        long sum = 0;
        for (int i = 0; i < increments.lvs().size(); i++) {
            sum += changes.test(increments.lvs().get(i)) ? increments.delta(i) : 0;
        }
        return sum;
    }

    /**
     * Returns the container which is shown at the end of a path.
     *
     * @throws IllegalArgumentException if there is none
     */
    Container container(List<Step> path) {
        Container found = past.document.root();
        for (Step step : path) {
            int content = child(insideRegisters(found), step);
            if (content >= 0 || content == ABSENT) {
                throw new IllegalArgumentException("no container at " + step + " of " + path);
            }
            found = container(content);
        }
        return insideRegisters(found);
    }

    /** Returns what a register holds if that is a container, and so on; any other container itself. */
    private Container insideRegisters(Container container) {
        Container inside = container;
        while (inside instanceof MapContainer register && register.type() == ContainerType.REGISTER) {
            int content = shown(register.findOrAdd(MapContainer.NO_KEY, 0, 0));
            if (content >= 0 || content == ABSENT) {
                return inside;
            }
            inside = container(content);
        }
        return inside;
    }

    /** Tells whether a step from one container leads to another. */
    boolean shows(Container around, Step step, Container inner) {
        return child(around, step) == ~inner.index();
    }

    private int child(Container container, Step step) {
        if (container instanceof MapContainer map && step instanceof Step.Key key) {
            byte[] name = Utf8.bytes(key.key());
            Entry entry = map.find(name, 0, name.length);
            return entry == null ? ABSENT : shown(entry);
        }
        if (container instanceof SequenceContainer list
                && list.type() == ContainerType.LIST
                && step instanceof Step.Index index) {
            int[] content = content(list);
            return index.index() >= 0 && index.index() < content.length ? content[index.index()] : ABSENT;
        }
        if (container instanceof MovableListContainer list && step instanceof Step.Index index) {
            return element(list, index.index());
        }
        if (container instanceof TreeContainer tree && step instanceof Step.TreeNode node) {
            return node(tree, node.id());
        }
        return ABSENT;
    }

    /** Returns the document as these changes make it, which must be those of a version. */
    public Document replayed() {
        Document known = replayed;
        if (known == null) {
            known = past.replay(changes);
            replayed = known;
        }
        return known;
    }

    /** Returns a container of the past in {@link #replayed}; null if it is not there. */
    public @Nullable Container there(Container container) {
        return ContainerRef.counterpart(container, past.document, replayed());
    }

    /** Returns the content in the past for one in {@link #replayed}. */
    public int here(int content) {
        if (content >= 0) {
            return content;
        }
        Container found = ContainerRef.counterpart(replayed().containers().get(~content), replayed(), past.document);
        return found == null ? ABSENT : ~found.index();
    }

    private int element(MovableListContainer list, int index) {
        int[] shown = elements(list);
        return index >= 0 && index < shown.length ? shown(list, shown[index]) : ABSENT;
    }

    private int node(TreeContainer tree, TreeNodeId id) {
        int node = past.document.trees().find(tree, id);
        return node >= 0 && tree(tree).isIn(node)
                ? ~past.document.trees().map(tree, node).index()
                : ABSENT;
    }

    /** Returns the elements of a movable list in their order. */
    int[] elements(MovableListContainer list) {
        return elements.computeIfAbsent(list, this::findElements);
    }

    private int[] findElements(MovableListContainer list) {
        ElementLog log = past.journal.elements(list);
        boolean[] there = new boolean[log.operations()];
        for (int n = 0; n < there.length; n++) {
            there[n] = log.target(n) < 0 && changes.test(log.lv(n));
        }
        for (int n = 0; n < there.length; n++) {
            if (log.target(n) >= 0 && there[log.target(n)] && changes.test(log.lv(n))) {
                there[log.target(n)] = false;
            }
        }
        int[] places = new int[log.elementCount()];
        Arrays.fill(places, Slots.NONE);
        for (int slot = 0; slot < list.slots().size(); slot++) {
            int element = list.slots().elementOf(slot);
            if (changes.test(list.slots().lvOfSlot(slot))
                    && (places[element] == Slots.NONE || list.slots().compare(slot, places[element]) > 0)) {
                places[element] = slot;
            }
        }
        UnitOrder units = past.units(list);
        SlotUnits slots = new SlotUnits(list, units);
        IntList found = new IntList();
        for (int i = 0; i < units.size(); i++) {
            int slot = slots.slot(units.unit(i));
            int element = list.slots().elementOf(slot);
            if (places[element] == slot && there[log.pieceOf(element)]) {
                found.add(element);
            }
        }
        return found.toArray();
    }

    /** Returns what an element of a movable list shows, or {@link #ABSENT}. */
    int shown(MovableListContainer list, int element) {
        return shownOf(remaining(Entry.ofRegister(), past.journal.operations(list, element)));
    }

    private int shownOf(Entry remaining) {
        return remaining.count() == 0 ? ABSENT : remaining.content(remaining.winner(graph));
    }

    /** Returns where the nodes of a tree are. */
    MoveTree tree(TreeContainer tree) {
        return trees.computeIfAbsent(tree, key -> key.moves().only(changes));
    }

    /** Returns the container which a content names. */
    public Container container(int content) {
        return past.document.containers().get(~content);
    }

    /** Returns what a content shows, if it is there. */
    Optional<Node> optional(int content) {
        return views.optional(content);
    }

    /** Returns what a content shows. */
    public Node node(int content) {
        return views.node(content);
    }

    /** Returns what a container showed. */
    public Node view(Container container) {
        return views.view(container);
    }

    /** Returns the map of a node. */
    MapView data(TreeContainer tree, int node) {
        return views.data(tree, node);
    }
}
