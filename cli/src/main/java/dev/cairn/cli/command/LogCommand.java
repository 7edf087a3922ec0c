package dev.cairn.cli.command;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Printable;
import dev.cairn.replica.LogEntry;
import dev.cairn.replica.Space;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn log}. */
@Command(
        name = "log",
        description =
                "Lists the changes of the space, or of one document, newest first; with --json one object a line.")
final class LogCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final CairnCommand root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DOC", description = "Only this document's changes.")
    @Nullable
    String document;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "At most so many.")
    @Nullable
    Integer count;

    LogCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = document == null ? null : Names.document(document);
        try (Space space = root.open()) {
            List<LogEntry> entries = name == null ? space.log() : space.log(name);
            entries.stream()
                    .limit(count == null ? Long.MAX_VALUE : Math.max(0, count))
                    .forEach(entry -> root.output().result(() -> plain(entry), () -> line(entry)));
        }
        return Exit.DONE.status();
    }

    private static Map<String, Object> plain(LogEntry entry) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("version", entry.id().toString());
        plain.put("device", entry.device().toString());
        plain.put("deviceName", entry.deviceName());
        plain.put("lamport", entry.lamport());
        plain.put("time", entry.time().toString());
        plain.put("message", entry.message());
        plain.put("documents", List.copyOf(entry.documents()));
        return plain;
    }

    private static String line(LogEntry entry) {
        String line = TIME.format(entry.time().atZone(ZoneId.systemDefault())) + "  " + entry.id() + "  "
                + Printable.line(entry.deviceName()) + "  " + Printable.line(String.join(", ", entry.documents()));
        return entry.message().isEmpty() ? line : line + "  " + Printable.line(entry.message());
    }
}
