package dev.cairn.cli.command.document;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Place;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.document.TextEdit;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.text.Splice;
import dev.cairn.cli.text.TextDiff;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cairn edit}. */
@Command(
        name = "edit",
        header = "Opens a text in $VISUAL or $EDITOR and commits what was changed.",
        description =
                "Only the insertions and deletions made in the editor are committed, so what others change meanwhile"
                        + " is kept. A text is made if there is none.")
public final class EditCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "Where in the document: see 'cairn set --help'.")
    String path = "";

    /** The command on a command line with this root. */
    public EditCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        String name = Names.document(document);
        DocumentPath where = DocumentPath.parse(path);
        if (where.isRoot()) {
            throw Failure.usage("a whole document is no text: give a PATH");
        }
        try (Space space = root.open()) {
            Optional<Node> node = where.findInside(space.document(name).map());
            boolean string = node.filter(Value.Str.class::isInstance).isPresent();
            String opened = text(node, where);
            Editor.of(root.shell()).edit(opened, saved -> {
                boolean ended = string && !opened.endsWith("\n") && saved.endsWith("\n");
                // editors end the last line; a title has no line
                String edited = ended ? saved.substring(0, saved.length() - 1) : saved;
                commit(space, new Edit(name, where, string, opened, edited));
            });
        }
        return Exit.DONE.status();
    }

    private static String text(Optional<Node> node, DocumentPath where) {
        if (node.isEmpty()) {
            return "";
        }
        if (node.get() instanceof TextView text) {
            return text.toString();
        }
        if (node.get() instanceof Value.Str string) {
            return string.value();
        }
        throw new Failure(
                Exit.NO,
                "wrong_type",
                where + " is a " + Plain.type(node.get()) + ", which is no text: use 'cairn set' for it");
    }

    private void commit(Space space, Edit edit) {
        boolean changed = !edit.opened.equals(edit.edited);
        if (changed) {
            space.refresh();
            edit.commit(space);
            root.publish(space);
        }
        Version version = space.version();
        root.output()
                .result(
                        () -> Map.of("version", version.toString(), "changed", changed),
                        () -> changed ? "Saved." : "Nothing changed.");
    }

    private record Edit(String document, DocumentPath where, boolean string, String opened, String edited) {
        void commit(Space space) {
            if (string) {
                space.commit(
                        tx -> Place.at(tx.on(document), where).throughRegister().put(Value.of(edited)));
                return;
            }
            List<Splice> mine = TextDiff.between(opened, edited);
            TextEdit edit = new TextEdit(document, where);
            space.batch(batch ->
                    edit.commit(batch, "", present -> TextDiff.rebase(mine, TextDiff.between(opened, present))));
        }
    }
}
