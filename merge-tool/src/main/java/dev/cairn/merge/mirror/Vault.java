package dev.cairn.merge.mirror;

import dev.cairn.merge.conflicts.ConflictNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The folder of plain files. What begins with a dot is a tool's own, links are not followed, and no name of a document
 * leads out of the folder or into such a place.
 */
public final class Vault {
    /** What a person writes is smaller; memory is not to be filled by a file that was named by mistake. */
    private static final long FILE_BYTES_MAX = 64L << 20;

    private static final String STAGING = ".cairn-mirror-";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path root;
    private final Map<String, Path> places = new HashMap<>();

    /** The folder at a path. */
    public Vault(Path root) {
        this.root = root;
    }

    /** What is in the folder: the files by name, and why others are left out. */
    record Listing(SortedMap<String, Stamp> files, SortedMap<String, String> leftOut) {}

    /** What a file says. */
    sealed interface Content {
        /** A text; whether a byte order mark stood before it. */
        record Text(String text, boolean marked) implements Content {}

        /** No text, or it cannot be read. */
        record Other(String reason) implements Content {}

        /** It is not there. */
        record Absent() implements Content {}
    }

    /**
     * Lists the files.
     *
     * @param sweep whether to delete what a crash has left of files that were not finished
     * @throws IOException if the folder is not there or cannot be listed
     */
    Listing list(boolean sweep) throws IOException {
        if (!Files.isDirectory(root)) {
            throw Files.exists(root)
                    ? new NotDirectoryException(root.toString())
                    : new NoSuchFileException(root.toString());
        }
        Listing listing = new Listing(new TreeMap<>(), new TreeMap<>());
        places.clear();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean own = !directory.equals(root)
                        && (isHidden(directory) || Files.exists(directory.resolve("cairn-space.json")));
                return own ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isHidden(file)) {
                    found(file, attributes, listing);
                } else if (sweep && file.getFileName().toString().startsWith(STAGING)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (file.equals(root)) {
                    throw problem;
                }
                listing.leftOut().put(name(file), "cannot be read: " + problem.getMessage());
                return FileVisitResult.CONTINUE;
            }
        });
        return listing;
    }

    private void found(Path file, BasicFileAttributes attributes, Listing listing) {
        String name = name(file);
        if (!attributes.isRegularFile()) {
            listing.leftOut().put(name, "is no regular file: links are not followed");
        } else if (ConflictNames.isCertain(file.getFileName().toString())) {
            listing.leftOut().put(name, "is a conflict copy: use 'cairn merge --conflicts' to merge it");
        } else if (name.indexOf('\uFFFD') >= 0 || places.putIfAbsent(name, file) != null) {
            listing.leftOut()
                    .put(name, "has a name that another file has too, or that is not Unicode: rename one of them");
        } else {
            listing.files().put(name, Stamp.of(attributes));
        }
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private String name(Path file) {
        StringBuilder name = new StringBuilder();
        for (Path part : root.relativize(file)) {
            name.append(name.isEmpty() ? "" : "/").append(part);
        }
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** Why no file can have the name of a document; nothing if one can. Asked before anything is written. */
    Optional<String> problem(String name) {
        try {
            for (String part : name.split("/", -1)) {
                if (part.isEmpty() || part.startsWith(".") || part.indexOf('\\') >= 0 || part.indexOf('\0') >= 0) {
                    return Optional.of("is no path that is mirrored: '" + part + "' in it");
                }
            }
            Path place = place(name);
            if (!place.startsWith(root) || !Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
                return Optional.of("is no path that is mirrored");
            }
            return throughLink(place) ? Optional.of("lies behind a link, which is not followed") : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of("is no path on this computer: " + e.getReason());
        }
    }

    private boolean throughLink(Path place) {
        for (Path path = place; path != null && !path.equals(root); path = path.getParent()) {
            boolean link = Files.isSymbolicLink(path);
            boolean fileOnTheWay = !path.equals(place) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
            if (link || fileOnTheWay) {
                return true;
            }
        }
        return false;
    }

    private Path place(String name) {
        Path known = places.get(name);
        if (known != null) {
            return known;
        }
        Path place = root;
        for (String part : name.split("/", -1)) {
            place = place.resolve(part);
        }
        return place;
    }

    /** What the file of a name says. */
    Content read(String name) {
        Path file = place(name);
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                return new Content.Other("is larger than " + (FILE_BYTES_MAX >> 20) + " MiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                return new Content.Other("is not text in UTF-8");
            }
            boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return new Content.Text(marked ? text.substring(1) : text, marked);
        } catch (NoSuchFileException e) {
            return new Content.Absent();
        } catch (CharacterCodingException e) {
            return new Content.Other("is not text in UTF-8");
        } catch (IOException e) {
            return new Content.Other("cannot be read: " + e.getMessage());
        }
    }

    /** The stamp of the file of a name as it is now. */
    Stamp stamp(String name) throws IOException {
        return Stamp.of(Files.readAttributes(place(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Makes a file say something, in one step and durably, if it still says what was read; false if it does not.
     *
     * @param expected what was read; nothing if there was no file
     */
    boolean write(String name, Optional<String> expected, String text) throws IOException {
        Path file = place(name);
        Path directory = file.getParent();
        if (directory == null) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(directory);
        Path staged = Files.createTempFile(directory, STAGING, ".tmp");
        try {
            boolean marked = read(name) instanceof Content.Text before && before.marked();
            stage(staged, (marked ? BYTE_ORDER_MARK + text : text).getBytes(StandardCharsets.UTF_8));
            dress(staged, file);
            if (!says(name, expected)) {
                return false;
            }
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            places.putIfAbsent(name, file);
            force(directory);
            return true;
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    /** Deletes a file if it still says what was read, and the directories which are empty then. */
    boolean delete(String name, String expected) throws IOException {
        if (!says(name, Optional.of(expected))) {
            return false;
        }
        Path file = place(name);
        Files.deleteIfExists(file);
        places.remove(name);
        for (Path directory = file.getParent(); directory != null && !directory.equals(root); ) {
            force(directory);
            Path parent = directory.getParent();
            try {
                Files.delete(directory);
            } catch (DirectoryNotEmptyException stays) {
                return true;
            }
            directory = parent;
        }
        return true;
    }

    private boolean says(String name, Optional<String> expected) {
        Content now = read(name);
        return now instanceof Content.Text text
                ? expected.equals(Optional.of(text.text()))
                : now instanceof Content.Absent && expected.isEmpty();
    }

    private static void stage(Path staged, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** The permissions of the file before; those of other new files where there was none. */
    private void dress(Path staged, Path before) throws IOException {
        if (!Files.getFileStore(root).supportsFileAttributeView("posix")) {
            return;
        }
        if (Files.exists(before, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(staged, Files.getPosixFilePermissions(before, LinkOption.NOFOLLOW_LINKS));
            return;
        }
        Path fresh = staged.resolveSibling(staged.getFileName() + ".new");
        Files.write(fresh, new byte[0], StandardOpenOption.CREATE);
        try {
            Files.setPosixFilePermissions(staged, Files.getPosixFilePermissions(fresh));
        } finally {
            Files.delete(fresh);
        }
    }

    /** A directory can be forced on some systems, and need not be on the others. */
    private static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            return;
        }
    }
}
