package dev.cairn.election.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Held by the one process of a device which takes part in the election; freed by the system when it dies. */
public final class DriverLock implements AutoCloseable {
    /**
     * The directories on real disks whose lock this process holds: to open and close its file again would free it on
     * some systems.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private DriverLock(Path directory, FileChannel channel, FileLock lock) {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /** The lock of a directory, unless another process, or another object of this one, holds it. */
    public static Optional<DriverLock> tryIn(Path directory) throws IOException {
        if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
            return open(directory);
        }
        Path place = directory.toRealPath();
        if (!HELD.add(place)) {
            return Optional.empty();
        }
        Optional<DriverLock> taken = Optional.empty();
        try {
            taken = open(place);
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(place);
            }
        }
        return taken;
    }

    private static Optional<DriverLock> open(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("driver.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new DriverLock(directory, channel, lock));
    }

    /** Whether somebody holds the lock of a directory. */
    public static boolean isHeld(Path directory) throws IOException {
        Optional<DriverLock> mine = tryIn(directory);
        if (mine.isPresent()) {
            mine.get().close();
        }
        return mine.isEmpty();
    }

    @Override
    public void close() throws IOException {
        try {
            lock.release();
            channel.close();
        } finally {
            HELD.remove(directory);
        }
    }
}
