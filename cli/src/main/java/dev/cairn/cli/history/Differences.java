package dev.cairn.cli.history;

import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.ListPiece;
import dev.cairn.crdt.history.TextPiece;
import dev.cairn.crdt.history.TreeNode;
import dev.cairn.crdt.history.TreePlace;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The difference of two versions of a document, one step for each path at which they differ. */
public final class Differences {
    private final List<Step> steps = new ArrayList<>();

    private Differences() {}

    /** What differs at one path: as lines for people, and as a plain value for programs. */
    private record Step(List<String> lines, Map<String, @Nullable Object> plain) {}

    /** The steps of a difference which ends in the document {@code after}. */
    public static Differences of(Difference.OfMap difference, MapView after) {
        Differences differences = new Differences();
        differences.map(new DocumentPath(List.of()), difference, after);
        return differences;
    }

    /** For people. */
    public List<String> lines() {
        return steps.stream().flatMap(step -> step.lines.stream()).toList();
    }

    /** For programs. */
    public List<Map<String, @Nullable Object>> plain() {
        return steps.stream().map(Step::plain).toList();
    }

    private void map(DocumentPath path, Difference.OfMap difference, MapView after) {
        difference
                .entries()
                .forEach((key, inside) ->
                        add(path.child(key), inside, after.get(key).orElse(null)));
    }

    private void add(DocumentPath path, Difference difference, @Nullable Node after) {
        if (difference instanceof Difference.Replaced replaced) {
            replaced(path, replaced);
        } else if (difference instanceof Difference.OfMap map && after instanceof MapView view) {
            map(path, map, view);
        } else if (difference instanceof Difference.OfRegister register && after instanceof RegisterView view) {
            add(path, register.content(), view.value().orElse(null));
        } else if (difference instanceof Difference.OfText text) {
            text(path, text, String.valueOf(after));
        } else if (difference instanceof Difference.OfList list && after instanceof ListView view) {
            list(path, list, view);
        } else if (difference instanceof Difference.OfMovableList list && after instanceof ListView view) {
            movableList(path, list, view);
        } else if (difference instanceof Difference.OfTree tree && after instanceof TreeView view) {
            tree(path, tree, view);
        } else if (difference instanceof Difference.OfCounter counter) {
            String delta = (counter.delta() < 0 ? "" : "+") + counter.delta();
            add(step(path, "counter", "delta", counter.delta()), at(path) + ": " + delta);
        } else {
            throw new IllegalStateException("a difference that does not fit what is there: " + difference);
        }
    }

    private void replaced(DocumentPath path, Difference.Replaced replaced) {
        Map<String, @Nullable Object> plain = step(path, "replaced");
        replaced.before().ifPresent(before -> plain.put("before", Plain.of(before)));
        replaced.after().ifPresent(after -> plain.put("after", Plain.of(after)));
        List<String> lines = new ArrayList<>();
        if (replaced.before().isPresent() && replaced.after().isPresent()) {
            lines.add("~ " + at(path) + ": " + said(replaced.before()) + " -> " + said(replaced.after()));
        } else {
            lines.add((replaced.after().isPresent() ? "+ " : "- ") + at(path) + ": "
                    + said(replaced.after().or(replaced::before)));
        }
        replaced.before().ifPresent(before -> texts(lines, before, "-"));
        replaced.after().ifPresent(after -> texts(lines, after, "+"));
        steps.add(new Step(lines, plain));
    }

    /** A whole text is shown below, line by line. */
    private static String said(Optional<Node> node) {
        return node.map(it -> it instanceof TextView ? "text" : Printable.line(Json.write(Plain.of(it))))
                .orElse("");
    }

    private static void texts(List<String> lines, Node node, String mark) {
        if (node instanceof TextView text) {
            text.toString().lines().forEach(line -> lines.add("    " + mark + Printable.line(line)));
        }
    }

    private void text(DocumentPath path, Difference.OfText text, String after) {
        List<TextPiece> pieces = text.pieces();
        List<String> lines = new ArrayList<>(List.of("~ " + at(path) + ":"));
        TextHunks.of(pieces, after).forEach(line -> lines.add("    " + Printable.line(line)));
        Map<String, @Nullable Object> plain = step(path, "text");
        plain.put(
                "pieces",
                pieces.stream()
                        .map(piece -> piece(piece.kind(), piece.length(), piece.text()))
                        .toList());
        MarkDifference marks = MarkDifference.of(text);
        if (!marks.isEmpty()) {
            plain.put("marks", marks.plain());
            lines.addAll(marks.lines(text, after));
        }
        steps.add(new Step(lines, plain));
    }

