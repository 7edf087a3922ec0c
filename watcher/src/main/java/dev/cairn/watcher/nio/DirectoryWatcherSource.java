package dev.cairn.watcher.nio;

import dev.cairn.format.folder.SharedFolder;
import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.NOPLogger;

/**
 * Hints from the directory-watcher library, whose worth is macOS, where it uses the system's own events.
 *
 * <p>Guards against its defects (version 0.19.1): it turns an OVERFLOW into an exception and forgets directories made
 * meanwhile, so any exception gives a hint and ends this source, for another to be opened; it scans before it
 * registers, so its caller lists only after it has opened; it is blind to subdirectories on in-memory file systems, so
 * it is not used there; it watches a folder that does not exist without a word, so that is looked at; it hashes all
 * content on its event thread and logs every event, so both are switched off.
 */
final class DirectoryWatcherSource implements ChangeSource {
    private final WatchedFolder folder;
    private final DirectoryWatcher watcher;
    private volatile boolean alive = true;
    private volatile @Nullable Thread thread;
    private volatile Future<Void> running = new CompletableFuture<>();

    private DirectoryWatcherSource(Path path, Runnable hint) throws IOException {
        this.folder = new WatchedFolder(path);
        this.watcher = DirectoryWatcher.builder()
                .path(path)
                .fileHashing(false)
                .logger(NOPLogger.NOP_LOGGER)
                .listener(new Hints(hint))
                .build();
    }

    static DirectoryWatcherSource open(Path folder, Runnable hint, ThreadFactory threads) throws IOException {
        DirectoryWatcherSource source = new DirectoryWatcherSource(folder, hint);
        try {
            source.running = source.watcher.watchAsync(loop -> source.start(threads, loop, hint));
            return source;
        } catch (UncheckedIOException e) {
            source.close();
            throw new IOException("cannot watch " + folder, e);
        }
    }

    @Override
    public boolean alive() {
        return alive && !running.isDone();
    }

    @Override
    public void resync() {
        // the library notices new directories itself, or fails and is replaced; but it waits for ever in a folder
        // that is gone
        alive &= folder.isInPlace();
    }

    @Override
    public void close() {
        alive = false;
        try {
            watcher.close();
        } catch (IOException e) {
            throw new UncheckedIOException("directory watcher", e);
        }
        SourceThread.awaitEnd(thread);
    }

    private void start(ThreadFactory threads, Runnable loop, Runnable hint) {
        Thread started = threads.newThread(() -> {
            loop.run();
            ended(hint);
        });
        thread = started;
        started.start();
    }

    private void ended(Runnable hint) {
        alive = false;
        hint.run();
    }

    private final class Hints implements DirectoryChangeListener {
        private final Runnable hint;

        Hints(Runnable hint) {
            this.hint = hint;
        }

        @Override
        public void onEvent(DirectoryChangeEvent event) {
            Path path = event.path();
            if (event.eventType() == DirectoryChangeEvent.EventType.OVERFLOW || path == null) {
                ended(hint);
            } else if (!SharedFolder.isTemporary(String.valueOf(path.getFileName()))) {
                hint.run();
            }
        }

        @Override
        public void onException(Exception e) {
            ended(hint);
        }
    }
}
