package dev.cairn.cli.command.history;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.history.Moment;
import dev.cairn.cli.history.Reversals;
import dev.cairn.cli.history.Summary;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import dev.cairn.replica.LogEntry;
import dev.cairn.replica.Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn log}. */
@Command(
        name = "log",
        header = "Lists the changes of the space, or of one document, newest first.",
        description = "A line has the time, the version, the device, the documents with what was done to each, and"
                + " the message: +5 -2 are characters and list elements inserted and deleted, 'set' and 'removed'"
                + " entries of maps, 'placed' and 'dropped' nodes of trees. With --json one object a line. 'cairn"
                + " show VERSION' shows a change in full.")
public final class LogCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DOC", description = "Only this document's changes.")
    @Nullable
    String document;

    @Option(
            names = {"-n", "--limit", "--count"},
            paramLabel = "N",
            description = "At most so many.")
    @Nullable
    Integer limit;

    /** The command on a command line with this root. */
    public LogCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = document == null ? null : Names.document(document);
        try (Space space = root.open()) {
            Versions versions = root.versions(space);
            List<LogEntry> entries = name == null ? space.log() : space.log(name);
            if (name != null && entries.isEmpty()) {
                throw Failure.notFound("no document '" + Printable.line(name) + "', then or now: see 'cairn ls'");
            }
            entries.stream()
                    .limit(limit == null ? Long.MAX_VALUE : Math.max(0, limit))
                    .forEach(entry -> root.output().result(() -> plain(entry), () -> line(entry, versions)));
        }
        return Exit.DONE.status();
    }

    static Map<String, Object> plain(LogEntry entry) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("version", entry.id().toString());
        plain.put("device", entry.device().toString());
        plain.put("deviceName", entry.deviceName());
        plain.put("lamport", entry.lamport());
        plain.put("time", entry.time().toString());
        plain.put("message", entry.message());
        plain.put("documents", List.copyOf(entry.documents()));
        Map<String, Object> did = new LinkedHashMap<>();
        entry.edits().forEach((name, summary) -> did.put(name, Summary.plain(summary)));
        plain.put("did", did);
        entry.reversal().ifPresent(reversal -> plain.putAll(Reversals.plain(reversal)));
        return plain;
    }

    private static String line(LogEntry entry, Versions versions) {
        String did = entry.edits().entrySet().stream()
                .map(edit -> Printable.line(edit.getKey()) + " (" + Summary.text(edit.getValue()) + ")")
                .collect(Collectors.joining(", "));
        String line = Moment.print(entry.time()) + "  " + versions.brief(entry.id()) + "  "
                + Printable.line(entry.deviceName()) + "  " + did
                + entry.reversal()
                        .map(reversal -> "  " + Reversals.text(reversal, versions))
                        .orElse("");
        return entry.message().isEmpty() ? line : line + "  " + Printable.line(entry.message());
    }
}
