package dev.cairn.cli.command.document;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.command.TextFile;
import dev.cairn.cli.document.Assignment;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Kind;
import dev.cairn.cli.document.Place;
import dev.cairn.cli.document.TextEdit;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.text.TextDiff;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn set}. */
@Command(
        name = "set",
        header = "Sets a value in a document.",
        description = "VALUE is JSON: 3, true, null, '\"text\"', '{\"a\":[1,2]}'. Objects become maps and arrays lists;"
                + " entries which are equal already are not touched. With --file the value becomes a text, and only"
                + " what differs from the present text is inserted and deleted, so that edits of others merge. With"
                + " --add the value becomes a counter. With --type the value becomes a container of that type, if it is"
                + " none yet, and VALUE its content; without VALUE it is made empty.",
        footer = {
            "",
            "PATH is keys and list indexes joined by '.' or '/', as in items.2.title; '\\.' is a dot inside a key, '-'"
                    + " the place after a list's last element, '.' alone the whole document."
        })
public final class SetCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "Where in the document.")
    String path = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "The value, JSON.")
    @Nullable
    String value;

    @Option(names = "--file", paramLabel = "F", description = "Take a text from this file; - is the input.")
    @Nullable
    String file;

    @Option(names = "--add", paramLabel = "N", description = "Add to a counter, made if need be.")
    @Nullable
    Long amount;

    @Option(
            names = "--type",
            paramLabel = "T",
            description = "What to make: ${COMPLETION-CANDIDATES} (a movable list is one whose elements can be moved).")
    @Nullable
    Kind type;

    @Option(names = "--message", paramLabel = "M", defaultValue = "", description = "What the log says of it.")
    String message = "";

    /** The command on a command line with this root. */
    public SetCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        int given = (value == null ? 0 : 1) + (file == null ? 0 : 1) + (amount == null ? 0 : 1);
        if (given > 1 || (given == 0 && type == null) || (type != null && value == null && given == 1)) {
            throw Failure.usage(
                    "give one of VALUE, --file F, --add N, --type T or --type T VALUE: see 'cairn set --help'");
        }
        String name = Names.document(document);
        DocumentPath where = DocumentPath.parse(path);
        if (file != null) {
            requirePath(where);
            setText(name, where, TextFile.read(root.shell(), file));
            return Exit.DONE.status();
        }
        Edit edit = edit(where);
        try (Space space = root.open()) {
            root.commit(space, message, tx -> edit.apply(tx.on(name)));
        }
        return Exit.DONE.status();
    }

    private void setText(String name, DocumentPath where, String text) {
        try (Space space = root.open()) {
            TextEdit edit = new TextEdit(name, where);
            Version version =
                    space.batch(batch -> edit.commit(batch, message, present -> TextDiff.between(present, text)));
            root.committed(space, version);
        }
    }

    private static void requirePath(DocumentPath where) {
        if (where.isRoot()) {
            throw Failure.usage("a whole document is a map: give a PATH for anything else");
        }
    }

    /** What to do with the document once it is open; everything that can fail before is done. */
    private interface Edit {
        void apply(DocumentEditor editor);
    }

    private Edit edit(DocumentPath where) {
        if (value != null) {
            Object plain = Json.read(value);
            if (type != null && !where.isRoot()) {
                return typed(where, type, plain);
            }
            if (!where.isRoot()) {
                return editor -> Assignment.assign(Place.at(editor, where), plain);
            }
            if (plain instanceof Map<?, ?> map) {
                return editor -> Assignment.assignMap(editor.map(), map);
            }
            throw Failure.usage("a whole document is an object: {\"key\": value}: give a PATH for anything else");
        }
        requirePath(where);
        if (amount != null) {
            long delta = amount;
            return editor -> Place.at(editor, where).throughRegister().counter().add(delta);
        }
        Kind kind = Objects.requireNonNull(type);
        return editor -> Assignment.make(Place.at(editor, where), kind);
    }

    private static Edit typed(DocumentPath where, Kind kind, @Nullable Object plain) {
        boolean fits = switch (kind) {
            case map -> plain instanceof Map;
            case list, movable -> plain instanceof List;
            case text -> plain instanceof String;
            case counter -> plain instanceof Integer || plain instanceof Long;
            case register -> true;
            case tree -> false;
        };
        if (!fits) {
            throw Failure.usage("VALUE does not fit --type " + kind + ": " + Json.write(plain));
        }
        return editor -> {
            Place place = Place.at(editor, where);
            Assignment.make(place, kind);
            Assignment.assign(place, plain);
        };
    }
}
