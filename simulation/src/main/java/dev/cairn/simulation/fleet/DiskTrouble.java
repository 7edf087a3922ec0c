package dev.cairn.simulation.fleet;

import dev.cairn.simulation.disk.DiskFaults;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

/** A disk which refuses one kind of operation until a time has come. */
final class DiskTrouble implements DiskFaults {

    private static final int LIES_ONE_IN = 4;

    private final Happening kind;
    private final VirtualTime time;
    private final Instant end;
    private final SplittableRandom random;

    DiskTrouble(Happening kind, VirtualTime time, Instant end, long choice) {
        this.kind = kind;
        this.time = time;
        this.end = end;
        this.random = new SplittableRandom(choice);
    }

    boolean isOver() {
        return !time.now().isBefore(end);
    }

    @Override
    public void at(DiskOperation operation, Path path) throws IOException {
        if (isOver()) {
            return;
        }
        boolean denied = kind == Happening.PERMISSION_DENIED && operation.changes();
        boolean held = kind == Happening.RENAME_REFUSED && operation == DiskOperation.MOVE;
        if (denied || held) {
            throw new AccessDeniedException(path.toString());
        }
        if (kind == Happening.READS_FAIL && operation == DiskOperation.OPEN) {
            throw new FileSystemException(path.toString(), null, "The cloud file provider is not running");
        }
    }

    @Override
    public void writing(Path path, ByteBuffer bytes) throws IOException {
        if (kind == Happening.DISK_FULL && !isOver()) {
            throw new FileSystemException(path.toString(), null, "No space left on device");
        }
    }

    @Override
    public void reading(Path path, ByteBuffer bytes) {
        if (kind == Happening.READS_LIE && !isOver() && random.nextInt(LIES_ONE_IN) == 0) {
            int at = random.nextInt(bytes.position());
            bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
        }
    }
}
