package dev.cairn.cli.command.history;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Part;
import dev.cairn.cli.command.Table;
import dev.cairn.cli.command.document.GetCommand;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.history.Blames;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import dev.cairn.replica.Document;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn blame}. */
@Command(
        name = "blame",
        header = "Tells who made what is there.",
        description = "A text line by line, each with the newest change in it; a list by elements, a map by keys, a"
                + " counter by what each change added. With --json a text's exact stretches.",
        footer = {"", Versions.HELP})
public final class BlameCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Mixin
    Part part = new Part();

    /** The command on a command line with this root. */
    public BlameCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = part.document();
        DocumentPath asked = part.path();
        try (Space space = root.open()) {
            Versions versions = root.versions(space);
            Version version = part.version(() -> versions).orElseGet(space::version);
            Document then = space.at(version).document(name);
            DocumentPath where = GetCommand.find(then, asked) instanceof Value ? asked.parent() : asked;
            Blame blame = blame(space, version, then, where);
            Node node = (blame instanceof Blame.OfMap ? where.find(then.map()) : where.findInside(then.map()))
                    .orElseThrow();
            Blames blames = new Blames(versions, node);
            if (root.output().isJson()) {
                Map<String, Object> plain = new LinkedHashMap<>();
                plain.put("document", name);
                plain.put("path", where.toString());
                plain.putAll(blames.plain(blame));
                root.output().line(Json.write(plain));
            } else {
                List<List<String>> rows = blames.rows(blame).stream()
                        .filter(row -> where.equals(asked) || row.get(3).equals(Printable.line(asked.last())))
                        .toList();
                Table.align(rows).forEach(root.output()::line);
            }
        }
        return Exit.DONE.status();
    }

    private static Blame blame(Space space, Version version, Document then, DocumentPath where) {
        try {
            return space.blameAt(then.name(), version, where.steps(then.map()));
        } catch (IllegalArgumentException unknown) {
            Node node = where.find(then.map()).orElseThrow();
            throw new Failure(
                    Exit.NO, "wrong_type", where + " is a " + Plain.type(node) + ", which has no authors", unknown);
        }
    }
}
