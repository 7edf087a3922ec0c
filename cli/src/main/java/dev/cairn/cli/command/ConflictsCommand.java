package dev.cairn.cli.command;

import dev.cairn.cli.history.Disagreements;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Json;
import dev.cairn.replica.Space;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cairn conflicts}. */
@Command(
        name = "conflicts",
        header = "Lists what concurrent edits disagreed about; nothing of it is lost.",
        description = "Values which were assigned at the same time are numbered, 1 is the one shown: settle them with"
                + " 'cairn resolve'. Edits inside of something which somebody else removed at the same time are listed"
                + " where it was.")
final class ConflictsCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DOC", description = "Only this document's conflicts.")
    @Nullable
    String document;

    ConflictsCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = document == null ? null : Names.document(document);
        try (Space space = root.open()) {
            Collection<String> names = name == null ? space.documents() : Set.of(name);
            Versions versions = root.versions(space);
            List<Map<String, Object>> plain = new ArrayList<>();
            for (String each : names) {
                Disagreements conflicts = new Disagreements(space.document(each), versions);
                if (root.json) {
                    plain.addAll(conflicts.plain());
                } else {
                    conflicts.lines().forEach(root.output()::line);
                }
            }
            if (root.json) {
                root.output().line(Json.write(plain));
            }
        }
        return Exit.DONE.status();
    }
}
