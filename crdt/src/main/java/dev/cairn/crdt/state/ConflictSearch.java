package dev.cairn.crdt.state;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.tree.TreeShape;
import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the conflicts of a document where some are suspected, and suspects them only where it found some. */
final class ConflictSearch {
    // Whatever may make a conflict suspects all places on the way from the root to it, each in the container around it.
    // So a search goes down suspected places only. Those in a hidden container (a removed one, or an assignment that
    // is not shown) stay suspected, but what leads there may not: an entry which may show it again is unsearched, and
    // everything below is searched.
    private final Document document;
    private final EventGraph graph;
    private final StateBuilder states;
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Step> path = new ArrayList<>();

    /** Prepares a search. */
    ConflictSearch(Document document, StateBuilder states) {
        this.document = document;
        this.graph = document.graph();
        this.states = states;
    }

    /** Returns all conflicts in the order of their paths. */
    List<Conflict> conflicts() {
        visit(document.root(), document.takeSuspicion());
        return List.copyOf(conflicts);
    }

    private void visit(Container container, boolean all) {
        if (container instanceof MapContainer map) {
            visitMap(map, all);
        } else if (container instanceof SequenceContainer sequence && sequence.type() == ContainerType.LIST) {
            visitList(sequence, all);
        } else if (container instanceof MovableListContainer list) {
            visitList(list, all);
        } else if (container instanceof TreeContainer tree) {
            visitTree(tree, all);
        }
    }

    private void visitMap(MapContainer map, boolean all) {
        List<Entry> suspects = map.takeSuspects();
        for (Entry entry : all ? List.of(map.sorted()) : suspects) {
            int before = conflicts.size();
            if (map.type() == ContainerType.REGISTER) {
                visit(entry, all);
            } else {
                path.add(new Step.Key(StateBuilder.key(entry)));
                visit(entry, all);
                path.remove(path.size() - 1);
            }
            if (conflicts.size() > before) {
                map.suspect(entry);
            }
        }
    }

    private void visit(Entry entry, boolean all) {
        boolean below = entry.takeUnsearched() || all;
        if (entry.count() > 1) {
            int[] distinct = entry.distinct(graph);
            if (distinct.length > 1) {
                conflicts.add(new Conflict.Assignments(List.copyOf(path), assignments(entry, distinct)));
            }
        }
        addLost(lostIn(entry.derived(), List.of()));
        if (entry.count() > 0) {
            int content = entry.content(entry.winner(graph));
            if (content < 0) {
                visit(document.containers().get(~content), below);
            }
        }
    }

    private List<Assignment> assignments(Entry entry, int[] distinct) {
        List<Assignment> assignments = new ArrayList<>(distinct.length);
        for (int i : distinct) {
            int lv = entry.lv(i);
            assignments.add(
                    new Assignment(states.content(entry.content(i)), graph.id(lv), graph.lamport(lv), graph.time(lv)));
        }
        return List.copyOf(assignments);
    }

    private void visitList(SequenceContainer list, boolean all) {
        List<Container> suspects = list.takeSuspects();
        List<Container> lost = new ArrayList<>();
        Set<Integer> held = new HashSet<>();
        for (Container element : all ? list.made() : suspects) {
            if (element.isHeld()) {
                held.add(~element.index());
            } else {
                lost.add(element);
            }
        }
        int before = conflicts.size();
        addLost(lostIn(lost, list.lostElements().values()));
        if (conflicts.size() > before) {
            lost.forEach(list::suspect);
        }
        if (!held.isEmpty()) {
            visitElements(list, held, all);
        }
    }

    private void visitElements(SequenceContainer list, Set<Integer> elements, boolean all) {
        int[] content = list.sequence().toArray();
        for (int i = 0; i < content.length; i++) {
            if (content[i] < 0 && elements.contains(content[i])) {
                Container element = document.containers().get(~content[i]);
                int before = conflicts.size();
                path.add(new Step.Index(i));
                visit(element, all);
                path.remove(path.size() - 1);
                if (conflicts.size() > before) {
                    list.suspect(element);
                }
            }
        }
    }

    /** Visits all elements: a suspected list does not note which ones are. */
    private void visitList(MovableListContainer list, boolean all) {
        List<int[]> groups = new ArrayList<>(list.lostElements().values());
        for (int element = 0; element < list.slots().elements(); element++) {
            if (list.mayHaveLost(element)) {
                groups.add(states.lostEdits(list, element));
            }
        }
        groups.sort(this::compare);
        addLost(groups);
        int index = 0;
        for (int unit : list.sequence().toArray()) {
            if (list.isShown(~unit)) {
                MapContainer register = list.findRegister(list.slots().elementOf(~unit));
                if (register != null) {
                    path.add(new Step.Index(index));
                    visitMap(register, all);
                    path.remove(path.size() - 1);
                }
                index++;
            }
        }
    }

    /** Visits what was lost inside nodes that are out, and then the maps of those in the tree, depth-first. */
    private void visitTree(TreeContainer tree, boolean all) {
        if (tree.hasDrops() && (all || tree.mayHaveLost())) {
            TreeLoss loss = new TreeLoss(states, graph, tree);
            int before = conflicts.size();
            for (int top : loss.tops()) {
                path.add(new Step.TreeNode(loss.id(top)));
                addLost(List.of(loss.lostBelow(top)));
                path.remove(path.size() - 1);
            }
            tree.mayHaveLost(conflicts.size() > before);
            if (all) {
                loss.maps().forEach(tree::unsearched);
            }
        }
        if (all || tree.hasSuspects()) {
            visitNodes(tree, all);
        }
    }

    /** What is suspected in a node that is out stays so until it is back. */
    private void visitNodes(TreeContainer tree, boolean all) {
        TreeShape shape = tree.moves().shape();
        for (int i = 0; i < shape.size(); i++) {
            MapContainer map = tree.map(shape.node(i));
            Boolean unsearched = map == null ? null : tree.takeSuspect(map);
            if (map != null && (all || unsearched != null)) {
                int before = conflicts.size();
                path.add(new Step.TreeNode(tree.id(shape.node(i))));
                visit(map, all || Boolean.TRUE.equals(unsearched));
                path.remove(path.size() - 1);
                if (conflicts.size() > before) {
                    tree.suspect(map);
                }
            }
        }
    }

    /** Returns the lost edits of each removed container and those known before, in an order of their own. */
    private List<int[]> lostIn(List<Container> candidates, Collection<int[]> before) {
        List<int[]> groups = new ArrayList<>(before);
        for (Container container : candidates) {
            if (!container.isHeld()) {
                groups.add(states.lostEdits(container));
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
}
