package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.format.Bytes;
import dev.cairn.merge.text.TextMerge;
import dev.cairn.merge.text.TextMerge.Labels;
import dev.cairn.merge.text.TextMerge.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The merge of three files which the user named. */
final class ThreeFiles {
    /** 64 MiB: what fits into the memory of a small machine four times. */
    private static final int BYTES_MAX = 64 << 20;

    private final CairnCommand root;
    private final List<String> names;
    private final @Nullable String output;

    ThreeFiles(CairnCommand root, List<String> names, @Nullable String output) {
        this.root = root;
        this.names = names;
        this.output = output;
    }

    Exit merge() throws IOException {
        Bytes base = read(names.get(0));
        Bytes mine = read(names.get(1));
        Bytes theirs = read(names.get(2));
        Labels labels = new Labels(names.get(1), names.get(0), names.get(2));
        Result result = TextMerge.merge(base, mine, theirs, labels);
        if (result instanceof Result.NotText other) {
            throw new Failure(
                    Exit.NO,
                    "not_text",
                    "cannot be merged: " + names.get(1) + " and " + names.get(2) + ": " + other.reason()
                            + ": choose one of them");
        }
        boolean clean = result instanceof Result.Clean;
        Bytes content = result instanceof Result.Clean merged ? merged.content() : ((Result.Clashes) result).content();
        int clashes = result instanceof Result.Clashes both ? both.clashes() : 0;
        if (output != null) {
            write(root.shell().resolve(output), content);
        }
        if (root.output().isJson()) {
            root.output().result(() -> plain(content, clashes), () -> "");
        } else if (output == null) {
            root.shell().out().write(content.toArray(), 0, content.size());
            root.shell().out().flush();
        }
        return clean ? Exit.DONE : Exit.NO;
    }

    private Map<String, Object> plain(Bytes content, int clashes) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("clean", clashes == 0);
        plain.put("conflicts", clashes);
        if (output != null) {
            plain.put("output", root.shell().resolve(output).toString());
        } else {
            plain.put("text", new String(content.toArray(), StandardCharsets.UTF_8));
        }
        return plain;
    }

    /** Devices and pipes are fine here, {@code /dev/null} as a base above all. */
    private Bytes read(String name) throws IOException {
        Path path = root.shell().resolve(name);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (Files.isDirectory(path)) {
            throw new Failure(Exit.ENVIRONMENT, "io", "is a directory: " + path + ": name three files");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(BYTES_MAX + 1);
            if (content.length > BYTES_MAX) {
                throw new Failure(Exit.NO, "limit", "too large to be merged: " + path + ": at most 64 MiB");
            }
            return Bytes.copyOf(content);
        }
    }

    private static void write(Path target, Bytes content) throws IOException {
        Path staging = target.resolveSibling("." + target.getFileName() + ".cairn-part");
        try {
            Files.write(staging, content.toArray());
            if (Files.exists(target) && Files.getFileStore(target).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(staging, Files.getPosixFilePermissions(target));
            }
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(staging);
        }
    }
}
