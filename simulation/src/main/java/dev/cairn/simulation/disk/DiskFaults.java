package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What goes wrong with a {@link FaultyFileSystem}: asked at each operation, on the thread of the application.
 *
 * <p>It may throw what a real disk would throw, block, let time pass, or throw an error of its own for a process that
 * dies there. Paths are those of the disk behind.
 */
@FunctionalInterface
public interface DiskFaults {

    /** A disk that works. */
    DiskFaults NONE = (operation, path) -> {};

    /**
     * Called before an operation takes effect; for {@link DiskOperation#WRITE} after it, so that a process which dies
     * here has written.
     */
    void at(DiskOperation operation, Path path) throws IOException;

    /**
     * The bytes which are about to be written. Setting their limit tears the write; throwing is a disk which is full.
     */
    default void writing(Path path, ByteBuffer bytes) throws IOException {}

    /** The bytes which were read, from zero to the buffer's position; they may be changed. */
    default void reading(Path path, ByteBuffer bytes) {}
}
