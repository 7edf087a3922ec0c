package dev.cairn.cli.document;

import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the JSON of a document does not tell: which strings are texts, times or bytes, which numbers counters, which
 * arrays trees or movable lists, and what is in a register. By path; with the JSON it is the whole document.
 *
 * <p>What is in a register has the register's path, so its kind stands behind {@code register:}.
 */
public final class Kinds {
    private static final String REGISTER = "register:";

    private final Map<String, String> kinds = new LinkedHashMap<>();

    private Kinds() {}

    /** The kinds in a document, by its root map. */
    public static Map<String, String> of(MapView root) {
        Kinds found = new Kinds();
        found.inside(root, new DocumentPath(List.of()));
        return found.kinds;
    }

    /** What is in the register of that kind; nothing of other kinds. */
    static Optional<String> held(String kind) {
        return kind.startsWith(REGISTER) ? Optional.of(kind.substring(REGISTER.length())) : Optional.empty();
    }

    private void add(Node node, DocumentPath path) {
        StringBuilder kind = new StringBuilder();
        Node inner = node;
        while (inner instanceof RegisterView register) {
            kind.append(REGISTER);
            inner = register.value().orElse(Value.NULL);
        }
        kind.append(told(inner));
        if (!kind.isEmpty()) {
            kinds.put(path.toString(), kind.toString());
        }
        inside(inner, path);
    }

    private static String told(Node node) {
        boolean plain = node instanceof MapView
                || (node instanceof ListView && !(node instanceof MovableListView))
                || (node instanceof Value && !(node instanceof Value.Time || node instanceof Value.Blob));
        return plain ? "" : Plain.type(node);
    }

    private void inside(Node node, DocumentPath path) {
        if (node instanceof MapView map) {
            map.entries().forEach((key, child) -> add(child, path.child(key)));
        } else if (node instanceof ListView list) {
            List<Node> elements = list.elements();
            for (int i = 0; i < elements.size(); i++) {
                add(elements.get(i), path.child(String.valueOf(i)));
            }
        } else if (node instanceof TreeView tree) {
            tree.nodes().forEach(id -> inside(tree.data(id), path.child(id.toString())));
        }
    }
}
