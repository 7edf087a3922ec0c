package dev.cairn.cli.command.history;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.history.Differences;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cairn diff}. */
@Command(
        name = "diff",
        header = "Shows in what two versions of a document differ.",
        description = "Lines begin with + for what is only in B, - for what is only in A, ~ for what differs inside;"
                + " nothing is printed when they are equal. Neither version need be older than the other.",
        footer = {"", Versions.HELP})
public final class DiffCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Parameters(index = "1", paramLabel = "A", description = "A version.")
    String from = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "B",
            defaultValue = "now",
            description = "Another version (default: ${DEFAULT-VALUE}).")
    String to = "now";

    /** The command on a command line with this root. */
    public DiffCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = Names.document(document);
        try (Space space = root.open()) {
            Versions versions = root.versions(space);
            Version before = versions.read(from);
            Version after = versions.read(to);
            if (!space.at(before).document(name).exists()
                    && !space.at(after).document(name).exists()) {
                throw Failure.notFound("no document '" + Printable.line(name) + "' in either version: see 'cairn log'");
            }
            Differences differences = between(space, name, before, after);
            if (root.output().isJson()) {
                Map<String, Object> plain = new LinkedHashMap<>();
                plain.put("document", name);
                plain.put("from", before.toString());
                plain.put("to", after.toString());
                plain.put("differences", differences.plain());
                root.output().line(Json.write(plain));
            } else {
                differences.lines().forEach(root.output()::line);
            }
        }
        return Exit.DONE.status();
    }

    static Differences between(Space space, String name, Version before, Version after) {
        return Differences.of(
                space.diff(name, before, after), space.at(after).document(name).map());
    }
}
