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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn restore}. */
@Command(
        name = "restore",
        header = "Makes a document as it was at a version, and prints what that changes.",
        description = "It is a change like any other, with as few edits as there can be: the history stays, what others"
                + " edit meanwhile merges, and 'cairn undo' takes it back.",
        footer = {"", Versions.HELP})
public final class RestoreCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Option(names = "--at", required = true, paramLabel = "VERSION", description = "The version to go back to.")
    String at = "";

    @Option(names = "--dry-run", description = "Only print what would change.")
    boolean dryRun;

    /** The command on a command line with this root. */
    public RestoreCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = Names.document(document);
        try (Space space = root.open()) {
            Version wanted = root.versions(space).read(at);
            if (!space.at(wanted).document(name).exists()
                    && !space.document(name).exists()) {
                throw Failure.notFound("no document '" + Printable.line(name) + "', then or now: see 'cairn log'");
            }
            Version before = space.version();
            Differences differences = DiffCommand.between(space, name, before, wanted);
            Version after = dryRun ? before : space.restore(name, wanted);
            boolean published = !dryRun && root.publish(space);
            if (root.output().isJson()) {
                root.output().line(Json.write(plain(name, wanted, before, after, differences, published)));
            } else {
                differences.lines().forEach(root.output()::line);
            }
        }
        return Exit.DONE.status();
    }

    private Map<String, Object> plain(
            String name, Version wanted, Version before, Version after, Differences differences, boolean published) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("document", name);
        plain.put("at", wanted.toString());
        plain.put("version", after.toString());
        plain.put("changed", !after.equals(before));
        plain.put("dryRun", dryRun);
        plain.put("published", published);
        plain.put("differences", differences.plain());
        return plain;
    }
}
