package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Table;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.inspect.Field;
import dev.cairn.format.inspect.Inspection;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cairn inspect}. */
@Command(
        name = "inspect",
        header = "An annotated dump of any Cairn file.",
        description = "Shows every stretch of bytes with what it means: with this device's keys when the file lies in a"
                + " space it is a member of (or --space names one), else as far as it goes without. Exit status 1 when"
                + " the file is not valid.")
public final class InspectCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(paramLabel = "FILE", description = "The file.")
    String file = "";

    /** The command on a command line with this root. */
    public InspectCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Path path = root.shell().resolve(file);
        Bytes bytes = read(path);
        Inspection inspection = inspect(path, bytes);
        root.output().result(() -> plain(path, bytes.size(), inspection), () -> text(path, inspection));
        return (inspection.outcome().equals("verified") ? Exit.DONE : Exit.NO).status();
    }

    private Inspection inspect(Path path, Bytes bytes) {
        Optional<Path> folder = root.namedSpace().or(() -> CairnCommand.spaceAbove(path));
        if (folder.isEmpty()) {
            return Inspection.of(bytes);
        }
        try (Space space = Space.open(folder.get(), root.options())) {
            return space.inspect(bytes);
        } catch (SpaceException noKeys) {
            if (noKeys.code() == SpaceException.Code.BAD_IDENTITY) {
                root.shell()
                        .err()
                        .print("cairn: without keys: " + Printable.line(String.valueOf(noKeys.getMessage())) + "\n");
                root.shell().err().flush();
            }
            return Inspection.of(bytes);
        }
    }

    /** A pipe would hang, a sparse file fill the memory: only regular files, not larger than a Cairn file may be. */
    private static Bytes read(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isRegularFile(path)) {
            throw new Failure(Exit.ENVIRONMENT, "io", "not a regular file: " + path + ": name a file of a space");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(Limits.FILE_BYTES_MAX + 1);
            if (bytes.length > Limits.FILE_BYTES_MAX) {
                throw new Failure(
                        Exit.NO,
                        "limit",
                        "larger than any Cairn file: " + path + ": at most " + Limits.FILE_BYTES_MAX + " bytes");
            }
            return Bytes.copyOf(bytes);
        }
    }

    private static Map<String, Object> plain(Path path, long size, Inspection inspection) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("file", path.toString());
        plain.put("size", size);
        plain.put("outcome", inspection.outcome());
        plain.put("explanation", inspection.explanation());
        plain.put(
                "fields",
                inspection.fields().stream().map(InspectCommand::plain).toList());
        return plain;
    }

    private static Map<String, Object> plain(Field field) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("layer", layer(field));
        plain.put("offset", field.offset());
        plain.put("length", field.length());
        plain.put("name", field.name());
        plain.put("hex", field.hex());
        plain.put("meaning", field.meaning());
        return plain;
    }

    private static String text(Path path, Inspection inspection) {
        List<List<String>> rows = new ArrayList<>();
        for (Field field : inspection.fields()) {
            rows.add(List.of(
                    layer(field),
                    String.format("%08x", field.offset()),
                    Long.toString(field.length()),
                    field.name(),
                    Printable.line(field.meaning()),
                    field.hex()));
        }
        List<String> lines = new ArrayList<>();
        lines.add(path + ": " + inspection.outcome() + ": it " + inspection.explanation());
        if (!rows.isEmpty()) {
            lines.addAll(Table.align(rows));
        }
        return String.join("\n", lines);
    }

    private static String layer(Field field) {
        return field.layer().name().toLowerCase(Locale.ROOT);
    }
}
