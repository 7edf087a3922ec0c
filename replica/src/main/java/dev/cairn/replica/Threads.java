package dev.cairn.replica;

import dev.cairn.format.folder.FolderOptions.Reading;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where files are read and decrypted. With an executor of the caller's, everything runs on it; else on threads which
 * live while there is something to read and a second longer.
 *
 * <p>Reading and decrypting have threads of their own: a file which a provider has not downloaded may hold its reader
 * for as long as it likes.
 */
final class Threads implements AutoCloseable {
    private static final long IDLE_SECONDS = 1;

    private final Executor ingest;
    private final Reading reading;
    private final Runnable shutdown;

    Threads(SpaceOptions options) {
        if (options.executor().isPresent()) {
            ingest = options.executor().get();
            reading = new Reading.Direct();
            shutdown = () -> {};
            return;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor decrypting = new ThreadPoolExecutor(
                cores, cores, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("cairn-ingest"));
        decrypting.allowCoreThreadTimeOut(true);
        ThreadPoolExecutor blocking = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("cairn-read"));
        ingest = decrypting;
        reading = new Reading.Guarded(blocking, options.readTimeout());
        shutdown = () -> {
            decrypting.shutdown();
            blocking.shutdownNow();
        };
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    Executor ingest() {
        return ingest;
    }

    Reading reading() {
        return reading;
    }

    @Override
    public void close() {
        shutdown.run();
    }
}
