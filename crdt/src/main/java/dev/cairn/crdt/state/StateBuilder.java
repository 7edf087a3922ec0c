package dev.cairn.crdt.state;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.Marks;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.ShownMark;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.immutable.KeyTree;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Builds the immutable state of a document; views of containers which did not change are used again. */
public final class StateBuilder {
    /** A map of which more than this part has changed is put together anew. */
    private static final int REBUILD_PART = 4;

    private static final @Nullable ShownMark[] NO_MARKS = {};

    private final Document document;
    private final EventGraph graph;
    private final TreeStates trees;
    private final ListStates lists;

    /** Builds states of a document, as it is whenever one is asked for. */
    public StateBuilder(Document document) {
        this.document = document;
        this.graph = document.graph();
        this.trees = new TreeStates(this);
        this.lists = new ListStates(this, document);
    }

    /** Returns what a reader sees, with the conflicts that were found. */
    DocumentState build(List<Conflict> conflicts) {
        MapView root = (MapView) node(document.root());
        return new Views.State(document.name(), root, conflicts);
    }

    /** Returns what a container shows. */
    public Node node(Container container) {
        Node known = container.view();
        if (known != null) {
            return known;
        }
        Node made;
        if (container instanceof MapContainer map) {
            made = map.type() == ContainerType.REGISTER ? register(map) : map(map);
        } else if (container instanceof SequenceContainer sequence) {
            made = sequence(sequence);
        } else if (container instanceof MovableListContainer list) {
            made = new Views.MovableListNode(lists.elements(list));
        } else if (container instanceof TreeContainer tree) {
            made = trees.view(tree);
        } else {
            made = new Views.CounterNode(((CounterContainer) container).sum());
        }
        container.showed(made);
        return made;
    }

    private Node map(MapContainer map) {
        KeyTree<Node> tree = map.tree();
        List<Entry> touched = map.touched();
        if (tree == null || touched.size() > tree.size() / REBUILD_PART) {
            tree = whole(map);
        } else {
            for (Entry entry : touched) {
                tree = entry.count() == 0 ? tree.without(key(entry)) : tree.with(key(entry), shown(entry));
            }
        }
        map.keep(tree);
        return new Views.MapNode(tree);
    }

    private KeyTree<Node> whole(MapContainer map) {
        Entry[] entries = map.sorted();
        KeyTree.Builder<Node> tree = new KeyTree.Builder<>(entries.length);
        for (Entry entry : entries) {
            if (entry.count() > 0) {
                tree.add(key(entry), shown(entry));
            }
        }
        return tree.build();
    }

    private Node shown(Entry entry) {
        return content(entry.content(entry.winner(graph)));
    }

    private Node register(MapContainer register) {
        Integer content = register.shown(graph, MapContainer.NO_KEY);
        return new Views.RegisterNode(content == null ? Optional.empty() : Optional.of(content(content)));
    }

    static String key(Entry entry) {
        return Utf8.string(entry.key(), 0, entry.key().length);
    }

    private Node sequence(SequenceContainer sequence) {
        return switch (sequence.type()) {
            case TEXT -> text(sequence);
            default -> new Views.ListNode(lists.elements(sequence));
        };
    }

    /** Returns what a text shows. */
    public TextView text(SequenceContainer text) {
        Marks marks = text.marks();
        return new Views.TextNode(text.sequence().text(), marks == null ? NO_MARKS : marks.shown(document));
    }

    /** Returns what was assigned or inserted: the address of a scalar, or the complement of a container. */
    public Node content(int content) {
        if (content < 0) {
            return node(document.containers().get(~content));
        }
        return ValueCodec.read(document.log().array(content), document.log().offset(content));
    }

    /** Returns the changes inside a removed container of which nobody who removed it knew, oldest first. */
    public int[] lostEdits(Container container) {
        Set<Integer> lost = new TreeSet<>((a, b) -> graph.compare(a, b));
        for (int lv : container.lostBelow()) {
            lost.add(lv);
        }
        gather(container, lv -> false, lost);
        return lost.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the changes to a deleted element of which nobody who deleted it knew, oldest first. */
    public int[] lostEdits(MovableListContainer list, int element) {
        Set<Integer> lost = new TreeSet<>((a, b) -> graph.compare(a, b));
        list.lostMoves(element, lost::add);
        MapContainer register = list.findRegister(element);
        if (register != null) {
            gather(register, lv -> false, lost);
        }
        return lost.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Adds the changes inside a container of which nobody who removed it, or what is around it, knew. */
    void gather(Container container, IntPredicate coveredAround, Set<Integer> lost) {
        gather(container, coveredAround, new ArrayList<>(), lost);
    }

    private void gather(Container container, IntPredicate coveredAround, List<Container> around, Set<Integer> lost) {
        around.add(container);
        for (int i = 0; i < container.edits().size(); i += 2) {
            for (int lv = container.edits().get(i); lv <= container.edits().get(i + 1); lv++) {
                if (!coveredAround.test(lv) && !covered(around, lv)) {
                    lost.add(lv);
                }
            }
        }
        if (container instanceof MapContainer map) {
            for (Entry entry : map.sorted()) {
                entry.derived().forEach(inner -> gather(inner, coveredAround, around, lost));
            }
        } else if (container instanceof SequenceContainer sequence) {
            sequence.made().forEach(inner -> gather(inner, coveredAround, around, lost));
        } else if (container instanceof MovableListContainer list) {
            for (int element = 0; element < list.slots().elements(); element++) {
                MapContainer register = list.findRegister(element);
                if (register != null) {
                    gather(register, coveredAround, around, lost);
                }
            }
        } else if (container instanceof TreeContainer tree) {
            for (int node = 0; node < tree.moves().size(); node++) {
                MapContainer data = tree.map(node);
                if (data != null) {
                    gather(data, coveredAround, around, lost);
                }
            }
        }
        around.remove(around.size() - 1);
    }

    private boolean covered(List<Container> around, int lv) {
        for (Container container : around) {
            if (container.covers(graph, lv)) {
                return true;
            }
        }
        return false;
    }
}
