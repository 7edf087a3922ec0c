package dev.cairn.cli.document;

import dev.cairn.cli.shell.Failure;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way into a document: keys and indexes joined by {@code .} or {@code /}, as in {@code items.2.title}. A backslash
 * takes the next character as it is: {@code files.read\.me}. In a map every segment is a key, in a list a number from
 * 0, or {@code -} for the place after the last, in a tree the {@code id} of a node, or {@code -} for a new one. A path
 * of {@code .} is the document itself.
 *
 * @param segments the keys and indexes, none empty
 */
public record DocumentPath(List<String> segments) {
    private static final int KEY_BYTES_MAX = 1024;

    /** Copies the list. */
    public DocumentPath {
        segments = List.copyOf(segments);
    }

    /** Reads a path, or fails with usage. */
    public static DocumentPath parse(String text) {
        if (text.equals(".") || text.equals("/")) {
            return new DocumentPath(List.of());
        }
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        for (int i = text.startsWith("/") ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                if (++i == text.length()) {
                    throw Failure.usage("path ends in a backslash: " + text + ": write \\\\ for a backslash");
                }
                segment.append(text.charAt(i));
            } else if (c == '.' || c == '/') {
                segments.add(checked(segment, text));
                segment.setLength(0);
            } else {
                segment.append(c);
            }
        }
        segments.add(checked(segment, text));
        return new DocumentPath(segments);
    }

    /** The path to something inside of what is here. */
    public DocumentPath child(String segment) {
        return new DocumentPath(
                Stream.concat(segments.stream(), Stream.of(segment)).toList());
    }

    /** The path to what this is inside of; not of the root. */
    public DocumentPath parent() {
        return new DocumentPath(segments.subList(0, segments.size() - 1));
    }

    /** The last segment; not of the root. */
    public String last() {
        return segments.get(segments.size() - 1);
    }

    /** The keys and indexes on the way to what is there, which must be there: the steps that the engine takes. */
    public Object[] steps(MapView root) {
        Object[] steps = new Object[segments.size()];
        Node node = root;
        for (int i = 0; i < steps.length; i++) {
            while (node instanceof RegisterView register) {
                node = register.value().orElseThrow();
            }
            steps[i] = step(node, segments.get(i));
            node = child(node, segments.get(i)).orElseThrow();
        }
        return steps;
    }

    private static Object step(Node parent, String segment) {
        if (parent instanceof TreeView) {
            return node(segment).orElseThrow();
        }
        return parent instanceof ListView ? (Object) index(segment) : segment;
    }

    /** The path of steps from the root map on. */
    public static DocumentPath of(List<Step> steps) {
        return new DocumentPath(steps.stream().map(DocumentPath::segment).toList());
    }

    private static String segment(Step step) {
        if (step instanceof Step.Key key) {
            return key.key();
        }
        return step instanceof Step.Index index
                ? String.valueOf(index.index())
                : ((Step.TreeNode) step).id().toString();
    }

    private static String checked(StringBuilder segment, String path) {
        if (segment.isEmpty()) {
            throw Failure.usage("path with an empty part: '" + path + "': write \\. for a dot that belongs to a key");
        }
        int bytes = segment.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > KEY_BYTES_MAX) {
            throw Failure.usage("a key has at most " + KEY_BYTES_MAX + " bytes, one in the path has " + bytes);
        }
        return segment.toString();
    }

    /** Whether it is the document itself. */
    public boolean isRoot() {
        return segments.isEmpty();
    }

    /** What is there, from the root map on. */
    public Optional<Node> find(MapView root) {
        Optional<Node> node = Optional.of(root);
        for (String segment : segments) {
            node = node.flatMap(parent -> child(parent, segment));
        }
        return node;
    }

    /** What is there, from the root map on; of a register, what it holds. */
    public Optional<Node> findInside(MapView root) {
        Optional<Node> node = find(root);
        while (node.isPresent() && node.get() instanceof RegisterView register) {
            node = register.value();
        }
        return node;
    }

    private static Optional<Node> child(Node parent, String segment) {
        if (parent instanceof RegisterView register) {
            return register.value().flatMap(value -> child(value, segment));
        }
        if (parent instanceof MapView map) {
            return map.get(segment);
        }
        if (parent instanceof ListView list) {
            int index = index(segment);
            return index >= 0 && index < list.size() ? Optional.of(list.get(index)) : Optional.empty();
        }
        if (parent instanceof TreeView tree) {
            return node(segment).filter(tree::contains).map(tree::data);
        }
        return Optional.empty();
    }

    /** The node of a tree which a segment names. */
    static Optional<TreeNodeId> node(String segment) {
        try {
            return Optional.of(TreeNodeId.parse(segment));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    /** The number a segment is, or -1. */
    static int index(String segment) {
        boolean digits = segment.length() <= 9 && segment.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(segment) : -1;
    }

    /** The path as it would be written, with dots. */
    @Override
    public String toString() {
        if (isRoot()) {
            return ".";
        }
        List<String> escaped = new ArrayList<>();
        for (String segment : segments) {
            escaped.add(segment.replace("\\", "\\\\").replace(".", "\\.").replace("/", "\\/"));
        }
        return String.join(".", escaped);
    }
}
