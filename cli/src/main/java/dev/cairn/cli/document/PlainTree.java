package dev.cairn.cli.document;

import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tree as plain values: each node is a map of its {@code id}, its {@code data} and its {@code children}.
 *
 * <p>JSON which is nested too deeply can be read by nobody. So the nodes further down than {@link #LEVELS_MAX} stand
 * among the children at that level, behind the one they are below, and say their {@code parent}.
 */
final class PlainTree implements TreeView.Walker {
    static final int LEVELS_MAX = 100;

    private final List<Map<String, @Nullable Object>> roots = new ArrayList<>();
    private final Deque<List<Map<String, @Nullable Object>>> open = new ArrayDeque<>(List.of(roots));
    private final Deque<TreeNodeId> above = new ArrayDeque<>();

    private final boolean marks;

    /** Texts come with their marks if that is asked for. */
    PlainTree(boolean marks) {
        this.marks = marks;
    }

    List<Map<String, @Nullable Object>> roots() {
        return roots;
    }

    @Override
    public void enter(TreeNodeId node, MapView data, int children) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("id", node.toString());
        if (above.size() > LEVELS_MAX) {
            plain.put("parent", String.valueOf(above.peek()));
        }
        plain.put("data", Plain.of(data, marks));
        List<Map<String, @Nullable Object>> siblings = open.element();
        siblings.add(plain);
        if (above.size() < LEVELS_MAX) {
            List<Map<String, @Nullable Object>> below = new ArrayList<>();
            plain.put("children", below);
            open.push(below);
        } else {
            open.push(siblings);
        }
        above.push(node);
    }

    @Override
    public void leave(TreeNodeId node) {
        open.pop();
        above.pop();
    }
}
