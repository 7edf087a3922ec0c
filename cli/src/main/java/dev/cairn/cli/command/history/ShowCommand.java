package dev.cairn.cli.command.history;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.history.Differences;
import dev.cairn.cli.history.Moment;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import dev.cairn.replica.LogEntry;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cairn show}. */
@Command(
        name = "show",
        header = "Shows what one change did, document by document.",
        description = "Lines begin with + for what came, - for what went, ~ for what changed inside.",
        footer = {"", Versions.HELP})
public final class ShowCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "VERSION", description = "The change, as 'cairn log' prints it.")
    String version = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "DOC", description = "Only this document.")
    @Nullable
    String document;

    /** The command on a command line with this root. */
    public ShowCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String only = document == null ? null : Names.document(document);
        try (Space space = root.open()) {
            Versions versions = root.versions(space);
            Version.Head change = versions.change(version);
            Version before = space.before(change);
            Version after = new Version(List.of(change));
            List<LogEntry> found = space.changesBetween(before, after);
            SortedSet<String> touched =
                    found.isEmpty() ? new TreeSet<>() : found.get(0).documents();
            if (only != null && !touched.contains(only)) {
                throw Failure.notFound("this change does nothing to '" + Printable.line(only) + "': see 'cairn log "
                        + Printable.line(only) + "'");
            }
            Map<String, Differences> differences = new LinkedHashMap<>();
            for (String name : only == null ? touched : Set.of(only)) {
                differences.put(name, DiffCommand.between(space, name, before, after));
            }
            root.output()
                    .result(
                            () -> plain(after, before, found, differences),
                            () -> String.join("\n", lines(versions, change, found, differences)));
        }
        return Exit.DONE.status();
    }

    private static Map<String, Object> plain(
            Version change, Version before, List<LogEntry> found, Map<String, Differences> differences) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("version", change.toString());
        found.forEach(entry -> plain.putAll(LogCommand.plain(entry)));
        plain.put("before", before.toString());
        Map<String, Object> all = new LinkedHashMap<>();
        differences.forEach((name, difference) -> all.put(name, difference.plain()));
        plain.put("differences", all);
        return plain;
    }

    private static List<String> lines(
            Versions versions, Version.Head change, List<LogEntry> found, Map<String, Differences> differences) {
        List<String> lines = new ArrayList<>();
        lines.add("version  " + change);
        lines.add("device   " + Printable.line(versions.device(change)));
        for (LogEntry entry : found) {
            lines.add("time     " + Moment.print(entry.time()));
            if (!entry.message().isEmpty()) {
                lines.add("message  " + Printable.line(entry.message()));
            }
        }
        if (found.isEmpty()) {
            lines.add("Joins versions and changes no document.");
        }
        differences.forEach((name, difference) -> {
            lines.add("");
            lines.add(Printable.line(name));
            difference.lines().forEach(line -> lines.add("  " + line));
        });
        return lines;
    }
}
