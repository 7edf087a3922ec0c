package dev.cairn.cli.command.document;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Names;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Place;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import dev.cairn.replica.Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn mark}. */
@Command(
        name = "mark",
        header = "Lists the marks of a text, such as bold or link, or sets one.",
        description =
                "START and END count UTF-16 code units from 0, END is behind the last. VALUE is JSON, true if it is"
                        + " left out; null takes the mark off.")
public final class MarkCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "The text.")
    String path = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "START", description = "Where the mark starts.")
    @Nullable
    Integer start;

    @Parameters(index = "3", arity = "0..1", paramLabel = "END", description = "Where it ends.")
    @Nullable
    Integer end;

    @Parameters(index = "4", arity = "0..1", paramLabel = "KEY", description = "What kind of mark.")
    @Nullable
    String key;

    @Parameters(index = "5", arity = "0..1", paramLabel = "VALUE", defaultValue = "true", description = "Its value.")
    String value = "true";

    @Option(
            names = "--expand",
            paramLabel = "E",
            defaultValue = "after",
            description = "At which edges inserted text gets the mark, too: ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}, as for styles; links and comments take none).")
    Edge expand = Edge.after;

    /** The command on a command line with this root. */
    public MarkCommand(CairnCommand root) {
        this.root = root;
    }

    /** The edges as people write them. */
    enum Edge {
        none(Expand.NONE),
        before(Expand.BEFORE),
        after(Expand.AFTER),
        both(Expand.BOTH);

        private final Expand value;

        Edge(Expand value) {
            this.value = value;
        }
    }

    @Override
    public Integer call() {
        if (start != null && key == null) {
            throw Failure.usage("a mark needs START END KEY: see 'cairn mark --help'");
        }
        String name = Names.document(document);
        DocumentPath where = DocumentPath.parse(path);
        Object plain = Json.read(value);
        if (plain instanceof Map || plain instanceof List) {
            throw Failure.usage("the value of a mark is a string, a number, a boolean or null");
        }
        try (Space space = root.open()) {
            GetCommand.find(space.document(name), where);
            TextView text =
                    text(where, where.findInside(space.document(name).map()).orElse(null));
            if (start == null || end == null || key == null) {
                list(text);
            } else {
                Stretch stretch = new Stretch(start, end, key);
                root.commit(
                        space,
                        "",
                        tx -> mark(
                                Place.at(tx.on(name), where).throughRegister().text(), stretch, plain));
            }
        }
        return Exit.DONE.status();
    }

    private record Stretch(int start, int end, String key) {}

    private static TextView text(DocumentPath where, @Nullable Node node) {
        if (node instanceof TextView text) {
            return text;
        }
        throw new Failure(
                Exit.NO,
                "wrong_type",
                Printable.line(where.toString()) + " is a " + (node == null ? "register" : Plain.type(node))
                        + ", which has no marks: they are for texts");
    }

    private void mark(TextEditor text, Stretch stretch, @Nullable Object plain) {
        if (stretch.start < 0 || stretch.end <= stretch.start || stretch.end > text.length()) {
            throw Failure.notFound(
                    "no characters " + stretch.start + " to " + stretch.end + " in a text of " + text.length());
        }
        try {
            if (plain == null) {
                text.unmark(stretch.start, stretch.end, stretch.key, expand.value);
            } else {
                text.mark(stretch.start, stretch.end, stretch.key, plain, expand.value);
            }
        } catch (IllegalArgumentException refused) {
            throw Failure.usage("no mark there: " + refused.getMessage());
        }
    }

    private void list(TextView text) {
        if (root.output().isJson()) {
            root.output().line(Json.write(plain(text)));
            return;
        }
        for (Mark mark : text.marks()) {
            root.output()
                    .line(mark.start() + "-" + mark.end() + "  " + Printable.line(mark.key()) + "  "
                            + Printable.line(Json.write(Plain.of(mark.value()))) + "  "
                            + Printable.line(text.toString().substring(mark.start(), mark.end())));
        }
    }

    private static List<Map<String, @Nullable Object>> plain(TextView text) {
        return text.marks().stream()
                .map(mark -> {
                    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                    plain.put("start", mark.start());
                    plain.put("end", mark.end());
                    plain.put("key", mark.key());
                    plain.put("value", Plain.of(mark.value()));
                    return plain;
                })
                .toList();
    }
}