    private void movableList(DocumentPath path, Difference.OfMovableList difference, ListView after) {
        List<String> lines = new ArrayList<>();
        difference.deleted().forEach((index, value) -> lines.add("- " + element(path, index) + ": " + json(value)));
        difference.inserted().forEach((index, value) -> lines.add("+ " + element(path, index) + ": " + json(value)));
        difference
                .moved()
                .forEach(index -> lines.add("> " + element(path, index) + ": " + json(after.get(index)) + "  (was at "
                        + difference.sources().get(index) + ")"));
        if (!lines.isEmpty()) {
            Map<String, @Nullable Object> plain = step(path, "movable");
            plain.put("deleted", elements(difference.deleted()));
            plain.put("inserted", elements(difference.inserted()));
            plain.put(
                    "moved",
                    difference.moved().stream()
                            .map(index -> Map.of("from", difference.sources().get(index), "to", index))
                            .toList());
            steps.add(new Step(lines, plain));
        }
        difference.inside().forEach((index, inside) -> add(path.child(index.toString()), inside, after.get(index)));
    }

    private static String element(DocumentPath path, int index) {
        return at(path.child(String.valueOf(index)));
    }

    private static String json(Node node) {
        return Printable.line(Json.write(Plain.of(node)));
    }

    private static List<Map<String, @Nullable Object>> elements(Map<Integer, Node> elements) {
        List<Map<String, @Nullable Object>> plain = new ArrayList<>();
        elements.forEach((index, value) -> {
            Map<String, @Nullable Object> element = new LinkedHashMap<>();
            element.put("index", index);
            element.put("value", Plain.of(value));
            plain.add(element);
        });
        return plain;
    }

    private void tree(DocumentPath path, Difference.OfTree difference, TreeView after) {
        List<String> lines = new ArrayList<>();
        difference.removed().forEach(node -> lines.add("- " + node(path, node.id()) + ": " + json(node.data())));
        difference
                .added()
                .forEach(node -> lines.add(
                        "+ " + node(path, node.id()) + ": " + json(node.data()) + "  (" + where(node.place()) + ")"));
        difference
                .moved()
                .forEach(node -> lines.add("> " + node(path, node.id()) + ": " + json(after.data(node.id())) + "  ("
                        + where(node.to()) + ", was " + where(node.from()) + ")"));
        if (!lines.isEmpty()) {
            Map<String, @Nullable Object> plain = step(path, "tree");
            plain.put(
                    "removed",
                    difference.removed().stream().map(Differences::node).toList());
            plain.put(
                    "added", difference.added().stream().map(Differences::node).toList());
            plain.put(
                    "moved",
                    difference.moved().stream()
                            .map(node -> Map.of(
                                    "id", node.id().toString(), "from", place(node.from()), "to", place(node.to())))
                            .toList());
            steps.add(new Step(lines, plain));
        }
        difference.inside().forEach((id, inside) -> add(path.child(id.toString()), inside, after.data(id)));
    }

    private static String node(DocumentPath path, TreeNodeId id) {
        return at(path.child(id.toString()));
    }

    private static String where(TreePlace place) {
        return place.parent().map(parent -> "below " + parent).orElse("at the top") + " at " + place.index();
    }

    private static Map<String, @Nullable Object> node(TreeNode node) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("id", node.id().toString());
        plain.putAll(place(node.place()));
        plain.put("data", Plain.of(node.data()));
        return plain;
    }

    private static Map<String, @Nullable Object> place(TreePlace place) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("parent", place.parent().map(TreeNodeId::toString).orElse(null));
        plain.put("index", place.index());
        return plain;
    }

    private void list(DocumentPath path, Difference.OfList difference, ListView after) {
        List<String> lines = new ArrayList<>();
        int before = 0;
        int now = 0;
        for (ListPiece piece : difference.pieces()) {
            boolean deleted = piece.kind() == TextPiece.Kind.DELETED;
            int index = deleted ? before : now;
            for (Node element : piece.elements()) {
                lines.add((deleted ? "- " : "+ ") + at(path.child(String.valueOf(index++))) + ": "
                        + Printable.line(Json.write(Plain.of(element))));
            }
            before += piece.kind() == TextPiece.Kind.INSERTED ? 0 : piece.length();
            now += deleted ? 0 : piece.length();
        }
        if (!lines.isEmpty()) {
            Map<String, @Nullable Object> plain = step(path, "list");
            plain.put(
                    "pieces",
                    difference.pieces().stream()
                            .map(piece -> piece(
                                    piece.kind(),
                                    piece.length(),
                                    piece.elements().stream().map(Plain::of).toList()))
                            .toList());
            steps.add(new Step(lines, plain));
        }
        difference.inside().forEach((index, inside) -> add(path.child(index.toString()), inside, after.get(index)));
    }

    private static Map<String, Object> piece(TextPiece.Kind kind, int length, Object content) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return Map.of(name, kind == TextPiece.Kind.KEPT ? length : content);
    }

    private void add(Map<String, @Nullable Object> plain, String line) {
        steps.add(new Step(List.of("~ " + line), plain));
    }

    private static Map<String, @Nullable Object> step(DocumentPath path, String kind) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("path", path.toString());
        plain.put("kind", kind);
        return plain;
    }

    private static Map<String, @Nullable Object> step(DocumentPath path, String kind, String name, Object value) {
        Map<String, @Nullable Object> plain = step(path, kind);
        plain.put(name, value);
        return plain;
    }

    private static String at(DocumentPath path) {
        return Printable.line(path.toString());
    }
}
