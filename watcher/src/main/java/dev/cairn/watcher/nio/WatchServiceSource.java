package dev.cairn.watcher.nio;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.cairn.format.folder.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Hints from the JDK's watch service, which watches single directories.
 *
 * <p>A directory is registered first and its subdirectories are looked for afterwards, so that one made meanwhile is
 * found either way; the hint comes last. When 513 names of one directory wait, the JDK drops them all and reports a
 * single OVERFLOW: its subdirectories are looked for again, and one hint stands for all that was dropped.
 *
 * <p>The source is not alive any more when the folder itself is gone or replaced, or when the system's limit of watches
 * is reached.
 */
final class WatchServiceSource implements ChangeSource {
    /** Levels of directories, as in a listing. */
    private static final int DEPTH_MAX = 24;

    private final Path root;
    private final WatchedFolder folder;
    private final WatchService service;
    private final Runnable hint;
    private final Map<WatchKey, Path> directories = new ConcurrentHashMap<>();
    private volatile boolean alive = true;
    private volatile @Nullable Thread thread;

    private WatchServiceSource(Path root, WatchService service, Runnable hint) throws IOException {
        this.root = root;
        this.folder = new WatchedFolder(root);
        this.service = service;
        this.hint = hint;
    }

    static WatchServiceSource open(Path folder, Runnable hint, ThreadFactory threads) throws IOException {
        WatchService service = folder.getFileSystem().newWatchService();
        try {
            WatchServiceSource source = new WatchServiceSource(folder, service, hint);
            source.register(folder);
            source.watchBelow(folder, 1);
            source.thread = threads.newThread(source::run);
            source.thread.start();
            return source;
        } catch (IOException | RuntimeException e) {
            service.close();
            throw e;
        }
    }

    @Override
    public boolean alive() {
        return alive;
    }

    @Override
    public void resync() {
        if (folder.isInPlace()) {
            watchBelow(root, 1);
        } else {
            alive = false;
        }
    }

    @Override
    public void close() {
        alive = false;
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException("watch service of " + root, e);
        }
        SourceThread.awaitEnd(thread);
    }

    private void run() {
        try {
            while (true) {
                handle(service.take());
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            alive = false;
        }
    }

    private void handle(WatchKey key) {
        Path directory = directories.getOrDefault(key, root);
        boolean worthLooking = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            worthLooking |= noteworthy(directory, event);
        }
        if (!key.reset()) {
            directories.remove(key);
            alive &= !directory.equals(root);
            worthLooking = true;
        }
        if (worthLooking) {
            hint.run();
        }
    }

    /** Watches what the event tells of, and says whether it is worth a hint. */
    private boolean noteworthy(Path directory, WatchEvent<?> event) {
        if (event.kind() == OVERFLOW || !(event.context() instanceof Path name)) {
            watchBelow(directory, depth(directory));
            return true;
        }
        if (SharedFolder.isTemporary(name.toString())) {
            return false;
        }
        if (event.kind() == ENTRY_CREATE) {
            watch(directory.resolve(name), depth(directory) + 1);
        }
        return true;
    }

    /** Whether events of the directory itself are waited for. */
    boolean watches(Path directory) {
        return directories.containsValue(directory);
    }

    private int depth(Path directory) {
        return root.equals(directory) ? 1 : root.relativize(directory).getNameCount() + 1;
    }

    /** Watches a directory and all below it; anything else is left alone. */
    private void watch(Path path, int depth) {
        if (depth > DEPTH_MAX || !isDirectory(path)) {
            return;
        }
        try {
            register(path);
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            return; // gone again, or not to be listed either
        } catch (IOException | ClosedWatchServiceException e) {
            alive = false; // the limit of watches
            return;
        }
        watchBelow(path, depth);
    }

    private void watchBelow(Path directory, int depth) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path each : stream) {
                watch(each, depth + 1);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // gone again: its parent's event is on its way
            return;
        }
    }

    private void register(Path directory) throws IOException {
        directories.put(directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE), directory);
    }

    private static boolean isDirectory(Path path) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory() && !attributes.isOther();
        } catch (IOException e) {
            return false;
        }
    }
}
