package dev.cairn.cli.history;

import dev.cairn.replica.GraphNode;
import dev.cairn.replica.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Changes of one writer which follow one another and nothing else: where its line neither forks nor joins.
 *
 * @param first the oldest of them
 * @param last the newest of them
 * @param changes how many they are
 * @param documents what they change
 */
public record Stretch(GraphNode first, GraphNode last, int changes, Set<String> documents) {
    /** Copies the set. */
    public Stretch {
        documents = new TreeSet<>(documents);
    }

    /** The changes in as few stretches as have the same shape; both have parents before children. */
    public static List<Stretch> of(List<GraphNode> nodes) {
        Map<Version.Head, Integer> children = children(nodes);
        Set<Version.Head> inside = new HashSet<>();
        Map<Version.Head, GraphNode> byParent = new HashMap<>();
        for (GraphNode node : nodes) {
            if (continues(node, children)) {
                inside.add(node.id());
                byParent.put(node.parents().get(0), node);
            }
        }
        List<Stretch> stretches = new ArrayList<>();
        for (GraphNode node : nodes) {
            if (!inside.contains(node.id())) {
                stretches.add(from(node, byParent));
            }
        }
        return stretches;
    }

    /** Every change as a stretch of its own. */
    public static List<Stretch> each(List<GraphNode> nodes) {
        return nodes.stream()
                .map(node -> new Stretch(node, node, 1, node.documents()))
                .toList();
    }

    private static Map<Version.Head, Integer> children(List<GraphNode> nodes) {
        Map<Version.Head, Integer> children = new HashMap<>();
        for (GraphNode node : nodes) {
            node.parents().forEach(parent -> children.merge(parent, 1, Integer::sum));
        }
        return children;
    }

    private static boolean continues(GraphNode node, Map<Version.Head, Integer> children) {
        if (node.parents().size() != 1) {
            return false;
        }
        Version.Head parent = node.parents().get(0);
        return parent.writer().equals(node.id().writer()) && children.getOrDefault(parent, 0) == 1;
    }

    private static Stretch from(GraphNode first, Map<Version.Head, GraphNode> byParent) {
        Set<String> documents = new TreeSet<>(first.documents());
        GraphNode last = first;
        int changes = 1;
        for (GraphNode next = byParent.get(first.id()); next != null; next = byParent.get(next.id())) {
            documents.addAll(next.documents());
            last = next;
            changes++;
        }
        return new Stretch(first, last, changes, documents);
    }
}
