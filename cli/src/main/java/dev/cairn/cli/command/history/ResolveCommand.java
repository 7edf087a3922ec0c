package dev.cairn.cli.command.history;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.document.Assignment;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Place;
import dev.cairn.cli.history.Disagreements;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.replica.Space;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn resolve}. */
@Command(
        name = "resolve",
        header = "Settles a conflict, for everybody: chooses one of the values or gives another.",
        description = "Exit status 1 when there is no conflict at PATH, or not so many values.")
public final class ResolveCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "Where: as 'cairn conflicts' prints it.")
    String path = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "Another value, JSON.")
    @Nullable
    String value;

    @Option(names = "--choose", paramLabel = "N", description = "The number which 'cairn conflicts' prints.")
    @Nullable
    Integer choice;

    /** The command on a command line with this root. */
    public ResolveCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if ((value == null) == (choice == null)) {
            throw Failure.usage("give either --choose N or a VALUE: see 'cairn resolve --help'");
        }
        String name = Names.document(document);
        DocumentPath where = DocumentPath.parse(path);
        Object plain = value == null ? null : Json.read(value);
        try (Space space = root.open()) {
            List<Disagreements.Choice> choices =
                    new Disagreements(space.document(name), root.versions(space)).choices(where);
            if (choices.isEmpty()) {
                throw Failure.notFound("no conflict at " + Printable.line(where.toString()) + " in '"
                        + Printable.line(name) + "': see 'cairn conflicts'");
            }
            Consumer<DocumentEditor> edit =
                    choice == null ? editor -> replace(editor, where, choices, plain) : choosing(choices, choice);
            root.commit(space, "", tx -> edit.accept(tx.on(name)));
        }
        return Exit.DONE.status();
    }

    private static Consumer<DocumentEditor> choosing(List<Disagreements.Choice> choices, int number) {
        if (number < 1 || number > choices.size()) {
            throw Failure.notFound("no value number " + number + ": there are " + choices.size());
        }
        Disagreements.Choice chosen = choices.get(number - 1);
        return editor -> {
            try {
                editor.resolve(chosen.conflict(), chosen.assignment());
            } catch (IllegalArgumentException gone) {
                throw new Failure(
                        Exit.NO, "conflict_changed", "the conflict has just changed: see 'cairn conflicts'", gone);
            }
        };
    }

    /** What is there goes first, so that the new value supersedes it whatever its type. */
    private static void replace(
            DocumentEditor editor, DocumentPath where, List<Disagreements.Choice> choices, @Nullable Object plain) {
        Place outer = Place.at(editor, where);
        boolean whole = Place.isRegister(choices.get(0).assignment().value());
        Place place = whole ? outer : outer.throughRegister();
        place.remove();
        Assignment.assign(place, plain);
    }
}
