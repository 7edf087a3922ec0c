package dev.cairn.cli.command.document;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Place;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.replica.Space;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cairn move}. */
@Command(
        name = "move",
        header = "Moves an element of a movable list.",
        description = "The element stays the same one: what others assign to it meanwhile comes along. Make such a list"
                + " with 'cairn set DOC PATH --type movable'.")
public final class MoveCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "The movable list.")
    String path = "";

    @Parameters(index = "2", paramLabel = "FROM", description = "The element's index now, from 0.")
    int from;

    @Parameters(index = "3", paramLabel = "TO", description = "The index it has then.")
    int to;

    /** The command on a command line with this root. */
    public MoveCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = Names.document(document);
        DocumentPath where = DocumentPath.parse(path);
        try (Space space = root.open()) {
            GetCommand.find(space.document(name), where);
            root.commit(space, "", tx -> move(tx.on(name), where));
        }
        return Exit.DONE.status();
    }

    private void move(DocumentEditor editor, DocumentPath where) {
        Place place = where.isRoot() ? null : Place.at(editor, where).throughRegister();
        Node there = place == null ? null : place.get().orElse(null);
        if (place == null || !(there instanceof MovableListView)) {
            throw new Failure(
                    Exit.NO,
                    "wrong_type",
                    Printable.line(where.toString()) + " is a " + (there == null ? "map" : Plain.type(there))
                            + ", no movable list: make one with 'cairn set --type movable'");
        }
        MovableListEditor list = place.movableList();
        for (int index : new int[] {from, to}) {
            if (index < 0 || index >= list.size()) {
                throw Failure.notFound("no index " + index + " in a list of " + list.size());
            }
        }
        list.move(from, to);
    }
}
