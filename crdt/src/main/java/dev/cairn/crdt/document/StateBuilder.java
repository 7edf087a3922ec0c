package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds the immutable state of a document; views of containers which did not change are used again. */
final class StateBuilder {
    private final Document document;
    private final EventGraph graph;
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Step> path = new ArrayList<>();

    StateBuilder(Document document) {
        this.document = document;
        this.graph = document.graph;
    }

    DocumentState build() {
        MapView root = (MapView) node(document.root);
        if (document.mayHaveConflicts) {
            visit(document.root);
            document.mayHaveConflicts = !conflicts.isEmpty();
        }
        return new Views.State(document.name, root, List.copyOf(conflicts));
    }

    Node node(Container container) {
        Node known = container.view;
        if (known != null) {
            return known;
        }
        Node made;
        if (container instanceof MapContainer map) {
            made = map.type == ContainerType.REGISTER ? register(map) : map(map);
        } else if (container instanceof SequenceContainer sequence) {
            made = sequence(sequence);
        } else if (container instanceof MovableListContainer list) {
            made = movableList(list);
        } else {
            made = new Views.CounterNode(((CounterContainer) container).sum);
        }
        container.view = made;
        return made;
    }

    private Node map(MapContainer map) {
        TreeMap<String, Node> entries = new TreeMap<>(KeyOrder.INSTANCE);
        for (Entry entry : map.sorted()) {
            if (entry.count > 0) {
                entries.put(key(entry), content(entry.content(entry.winner(graph))));
            }
        }
        return new Views.MapNode(Collections.unmodifiableSortedMap(entries));
    }

    private Node register(MapContainer register) {
        Integer content = register.shown(graph, MapContainer.NO_KEY);
        return new Views.RegisterNode(content == null ? Optional.empty() : Optional.of(content(content)));
    }

    private static String key(Entry entry) {
        return Utf8.string(entry.key, 0, entry.key.length);
    }

    private Node sequence(SequenceContainer sequence) {
        return switch (sequence.type) {
            case TEXT -> new Views.TextNode(sequence.sequence.text());
            default -> {
                int[] content = sequence.sequence.toArray();
                List<Node> elements = new ArrayList<>(content.length);
                for (int unit : content) {
                    elements.add(content(unit));
                }
                yield new Views.ListNode(Collections.unmodifiableList(elements));
            }
        };
    }

    private Node movableList(MovableListContainer list) {
        int[] units = list.sequence.toArray();
        List<Node> elements = new ArrayList<>(list.size());
        for (int unit : units) {
            if (list.isShown(~unit)) {
                elements.add(element(list, list.slots.elementOf(~unit)));
            }
        }
        return new Views.MovableListNode(Collections.unmodifiableList(elements));
    }

    private Node element(MovableListContainer list, int element) {
        MapContainer register = list.findRegister(element);
        return register == null
                ? content(list.slots.content(element))
                : ((RegisterView) node(register)).value().orElse(Value.NULL);
    }

    Node content(int content) {
        if (content < 0) {
            return node(document.containers.get(~content));
        }
        return ValueCodec.read(document.log.array(content), document.log.offset(content));
    }

    // ---- conflicts

    private void visit(Container container) {
        if (container instanceof MapContainer map) {
            visitMap(map);
        } else if (container instanceof SequenceContainer sequence && sequence.type == ContainerType.LIST) {
            visitList(sequence);
        } else if (container instanceof MovableListContainer list) {
            visitList(list);
        }
    }

    private void visitMap(MapContainer map) {
        for (Entry entry : map.sorted()) {
            if (map.type == ContainerType.REGISTER) {
                visit(entry);
            } else {
                path.add(new Step.Key(key(entry)));
                visit(entry);
                path.remove(path.size() - 1);
            }
        }
    }

    private void visit(Entry entry) {
        if (entry.count > 1) {
            int[] distinct = entry.distinct(graph);
            if (distinct.length > 1) {
                conflicts.add(new Conflict.Assignments(List.copyOf(path), assignments(entry, distinct)));
            }
        }
        addLost(lostIn(entry.derived, List.of()));
        if (entry.count > 0) {
            int content = entry.content(entry.winner(graph));
            if (content < 0) {
                visit(document.containers.get(~content));
            }
        }
    }

