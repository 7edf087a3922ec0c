package dev.cairn.cli.command.document;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.replica.Document;
import dev.cairn.replica.Space;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cairn ls}. */
@Command(name = "ls", header = "Lists the documents; with --json also their size and their entries' types.")
public final class ListCommand implements Callable<Integer> {
    private final CairnCommand root;

    /** The command on a command line with this root. */
    public ListCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Space space = root.open()) {
            if (root.output().isJson()) {
                List<Map<String, Object>> documents = space.documents().stream()
                        .map(space::document)
                        .map(ListCommand::describe)
                        .toList();
                root.output().line(Json.write(documents));
            } else {
                space.documents().forEach(name -> root.output().line(Printable.line(name)));
            }
        }
        return Exit.DONE.status();
    }

    /** The size is that of the document as JSON in UTF-8. */
    private static Map<String, Object> describe(Document document) {
        Map<String, String> types = new LinkedHashMap<>();
        document.map().entries().forEach((key, node) -> types.put(key, Plain.type(node)));
        int bytes = Json.write(Plain.of(document.map())).getBytes(StandardCharsets.UTF_8).length;
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", document.name());
        described.put("bytes", bytes);
        described.put("conflicts", document.conflicts().size());
        described.put("entries", types);
        return described;
    }
}
