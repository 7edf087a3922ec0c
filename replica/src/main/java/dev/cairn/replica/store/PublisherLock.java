package dev.cairn.replica.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one process of a device, and one space object of a process, write into the folder at a time.
 *
 * <p>It is held for one round of publishing and freed by the system when its process dies. Nothing that matters rests
 * on it: two rounds at once would write the same bytes under the same names.
 */
public final class PublisherLock {
    /** A file lock belongs to the whole process, so the objects in it need a lock of their own. */
    private static final Map<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();

    private final Path file;

    /** The lock of a state directory. */
    public PublisherLock(Path stateDirectory) {
        this.file = stateDirectory.resolve("publisher.lock").toAbsolutePath().normalize();
    }

    /** Runs an action alone; waits for others to finish theirs. */
    public <T> T alone(Supplier<T> action) {
        ReentrantLock within = within();
        within.lock();
        try {
            return locked(action);
        } finally {
            within.unlock();
        }
    }

    /** Runs an action alone, or not at all when somebody else holds the lock now. */
    public void ifFree(Runnable action) {
        ReentrantLock within = within();
        if (within.isHeldByCurrentThread() || !within.tryLock()) {
            return;
        }
        try (FileChannel channel = open();
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                action.run();
            }
        } catch (IOException e) {
            throw failure(e);
        } finally {
            within.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        try (FileChannel channel = open();
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IllegalStateException("lost the lock " + file);
            }
            return action.get();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ReentrantLock within() {
        return WITHIN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("cannot lock " + file + ": " + e.getMessage(), e);
    }
}
