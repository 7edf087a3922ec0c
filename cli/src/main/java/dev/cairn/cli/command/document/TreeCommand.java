package dev.cairn.cli.command.document;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.document.Assignment;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.NodeNames;
import dev.cairn.cli.document.Place;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.replica.Space;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn tree}. */
@Command(
        name = "tree",
        header = "Prints a tree, or adds, moves and removes its nodes.",
        description = "A line has a node's name, which it keeps wherever it goes, and its data. 'add' makes a node,"
                + " and the tree if need be, and prints the node's name; 'move' puts a node with all below it"
                + " elsewhere, also one that was removed; 'rm' takes it out. Its data is edited by 'cairn set DOC"
                + " PATH.NODE.KEY', with the name as --json prints it.")
public final class TreeCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "The tree.")
    String path = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "ACTION",
            defaultValue = "show",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Action action = Action.show;

    @Parameters(
            index = "3",
            arity = "0..1",
            paramLabel = "NODE|DATA",
            description = "The node to move or remove; the data of a new one, a JSON object.")
    @Nullable
    String operand;

    @Option(names = "--under", paramLabel = "NODE", description = "Put it below this node (default: at the top).")
    @Nullable
    String under;

    @Option(names = "--index", paramLabel = "N", description = "Before the one with this index (default: at the end).")
    @Nullable
    Integer index;

    /** The command on a command line with this root. */
    public TreeCommand(CairnCommand root) {
        this.root = root;
    }

    /** What to do. */
    enum Action {
        show,
        add,
        move,
        rm
    }

    @Override
    public Integer call() {
        if ((action == Action.move || action == Action.rm) && operand == null) {
            throw Failure.usage("which node? cairn tree DOC PATH " + action + " NODE");
        }
        String name = Names.document(document);
        DocumentPath where = DocumentPath.parse(path);
        Map<?, ?> data = action == Action.add ? data() : Map.of();
        try (Space space = root.open()) {
            Optional<TreeView> tree = find(space, name, where);
            NodeNames names = new NodeNames(tree.map(TreeView::nodes).orElse(List.of()));
            if (action == Action.show) {
                print(
                        tree.orElseThrow(() -> Failure.notFound("no tree at " + Printable.line(where.toString())
                                + ": make one with 'cairn tree DOC PATH add'")),
                        names);
            } else {
                edit(space, name, where, names, data);
            }
        }
        return Exit.DONE.status();
    }

    private Map<?, ?> data() {
        Object plain = operand == null ? Map.of() : Json.read(operand);
        if (plain instanceof Map<?, ?> map) {
            return map;
        }
        throw Failure.usage("the data of a node is an object: {\"name\": \"home\"}");
    }

    private static Optional<TreeView> find(Space space, String name, DocumentPath where) {
        Optional<Node> there = where.findInside(space.document(name).map());
        if (there.isPresent() && !(there.get() instanceof TreeView)) {
            throw new Failure(
                    Exit.NO,
                    "wrong_type",
                    Printable.line(where.toString()) + " is a " + Plain.type(there.get()) + ", no tree");
        }
        return there.map(TreeView.class::cast);
    }

    private void edit(Space space, String name, DocumentPath where, NodeNames names, Map<?, ?> data) {
        AtomicReference<@Nullable TreeNodeId> made = new AtomicReference<>();
        var version = space.commit(tx -> {
            TreeEditor tree = Place.at(tx.on(name), where).throughRegister().tree();
            switch (action) {
                case add -> made.set(add(tree, names, data));
                case move -> move(tree, names.read(String.valueOf(operand)), names);
                default -> tree.remove(present(tree, names, String.valueOf(operand)));
            }
        });
        TreeNodeId node = made.get();
        if (node == null) {
            root.committed(space, version);
        } else {
            boolean published = root.publish(space);
            root.output()
                    .result(
                            () -> Map.of(
                                    "node", node.toString(), "version", version.toString(), "published", published),
                            () -> new NodeNames(find(space, name, where)
                                            .orElseThrow()
                                            .nodes())
                                    .brief(node));
        }
    }

    private TreeNodeId add(TreeEditor tree, NodeNames names, Map<?, ?> data) {
        TreeNodeId node;
        if (under == null) {
            node = tree.add(index(tree.rootCount()));
        } else {
            TreeNodeId parent = present(tree, names, under);
            node = tree.add(parent, index(tree.childCount(parent)));
        }
        Assignment.assignMap(tree.data(node), data);
        return node;
    }

    private void move(TreeEditor tree, TreeNodeId node, NodeNames names) {
        boolean inside = tree.contains(node);
        if (under == null) {
            int others = tree.rootCount() - (inside && tree.parent(node).isEmpty() ? 1 : 0);
            try {
                tree.move(node, index(others));
            } catch (IllegalArgumentException unknown) {
                throw refused(node, unknown);
            }
            return;
        }
        TreeNodeId parent = present(tree, names, under);
        boolean already = inside && tree.parent(node).filter(parent::equals).isPresent();
        int at = index(tree.childCount(parent) - (already ? 1 : 0));
        try {
            tree.move(node, parent, at);
        } catch (IllegalArgumentException circle) {
            throw refused(node, circle);
        }
    }

    private static Failure refused(TreeNodeId node, IllegalArgumentException why) {
        return new Failure(Exit.NO, "not_movable", "the node " + node + " can not go there: " + why.getMessage(), why);
    }

    private int index(int most) {
        if (index != null && (index < 0 || index > most)) {
            throw Failure.notFound("no index " + index + ": the last one is " + most);
        }
        return index == null ? most : index;
    }

    private static TreeNodeId present(TreeEditor tree, NodeNames names, String text) {
        TreeNodeId node = names.read(text);
        if (!tree.contains(node)) {
            throw Failure.notFound("the node " + Printable.line(text) + " is not in the tree now");
        }
        return node;
    }

    private void print(TreeView tree, NodeNames names) {
        if (root.output().isJson()) {
            root.output().line(Json.write(Plain.of(tree)));
            return;
        }
        StringBuilder lines = new StringBuilder();
        tree.walk(new TreeView.Walker() {
            private int depth;

            @Override
            public void enter(TreeNodeId node, MapView data, int children) {
                lines.append("  ".repeat(depth++))
                        .append(names.brief(node))
                        .append("  ")
                        .append(Printable.line(Json.write(Plain.of(data))))
                        .append('\n');
            }

            @Override
            public void leave(TreeNodeId node) {
                depth--;
            }
        });
        root.output().raw(lines.toString());
    }
}
