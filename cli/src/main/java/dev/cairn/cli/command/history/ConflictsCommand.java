package dev.cairn.cli.command.history;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.history.Disagreements;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn conflicts}. */
@Command(
        name = "conflicts",
        header = "Lists what concurrent edits disagreed about; nothing of it is lost.",
        description = "Values which were assigned at the same time are numbered, 1 is the one shown: settle them with"
                + " 'cairn resolve'. Edits inside of something which somebody else removed at the same time are listed"
                + " where it was: bring it back, or settle that it stays away.")
public final class ConflictsCommand implements Callable<Integer> {
    private static final String CHOOSE = "Which of several at this path, from 1 (default: 1).";

    private final CairnCommand root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DOC", description = "Only this document's conflicts.")
    @Nullable
    String document;

    /** The command on a command line with this root. */
    public ConflictsCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = document == null ? null : Names.document(document);
        try (Space space = root.open()) {
            Collection<String> names = name == null ? space.conflicts().keySet() : Set.of(name);
            Versions versions = root.versions(space);
            List<Map<String, Object>> plain = new ArrayList<>();
            for (String each : names) {
                Disagreements conflicts = new Disagreements(space.document(each), versions);
                if (root.output().isJson()) {
                    plain.addAll(conflicts.plain());
                } else {
                    conflicts.lines().forEach(root.output()::line);
                }
            }
            if (root.output().isJson()) {
                root.output().line(Json.write(plain));
            }
        }
        return Exit.DONE.status();
    }

    @Command(name = "restore", header = "Brings back what was removed while others edited it, with their edits.")
    Integer restore(
            @Parameters(paramLabel = "DOC", description = "The document's name.") String name,
            @Parameters(paramLabel = "PATH", description = "Where: as 'cairn conflicts' prints it.") String path,
            @Option(names = "--choose", paramLabel = "N", defaultValue = "1", description = CHOOSE) int number) {
        return settle(name, path, number, Space::restore);
    }

    @Command(name = "dismiss", header = "Settles that edits inside of what was removed are to stay lost.")
    Integer dismiss(
            @Parameters(paramLabel = "DOC", description = "The document's name.") String name,
            @Parameters(paramLabel = "PATH", description = "Where: as 'cairn conflicts' prints it.") String path,
            @Option(names = "--choose", paramLabel = "N", defaultValue = "1", description = CHOOSE) int number) {
        return settle(name, path, number, Space::dismiss);
    }

    /** How lost edits of a document are settled. */
    private interface Settling {
        Version settle(Space space, String document, Conflict.LostEdits lost);
    }

    private Integer settle(String name, String path, int number, Settling settling) {
        String checked = Names.document(name);
        DocumentPath where = DocumentPath.parse(path);
        try (Space space = root.open()) {
            List<Conflict.LostEdits> lost =
                    new Disagreements(space.document(checked), root.versions(space)).lost(where);
            if (number < 1 || number > lost.size()) {
                throw Failure.notFound("no lost edits number " + number + " at " + Printable.line(where.toString())
                        + " in '" + Printable.line(checked) + "': see 'cairn conflicts'");
            }
            root.committed(space, settle(space, checked, lost.get(number - 1), settling));
        }
        return Exit.DONE.status();
    }

    private static Version settle(Space space, String document, Conflict.LostEdits lost, Settling settling) {
        try {
            return settling.settle(space, document, lost);
        } catch (IllegalArgumentException refused) {
            throw new Failure(
                    Exit.NO, "not_settled", "these edits can not be settled so: " + refused.getMessage(), refused);
        }
    }
}
