package dev.cairn.merge.importing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The files below a directory, or one file.
 *
 * <p>A file becomes the document of its path below the directory, in composed Unicode form whatever the file system
 * made of it. Files and directories which begin with a dot are a tool's own and are passed over.
 */
public final class FileSource {
    /** What a person writes is smaller; memory is not to be filled by a file that was named by mistake. */
    private static final long FILE_BYTES_MAX = 64L << 20;

    private static final String JSON = ".json";

    private final Path root;
    private final List<Path> files = new ArrayList<>();
    private final List<Incoming.LeftOut> leftOut = new ArrayList<>();

    private FileSource(Path root) {
        this.root = root;
    }

    /**
     * The files of a directory, or the one file.
     *
     * @throws IOException if it is not there or cannot be listed
     */
    public static FileSource of(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Path file = path.toAbsolutePath();
            Path directory = file.getParent();
            FileSource one = new FileSource(directory == null ? file : directory);
            one.files.add(file);
            return one;
        }
        FileSource all = new FileSource(path);
        all.walk();
        all.files.sort(null);
        return all;
    }

    private void walk() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(root) || !isHidden(directory)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isHidden(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                leftOut.add(new Incoming.LeftOut(name(file), "cannot be read: " + problem.getMessage()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    /** The files, in the order of their paths. */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /** What could not even be listed. */
    public List<Incoming.LeftOut> leftOut() {
        return List.copyOf(leftOut);
    }

    /** What a file becomes. */
    public Incoming read(Path file) {
        String name = name(file);
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                return new Incoming.LeftOut(name, "is larger than " + (FILE_BYTES_MAX >> 20) + " MiB");
            }
            String text = decode(Files.readAllBytes(file));
            return name.toLowerCase(Locale.ROOT).endsWith(JSON)
                    ? new Incoming.Json(name.substring(0, name.length() - JSON.length()), text, "{}")
                    : new Incoming.Text(name, text);
        } catch (CharacterCodingException binary) {
            return new Incoming.LeftOut(name, "is not text in UTF-8");
        } catch (IOException problem) {
            return new Incoming.LeftOut(name, "cannot be read: " + problem.getMessage());
        }
    }

    /** UTF-8 without a byte order mark; a NUL is no text. */
    private static String decode(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        if (text.indexOf('\0') >= 0) {
            throw new CharacterCodingException();
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private String name(Path file) {
        StringBuilder name = new StringBuilder();
        for (Path part : root.relativize(file)) {
            name.append(name.isEmpty() ? "" : "/").append(part);
        }
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
