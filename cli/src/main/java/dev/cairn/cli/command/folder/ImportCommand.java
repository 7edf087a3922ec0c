package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.merging.Importing;
import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.cli.shell.ProgressBar;
import dev.cairn.merge.importing.ExportSource;
import dev.cairn.merge.importing.FileSource;
import dev.cairn.merge.importing.Incoming;
import dev.cairn.replica.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn import}. */
@Command(
        name = "import",
        header = "Makes documents of files, of JSON, and of what 'cairn export' wrote.",
        description = {
            "A directory: each text file below it becomes the document of its path, with the text under 'text'; each"
                    + " X.json becomes the document X. A file: the same for that file. What 'cairn export' wrote, as"
                    + " SQLite or as JSON, becomes the documents it was made of, with texts, counters and trees as"
                    + " they were.",
            "",
            "Documents that are there and say the same stay as they are; those that say something else are left and"
                    + " named, or edited with --update by as few edits as possible. Nothing is deleted. Exit status 1"
                    + " when something was left out."
        })
public final class ImportCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Directories and files.")
    List<String> paths = new ArrayList<>();

    @Option(names = "--prefix", paramLabel = "P", description = "What comes before each document's name, as in notes/.")
    String prefix = "";

    @Option(names = "--update", description = "Edit documents that say something else.")
    boolean update;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    boolean dryRun;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "What to say of the changes in the log (default: import).")
    String message = "import";

    /** The command on a command line with this root. */
    public ImportCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String each : paths) {
            Path path = root.shell().resolve(each);
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            sources.add(path);
        }
        try (Space space = root.open();
                Importing importing = new Importing(space, new Importing.Options(prefix, message, update, dryRun))) {
            for (Path source : sources) {
                read(source, importing);
            }
            Importing.Result result = importing.finish();
            boolean published = dryRun || root.publish(space);
            root.output().result(() -> plain(result, published), () -> text(result));
            return (result.isComplete() ? Exit.DONE : Exit.NO).status();
        }
    }

    private void read(Path source, Importing importing) throws IOException {
        try (ProgressBar bar =
                new ProgressBar(root.shell(), "import", root.output().isJson())) {
            if (ExportSource.isDatabase(source)) {
                database(source, importing, bar);
                return;
            }
            FileSource files = FileSource.of(source);
            files.leftOut().forEach(importing::add);
            long done = 0;
            for (Path file : files.files()) {
                add(files.read(file), importing);
                bar.show(++done, files.files().size());
            }
        }
    }

    private static void database(Path source, Importing importing, ProgressBar bar) throws IOException {
        try (ExportSource export = ExportSource.open(source)) {
            long size = export.size();
            long[] done = {0};
            export.read(document -> {
                importing.add(document);
                bar.show(++done[0], size);
            });
        } catch (IOException refused) {
            throw new Failure(Exit.NO, "not_an_export", refused.getMessage() + ": give one, or a directory", refused);
        }
    }

    /** A JSON file is a document, or what {@code cairn export} printed. */
    private static void add(Incoming incoming, Importing importing) {
        if (incoming instanceof Incoming.Json json && json.json().startsWith("{\"version\":")) {
            Object content;
            try {
                content = Json.read(json.json());
            } catch (Failure malformed) {
                importing.add(incoming);
                return;
            }
            if (content instanceof Map<?, ?> export
                    && export.get("documents") instanceof Map<?, ?> documents
                    && export.get("kinds") instanceof Map<?, ?> kinds) {
                documents.forEach((name, document) -> importing.add(new Incoming.Json(
                        name.toString(),
                        Json.write(document),
                        Json.write(kinds.containsKey(name) ? kinds.get(name) : Map.of()))));
                return;
            }
        }
        importing.add(incoming);
    }

    private Map<String, Object> plain(Importing.Result result, boolean published) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("dryRun", dryRun);
        plain.put("created", result.created());
        plain.put("updated", result.updated());
        plain.put("unchanged", result.unchanged());
        plain.put("differing", result.differing());
        plain.put(
                "leftOut",
                result.leftOut().stream()
                        .map(left -> Map.of("name", left.name(), "reason", left.reason()))
                        .toList());
        plain.put("published", published);
        return plain;
    }

    private String text(Importing.Result result) {
        List<String> lines = new ArrayList<>();
        result.differing()
                .forEach(name -> lines.add("left: " + Printable.line(name)
                        + " is there and says something else: use --update to edit it, or --prefix"));
        result.leftOut()
                .forEach(left ->
                        lines.add("left out: " + Printable.line(left.name()) + " " + Printable.line(left.reason())));
        lines.add((dryRun ? "Would make " : "Made ") + Counted.of(result.created(), "document") + ", "
                + (dryRun ? "edit " : "edited ") + result.updated() + "; " + result.unchanged()
                + Counted.word(result.unchanged(), " as it was.", " as they were."));
        return String.join("\n", lines);
    }
}
