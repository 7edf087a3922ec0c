package dev.cairn.cli.command.history;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.history.DotGraph;
import dev.cairn.cli.history.Moment;
import dev.cairn.cli.history.Stretch;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Printable;
import dev.cairn.replica.GraphNode;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn graph}. */
@Command(
        name = "graph",
        header = "Prints the graph of all changes: which was made on which.",
        description = "A line is a stretch of changes of one device which follow one another, oldest first, with what"
                + " the first of them was made on; with --all it is one change. --dot prints it for Graphviz, as in"
                + " 'cairn graph --dot | dot -Tsvg'. With --json one object a line, or one with the text of --dot.")
public final class GraphCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Option(names = "--dot", description = "In the language of Graphviz.")
    boolean dot;

    @Option(names = "--all", description = "Every change by itself.")
    boolean all;

    /** The command on a command line with this root. */
    public GraphCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Space space = root.open()) {
            Versions versions = root.versions(space);
            List<GraphNode> nodes = space.graph();
            List<Stretch> stretches = all ? Stretch.each(nodes) : Stretch.of(nodes);
            if (dot) {
                String graph = DotGraph.of(stretches, versions);
                root.output().result(() -> Map.of("dot", graph), () -> graph);
            } else {
                stretches.forEach(stretch -> root.output().result(() -> plain(stretch), () -> line(stretch, versions)));
            }
        }
        return Exit.DONE.status();
    }

    private static Map<String, Object> plain(Stretch stretch) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("first", stretch.first().id().toString());
        plain.put("last", stretch.last().id().toString());
        plain.put("changes", stretch.changes());
        plain.put("device", stretch.first().device().toString());
        plain.put("deviceName", stretch.first().deviceName());
        plain.put("from", stretch.first().time().toString());
        plain.put("until", stretch.last().time().toString());
        plain.put(
                "parents",
                stretch.first().parents().stream().map(Version.Head::toString).toList());
        plain.put("documents", List.copyOf(stretch.documents()));
        return plain;
    }

    private static String line(Stretch stretch, Versions versions) {
        List<String> words = new ArrayList<>();
        words.add(Moment.print(stretch.first().time()));
        words.add(versions.brief(stretch));
        words.add(Printable.line(stretch.first().deviceName()));
        words.add(stretch.documents().isEmpty() ? "joins" : Printable.line(String.join(", ", stretch.documents())));
        List<Version.Head> parents = stretch.first().parents();
        words.add(parents.isEmpty() ? "from the start" : "on " + versions.brief(new Version(parents)));
        return String.join("  ", words);
    }
}
