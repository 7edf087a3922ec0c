package dev.cairn.merge.export;

import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import dev.cairn.replica.Document;
import java.util.ArrayList;
import java.util.List;

/** The words of a document for the search, and where its texts are; what is inside of trees counts as words. */
final class Texts {
    private final StringBuilder words = new StringBuilder();
    private final List<List<Object>> paths = new ArrayList<>();

    Texts(Document document) {
        walk(document.map(), List.of());
    }

    /** All that is text, a line each. */
    String words() {
        return words.toString();
    }

    /** Where the texts are, by {@link String} keys and {@link Integer} indexes. */
    List<List<Object>> paths() {
        return paths;
    }

    private void walk(Node node, List<Object> path) {
        Node inner = Sheet.inside(node);
        if (inner instanceof MapView map) {
            map.entries().forEach((key, child) -> walk(child, with(path, key)));
        } else if (inner instanceof ListView list) {
            List<Node> elements = list.elements();
            for (int i = 0; i < elements.size(); i++) {
                walk(elements.get(i), with(path, i));
            }
        } else if (inner instanceof TextView text) {
            words.append(text).append('\n');
            paths.add(path);
        } else if (inner instanceof Value.Str string) {
            words.append(string.value()).append('\n');
        } else if (inner instanceof TreeView tree) {
            int texts = paths.size();
            tree.nodes().forEach(id -> walk(tree.data(id), path));
            paths.subList(texts, paths.size()).clear();
        }
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
