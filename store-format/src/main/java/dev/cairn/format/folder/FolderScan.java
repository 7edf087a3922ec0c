package dev.cairn.format.folder;

import dev.cairn.format.folder.Listing.Entry;
import dev.cairn.format.folder.Listing.Ignored;
import dev.cairn.format.folder.Listing.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One walk over a folder, used once.
 *
 * <p>Never follows a link, never opens a file, never throws. Where the file system has {@link SecureDirectoryStream}, a
 * directory is entered through its parent's handle, so that a directory swapped for a link meanwhile leads nowhere, and
 * attributes are read relative to it, which costs one system call and no path resolution per file.
 */
final class FolderScan {
    /** Levels of directories; our layout has four, and every open level holds a file handle. */
    static final int DEPTH_MAX = 24;
    /** Files of one listing, about 250 bytes of memory each. */
    static final int ENTRIES_MAX = 2_000_000;
    /** Problems told of one listing; more of them tell nothing more. */
    static final int PROBLEMS_MAX = 100;

    private final Path root;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> evicted = new ArrayList<>();
    private int symbolicLinks;
    private int special;
    private int directories;
    private int temporaries;
    private int toolDirectories;

    FolderScan(Path root) {
        this.root = root;
    }

    Listing run() {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            scan(stream, "", 1);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Listing.unavailable(FolderState.MISSING, DiskTrouble.reason(e));
        } catch (IOException | RuntimeException e) {
            return Listing.unavailable(FolderState.UNREADABLE, DiskTrouble.reason(e));
        }
        Ignored ignored = new Ignored(symbolicLinks, special, directories, temporaries, toolDirectories);
        return Listing.of(entries, ignored, problems, evicted);
    }

    private void scan(DirectoryStream<Path> stream, String prefix, int depth) {
        for (Path location : stream) {
            String path = prefix + printable(location.getFileName());
            if (entries.size() >= ENTRIES_MAX) {
                problem(path, "more than " + ENTRIES_MAX + " files: the rest is not looked at");
                return;
            }
            try {
                visit(stream, location, path, depth);
            } catch (NoSuchFileException gone) {
                // it went away between the name and the look: the normal course of things in a synced folder
            } catch (IOException | RuntimeException e) {
                problem(path, DiskTrouble.reason(e));
            }
        }
    }

    private void visit(DirectoryStream<Path> parent, Path location, String path, int depth) throws IOException {
        BasicFileAttributes attributes = attributes(parent, location);
        if (attributes.isSymbolicLink()) {
            symbolicLinks++;
        } else if (attributes.isOther()) {
            special++;
        } else if (attributes.isDirectory()) {
            directory(parent, location, path, depth);
        } else {
            file(location, path, attributes);
        }
    }

    private static BasicFileAttributes attributes(DirectoryStream<Path> parent, Path location) throws IOException {
        return parent instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(
                                location.getFileName(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes()
                : Files.readAttributes(location, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private void directory(DirectoryStream<Path> parent, Path location, String path, int depth) throws IOException {
        if (ForeignNames.isToolDirectory(path)) {
            toolDirectories++;
        } else if (depth >= DEPTH_MAX) {
            problem(path, "more than " + DEPTH_MAX + " directories deep: not entered");
        } else {
            directories++;
            try (DirectoryStream<Path> stream = parent instanceof SecureDirectoryStream<Path> secure
                    ? secure.newDirectoryStream(location.getFileName(), LinkOption.NOFOLLOW_LINKS)
                    : Files.newDirectoryStream(location)) {
                scan(stream, path + "/", depth + 1);
            }
        }
    }

    private void file(Path location, String path, BasicFileAttributes attributes) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (ForeignNames.isTemporary(name)) {
            temporaries++;
            return;
        }
        ForeignNames.evictedName(name)
                .ifPresent(evictedName -> evicted.add(path.substring(0, path.length() - name.length()) + evictedName));
        Object key = attributes.fileKey();
        entries.add(new Entry(
                location,
                path,
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                key == null ? 0 : key.hashCode()));
    }

    private void problem(String path, String reason) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(new Problem(path, reason));
        }
    }

    /** The name as text that is different for different names, whatever bytes they are made of. */
    private static String printable(Path name) {
        String text = name.toString();
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        String uri = name.toAbsolutePath().toUri().getRawPath();
        return '\uFFFD' + uri.substring(uri.lastIndexOf('/') + 1);
    }
}
