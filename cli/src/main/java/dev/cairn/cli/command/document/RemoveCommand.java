package dev.cairn.cli.command.document;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Place;
import dev.cairn.cli.shell.Exit;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.replica.Space;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cairn rm}. */
@Command(
        name = "rm",
        header = "Removes a document, or the part of it at PATH.",
        description = "Exit status 1 when there is no such thing.")
public final class RemoveCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", defaultValue = ".", description = "Where in it.")
    String path = ".";

    /** The command on a command line with this root. */
    public RemoveCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = Names.document(document);
        DocumentPath where = DocumentPath.parse(path);
        try (Space space = root.open()) {
            GetCommand.find(space.document(name), where);
            root.commit(space, "", tx -> remove(tx.on(name), where));
        }
        return Exit.DONE.status();
    }

    private static void remove(DocumentEditor editor, DocumentPath where) {
        if (where.isRoot()) {
            List.copyOf(editor.map().keys()).forEach(editor.map()::remove);
        } else {
            Place.at(editor, where).remove();
        }
    }
}
