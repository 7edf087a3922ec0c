package dev.cairn.examples.outline;

import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.watcher.FolderWatcher;
import dev.cairn.watcher.Watching;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** An outline in the terminal: {@code examples/run outline FOLDER [STATE]}. */
public final class Outline {
    private static final String HELP = """
            add TEXT      a line at the end               under N TEXT   a line below line N
            into N M      line N with all below into M    top N          line N to the top
            drop N        removes it with all below       undo / redo    takes back what you did
            show          the outline                     quit
            """;

    private final Space space;
    private final PrintStream out;
    private List<TreeNodeId> shown = List.of();

    public Outline(Space space, PrintStream out) {
        this.space = space;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        SpaceOptions options = args.length > 1 ? SpaceOptions.inState(Path.of(args[1])) : SpaceOptions.defaults();
        try (Space space = Space.open(Path.of(args[0]), options);
                Watching watching = FolderWatcher.keepFresh(space)) {
            new Outline(space, System.out)
                    .run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    /** Reads commands until {@code quit} or the end of the input. */
    public void run(BufferedReader in) throws IOException {
        out.print(HELP);
        show();
        String line = in.readLine();
        while (line != null && !line.equals("quit")) {
            obey(line.strip().split(" ", 3));
            line = in.readLine();
        }
    }

    private void obey(String[] words) {
        try {
            switch (words[0]) {
                case "add" -> edit((tree, lines) -> write(tree, tree.add(), rest(words, 1)));
                case "under" -> edit((tree, lines) -> write(tree, tree.add(line(lines, words, 1)), rest(words, 2)));
                case "into" ->
                    edit((tree, lines) -> {
                        TreeNodeId above = line(lines, words, 2);
                        TreeNodeId node = line(lines, words, 1);
                        boolean there = tree.parent(node).filter(above::equals).isPresent();
                        tree.move(node, above, tree.childCount(above) - (there ? 1 : 0));
                    });
                case "top" ->
                    edit((tree, lines) -> {
                        TreeNodeId node = line(lines, words, 1);
                        tree.move(node, tree.rootCount() - (tree.parent(node).isEmpty() ? 1 : 0));
                    });
                case "drop" -> edit((tree, lines) -> tree.remove(line(lines, words, 1)));
                case "undo" -> space.undo();
                case "redo" -> space.redo();
                case "show" -> {}
                default -> out.print(HELP);
            }
            show();
        } catch (IllegalArgumentException e) {
            out.println("! " + e.getMessage());
        }
    }

    /** The lines are those which were shown last, whatever has come since. */
    private void edit(BiConsumer<TreeEditor, List<TreeNodeId>> change) {
        space.commit(tx -> change.accept(tx.on("outline").tree("lines"), shown));
    }

    private static void write(TreeEditor tree, TreeNodeId node, String text) {
        tree.data(node).text("text").append(text);
    }

    private Optional<TreeView> tree() {
        return space.document("outline")
                .at("lines")
                .filter(TreeView.class::isInstance)
                .map(TreeView.class::cast);
    }

    private void show() {
        space.refresh();
        StringBuilder page = new StringBuilder();
        Optional<TreeView> now = tree();
        shown = now.map(TreeView::nodes).orElse(List.of());
        now.ifPresent(tree -> tree.walk(new TreeView.Walker() {
            private int number;
            private int depth;

            @Override
            public void enter(TreeNodeId node, MapView data, int children) {
                String text = data.get("text").map(Node::toString).orElse("");
                page.append(String.format("%4d  ", ++number))
                        .append("  ".repeat(depth++))
                        .append(text)
                        .append('\n');
            }

            @Override
            public void leave(TreeNodeId node) {
                depth--;
            }
        }));
        out.print(page.isEmpty() ? "(nothing yet)\n" : page);
        out.flush();
    }

    private static TreeNodeId line(List<TreeNodeId> lines, String[] words, int place) {
        String number = words.length > place ? words[place] : "";
        if (!number.matches("[1-9][0-9]{0,5}") || Integer.parseInt(number) > lines.size()) {
            throw new IllegalArgumentException("there is no line '" + number + "'");
        }
        return lines.get(Integer.parseInt(number) - 1);
    }

    private static String rest(String[] words, int from) {
        return String.join(" ", List.of(words).subList(Math.min(from, words.length), words.length));
    }
}