    private List<Assignment> assignments(Entry entry, int[] distinct) {
        List<Assignment> assignments = new ArrayList<>(distinct.length);
        for (int i : distinct) {
            int lv = entry.lv(i);
            assignments.add(new Assignment(content(entry.content(i)), graph.id(lv), graph.lamport(lv), graph.time(lv)));
        }
        return List.copyOf(assignments);
    }

    private void visitList(SequenceContainer list) {
        addLost(lostIn(list.made, list.lostElements.values()));
        int[] content = list.sequence.toArray();
        for (int i = 0; i < content.length; i++) {
            if (content[i] < 0) {
                path.add(new Step.Index(i));
                visit(document.containers.get(~content[i]));
                path.remove(path.size() - 1);
            }
        }
    }

    private void visitList(MovableListContainer list) {
        List<int[]> groups = new ArrayList<>(list.lostElements.values());
        for (int element = 0; element < list.slots.elements(); element++) {
            if (list.mayHaveLost(element)) {
                groups.add(lostEdits(list, element));
            }
        }
        groups.sort(this::compare);
        addLost(groups);
        int index = 0;
        for (int unit : list.sequence.toArray()) {
            if (list.isShown(~unit)) {
                MapContainer register = list.findRegister(list.slots.elementOf(~unit));
                if (register != null) {
                    path.add(new Step.Index(index));
                    visitMap(register);
                    path.remove(path.size() - 1);
                }
                index++;
            }
        }
    }

    /** Returns the lost edits of each removed container and those known before, in an order of their own. */
    private List<int[]> lostIn(List<Container> candidates, Collection<int[]> before) {
        List<int[]> groups = new ArrayList<>(before);
        for (Container container : candidates) {
            if (!container.isHeld()) {
                groups.add(lostEdits(container));
            }
        }
        groups.sort(this::compare);
        return groups;
    }

    private int compare(int[] a, int[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order = graph.compare(a[i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private void addLost(List<int[]> groups) {
        for (int[] lvs : groups) {
            if (lvs.length > 0) {
                List<Conflict.Edit> edits = new ArrayList<>(lvs.length);
                for (int lv : lvs) {
                    edits.add(new Conflict.Edit(graph.id(lv), graph.lamport(lv), graph.time(lv)));
                }
                conflicts.add(new Conflict.LostEdits(List.copyOf(path), List.copyOf(edits)));
            }
        }
    }

    /** Returns the changes inside a removed container of which nobody who removed it knew, oldest first. */
    int[] lostEdits(Container container) {
        Set<Integer> lost = new TreeSet<>((a, b) -> graph.compare(a, b));
        for (int lv : container.lostBelow()) {
            lost.add(lv);
        }
        List<Container> around = new ArrayList<>();
        gather(container, around, lost);
        return lost.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the changes to a deleted element of which nobody who deleted it knew, oldest first. */
    int[] lostEdits(MovableListContainer list, int element) {
        Set<Integer> lost = new TreeSet<>((a, b) -> graph.compare(a, b));
        list.lostMoves(element, lost::add);
        MapContainer register = list.findRegister(element);
        if (register != null) {
            gather(register, new ArrayList<>(), lost);
        }
        return lost.stream().mapToInt(Integer::intValue).toArray();
    }

    private void gather(Container container, List<Container> around, Set<Integer> lost) {
        around.add(container);
        for (int i = 0; i < container.edits().size(); i += 2) {
            for (int lv = container.edits().get(i); lv <= container.edits().get(i + 1); lv++) {
                if (!covered(around, lv)) {
                    lost.add(lv);
                }
            }
        }
        if (container instanceof MapContainer map) {
            for (Entry entry : map.sorted()) {
                entry.derived.forEach(inner -> gather(inner, around, lost));
            }
        } else if (container instanceof SequenceContainer sequence) {
            sequence.made.forEach(inner -> gather(inner, around, lost));
        } else if (container instanceof MovableListContainer list) {
            for (int element = 0; element < list.slots.elements(); element++) {
                MapContainer register = list.findRegister(element);
                if (register != null) {
                    gather(register, around, lost);
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
