package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Folders;
import dev.cairn.cli.document.Kinds;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.merging.SpaceRendering;
import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.ProgressBar;
import dev.cairn.crdt.view.MapView;
import dev.cairn.merge.export.Changes;
import dev.cairn.merge.export.SqliteExport;
import dev.cairn.replica.Snapshot;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn export}. */
@Command(
        name = "export",
        header = "Writes the documents and their history into a readable SQLite file, or prints them as JSON.",
        description = "Everything in the file is in clear text, so it may not lie in the synced folder. The schema is"
                + " in docs/export.md. Either form can be read back by 'cairn import'.",
        footer = {"", Versions.HELP})
public final class ExportCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Option(names = "--sqlite", paramLabel = "FILE", description = "The file to write (default: print JSON).")
    @Nullable
    String sqlite;

    @Option(names = "--at", paramLabel = "VERSION", description = "The version to export (default: the newest).")
    @Nullable
    String at;

    @Option(names = "--blame", description = "Write who made which part of each text; takes longer.")
    boolean blame;

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    /** The command on a command line with this root. */
    public ExportCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        if (sqlite == null && (blame || force)) {
            throw Failure.usage("--blame and --force go with --sqlite: see 'cairn export --help'");
        }
        try (Space space = root.open()) {
            Version version =
                    at == null ? space.version() : root.versions(space).read(at);
            Snapshot snapshot = space.at(version);
            if (sqlite == null) {
                root.output().line(Json.write(documents(snapshot)));
                return Exit.DONE.status();
            }
            Path file = allowed(space, root.shell().resolve(sqlite));
            long changes = write(file, space, snapshot);
            root.output()
                    .result(
                            () -> plain(file, snapshot, changes),
                            () -> "Wrote " + Counted.of(snapshot.documents().size(), "document") + " and "
                                    + Counted.of(changes, "change") + ": " + file);
        }
        return Exit.DONE.status();
    }

    private long write(Path file, Space space, Snapshot snapshot) throws IOException {
        try (ProgressBar bar =
                new ProgressBar(root.shell(), "export", root.output().isJson())) {
            Changes changes = Changes.upTo(space, snapshot.version());
            return new SqliteExport(snapshot, changes, new SpaceRendering(space, snapshot.version()), bar::show)
                    .write(file, blame, force);
        } catch (FileAlreadyExistsException meanwhile) {
            throw there(file);
        }
    }

    private Path allowed(Space space, Path file) throws IOException {
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(Folders.notAFile(directory))) {
            throw new Failure(
                    Exit.ENVIRONMENT, "folder_missing", "no such directory: " + directory + ": make it first");
        }
        boolean inside = Files.isDirectory(space.folder())
                && directory.toRealPath().startsWith(space.folder().toRealPath());
        if (inside) {
            throw new Failure(
                    Exit.NO,
                    "inside_folder",
                    "an export is in clear text and " + file + " is in the synced folder: choose a place outside of"
                            + " it");
        }
        if (Files.isDirectory(file)) {
            throw Failure.usage("a directory: " + file + ": name the file to write");
        }
        if (Files.exists(file) && !force) {
            throw there(file);
        }
        return file;
    }

    private static Failure there(Path file) {
        return new Failure(Exit.NO, "exists", "is there already: " + file + ": use --force to replace it");
    }

    private static Map<String, Object> documents(Snapshot snapshot) {
        Map<String, @Nullable Object> documents = new LinkedHashMap<>();
        Map<String, Object> kinds = new LinkedHashMap<>();
        for (String name : snapshot.documents()) {
            MapView map = snapshot.document(name).map();
            documents.put(name, Plain.of(map));
            Map<String, String> told = Kinds.of(map);
            if (!told.isEmpty()) {
                kinds.put(name, told);
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", snapshot.version().toString());
        all.put("documents", documents);
        all.put("kinds", kinds);
        return all;
    }

    private Map<String, Object> plain(Path file, Snapshot snapshot, long changes) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("file", file.toString());
        plain.put("version", snapshot.version().toString());
        plain.put("documents", snapshot.documents().size());
        plain.put("changes", changes);
        plain.put("blame", blame);
        return plain;
    }
}
