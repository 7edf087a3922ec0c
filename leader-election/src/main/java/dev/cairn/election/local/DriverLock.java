package dev.cairn.election.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Held by the one process of a device which takes part in the election; freed by the system when it dies. */
public final class DriverLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private DriverLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** The lock of a directory, unless another process, or another object of this one, holds it. */
    public static Optional<DriverLock> tryIn(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("driver.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new DriverLock(channel, lock));
            }
        } catch (OverlappingFileLockException e) {
            // held by this process
        }
        channel.close();
        return Optional.empty();
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
        lock.release();
        channel.close();
    }
}
