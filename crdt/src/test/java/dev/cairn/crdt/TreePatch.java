package dev.cairn.crdt;

import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.TreePlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Applies the difference of a tree to its plain form. */
final class TreePatch {
    private static final String TOP = "";

    private final Map<String, List<String>> children = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> data = new LinkedHashMap<>();

    TreePatch(List<?> nodes) {
        read(TOP, nodes);
    }

    private void read(String parent, List<?> nodes) {
        children.put(parent, new ArrayList<>());
        for (Object node : nodes) {
            Map<?, ?> plain = (Map<?, ?>) node;
            String id = String.valueOf(plain.get("id"));
            below(parent).add(id);
            data.put(id, plain.get("data"));
            read(id, (List<?>) Objects.requireNonNull(plain.get("children")));
        }
    }

    private List<String> below(String parent) {
        return children.computeIfAbsent(parent, any -> new ArrayList<>());
    }

    private static String parent(TreePlace place) {
        return place.parent().map(Object::toString).orElse(TOP);
    }

    List<Object> apply(Difference.OfTree difference) {
        difference.removed().forEach(node -> {
            Patch.check(Objects.equals(
                    Patch.plain(node.data()), data.remove(node.id().toString())));
            Patch.check(below(parent(node.place())).remove(node.id().toString()));
        });
        difference
                .moved()
                .forEach(node ->
                        Patch.check(below(parent(node.from())).remove(node.id().toString())));
        difference.added().forEach(node -> data.put(node.id().toString(), Patch.plain(node.data())));
        Map<String, Map<Integer, String>> coming = new LinkedHashMap<>();
        difference.added().forEach(node -> come(coming, node.place(), node.id().toString()));
        difference.moved().forEach(node -> come(coming, node.to(), node.id().toString()));
        coming.forEach((parent, nodes) -> nodes.keySet().stream()
                .sorted()
                .forEach(index -> below(parent).add(index, Objects.requireNonNull(nodes.get(index)))));
        difference
                .inside()
                .forEach((id, inner) -> data.put(id.toString(), Patch.apply(inner, data.get(id.toString()))));
        return write(TOP);
    }

    private static void come(Map<String, Map<Integer, String>> coming, TreePlace place, String node) {
        Patch.check(coming.computeIfAbsent(parent(place), any -> new LinkedHashMap<>())
                        .put(place.index(), node)
                == null);
    }

    private List<Object> write(String parent) {
        List<Object> nodes = new ArrayList<>();
        for (String id : below(parent)) {
            Map<String, @Nullable Object> node = new LinkedHashMap<>();
            node.put("id", id);
            node.put("data", data.get(id));
            node.put("children", write(id));
            nodes.add(node);
        }
        return nodes;
    }
}
