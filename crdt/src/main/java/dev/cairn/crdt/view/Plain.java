package dev.cairn.crdt.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plain Java form of nodes; an own stack is not needed because nesting is limited when it is made. */
final class Plain {
    private Plain() {}

    static Map<String, @Nullable Object> map(MapView map) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.entries().forEach((key, node) -> plain.put(key, node(node)));
        return plain;
    }

    private static List<@Nullable Object> list(ListView list) {
        List<@Nullable Object> plain = new ArrayList<>(list.size());
        list.elements().forEach(node -> plain.add(node(node)));
        return plain;
    }

    private static List<Map<String, @Nullable Object>> tree(TreeView tree) {
        ArrayDeque<List<Map<String, @Nullable Object>>> open = new ArrayDeque<>();
        List<Map<String, @Nullable Object>> roots = new ArrayList<>();
        open.push(roots);
        tree.walk(new TreeView.Walker() {
            @Override
            public void enter(TreeNodeId node, MapView data, int children) {
                List<Map<String, @Nullable Object>> below = new ArrayList<>(children);
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                plain.put("id", node.toString());
                plain.put("data", map(data));
                plain.put("children", below);
                open.element().add(plain);
                open.push(below);
            }

            @Override
            public void leave(TreeNodeId node) {
                open.pop();
            }
        });
        return roots;
    }

    static @Nullable Object node(Node node) {
        if (node instanceof MapView map) {
            return map(map);
        }
        if (node instanceof ListView list) {
            return list(list);
        }
        if (node instanceof TextView text) {
            return text.toString();
        }
        if (node instanceof CounterView counter) {
            return counter.value();
        }
        if (node instanceof RegisterView register) {
            return register.value().map(Plain::node).orElse(null);
        }
        if (node instanceof TreeView tree) {
            return tree(tree);
        }
        return scalar((Value) node);
    }

    private static @Nullable Object scalar(Value value) {
        if (value instanceof Value.Bool bool) {
            return bool.value();
        }
        if (value instanceof Value.Int integer) {
            return integer.value();
        }
        if (value instanceof Value.Real real) {
            return real.value();
        }
        if (value instanceof Value.Str string) {
            return string.value();
        }
        if (value instanceof Value.Time time) {
            return time.value();
        }
        return value instanceof Value.Blob ? value : null;
    }
}
