package dev.cairn.crdt.pairs;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextRun;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A document in few words, for a cell of a table. */
final class Rendering {
    private Rendering() {}

    /** Returns what the document shows and on what edits disagreed. */
    static String cell(DocumentState state) {
        List<String> lines = new ArrayList<>();
        lines.add(entries(state.root()));
        state.conflicts().forEach(conflict -> lines.add(conflict(conflict)));
        return String.join("<br>", lines);
    }

    private static String entries(MapView map) {
        return map.entries().isEmpty()
                ? "—"
                : map.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + node(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String node(Node node) {
        if (node instanceof MapView map) {
            return map.entries().isEmpty() ? "{}" : "{" + entries(map) + "}";
        }
        if (node instanceof ListView list) {
            return list.elements().stream().map(Rendering::node).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof TextView text) {
            return '"' + text.runs().stream().map(Rendering::run).collect(Collectors.joining()) + '"';
        }
        if (node instanceof CounterView counter) {
            return "Σ " + counter.value();
        }
        if (node instanceof RegisterView register) {
            return "(" + register.value().map(Rendering::node).orElse("") + ")";
        }
        return node instanceof TreeView tree ? nodes(tree, tree.roots()) : scalar((Value) node);
    }

    private static String run(TextRun run) {
        return run.marks().isEmpty()
                ? run.text()
                : "⟨" + run.text() + "⟩"
                        + run.marks().entrySet().stream()
                                .map(mark -> "<sub>" + mark.getKey() + value(mark) + "</sub>")
                                .collect(Collectors.joining());
    }

    private static String value(Map.Entry<String, Value> mark) {
        return mark.getValue().equals(Value.of(true)) ? "" : "=" + scalar(mark.getValue());
    }

    private static String nodes(TreeView tree, List<TreeNodeId> ids) {
        return ids.stream()
                .map(id -> name(tree.data(id))
                        + (tree.children(id).isEmpty() ? "" : "(" + nodes(tree, tree.children(id)) + ")"))
                .collect(Collectors.joining(" "));
    }

    private static String name(MapView data) {
        String more = data.entries().keySet().stream()
                .filter(key -> !"name".equals(key))
                .collect(Collectors.joining("+"));
        return data.get("name").map(Rendering::node).orElse("?") + (more.isEmpty() ? "" : "{" + more + "}");
    }

    private static String scalar(Value value) {
        if (value instanceof Value.Str string) {
            return string.value();
        }
        if (value instanceof Value.Int integer) {
            return Long.toString(integer.value());
        }
        return String.valueOf(value);
    }

    private static String conflict(Conflict conflict) {
        if (conflict instanceof Conflict.Assignments assignments) {
            return "⚠ "
                    + assignments.assignments().stream()
                            .map(assignment -> node(assignment.value()))
                            .collect(Collectors.joining(" / "));
        }
        return "⚠ lost: "
                + ((Conflict.LostEdits) conflict)
                        .edits().stream().map(edit -> device(edit.change())).collect(Collectors.joining(", "));
    }

    private static String device(ChangeId change) {
        return change.actor().low() == 0xa ? "A" : change.actor().low() == 0xb ? "B" : "base";
    }
}
