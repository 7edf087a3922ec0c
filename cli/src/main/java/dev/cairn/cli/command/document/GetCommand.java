package dev.cairn.cli.command.document;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Part;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Marked;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import dev.cairn.replica.Document;
import dev.cairn.replica.Space;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn get}. */
@Command(
        name = "get",
        header = "Prints a document, or the part of it at PATH.",
        description =
                "A text is printed as it is, a string on a line, the rest as JSON. With --marks a line for each mark"
                        + " stands behind a text; in JSON each text is then an object of \"text\" and \"marks\"."
                        + " Exit"
                        + " status 1 when there is no such thing.",
        footer = {"", Versions.HELP})
public final class GetCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Mixin
    Part part = new Part();

    @Option(names = "--marks", description = "Show the marks on texts, too.")
    boolean marks;

    /** The command on a command line with this root. */
    public GetCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String name = part.document();
        DocumentPath where = part.path();
        try (Space space = root.open()) {
            Document found = part.version(() -> root.versions(space))
                    .map(version -> space.at(version).document(name))
                    .orElseGet(() -> space.document(name));
            print(find(found, where));
        }
        return Exit.DONE.status();
    }

    /** What is at a path of a document, or a failure. */
    public static Node find(Document document, DocumentPath where) {
        if (!document.exists()) {
            throw Failure.notFound("no document '" + Printable.line(document.name()) + "': see 'cairn ls'");
        }
        return where.find(document.map())
                .orElseThrow(() -> Failure.notFound("nothing at " + Printable.line(where.toString()) + " in '"
                        + Printable.line(document.name()) + "': see 'cairn get " + Printable.line(document.name())
                        + "'"));
    }

    private void print(Node node) {
        Output output = root.output();
        if (root.output().isJson()) {
            output.line(Json.write(plain(node)));
        } else if (node instanceof TextView text) {
            output.raw(text.toString());
            if (marks) {
                print(output, text);
            }
        } else if (node instanceof Value.Str string) {
            output.line(string.value());
        } else {
            output.line(Json.pretty(plain(node)));
        }
    }

    private @Nullable Object plain(Node node) {
        return marks ? Plain.withMarks(node) : Plain.of(node);
    }

    private static void print(Output output, TextView text) {
        String string = text.toString();
        if (!string.isEmpty() && !string.endsWith("\n") && !text.marks().isEmpty()) {
            output.line("");
        }
        text.marks().forEach(mark -> output.line(Printable.line(Marked.line(mark, string))));
    }
}
