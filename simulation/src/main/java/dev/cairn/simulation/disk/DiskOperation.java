package dev.cairn.simulation.disk;

/** What an application asks of its disk; each is a point at which a disk can fail or a machine can stop. */
public enum DiskOperation {
    /** The names in a directory. */
    LIST(false),
    /** Size, times and kind of a file. */
    ATTRIBUTES(false),
    /** A file is opened, and made if it was asked for. */
    OPEN(true),
    /** Bytes come from an open file. */
    READ(false),
    /** Bytes have gone to an open file, but not to the disk. */
    WRITE(true),
    /** An open file is cut. */
    TRUNCATE(true),
    /** What was written to a file must be on the disk. */
    FORCE(true),
    /** What was made, moved and deleted in a directory must be on the disk. */
    FORCE_DIRECTORY(true),
    /** A new directory. */
    MAKE_DIRECTORY(true),
    /** A file or directory gets another name. */
    MOVE(true),
    /** A file or directory goes. */
    DELETE(true);

    private final boolean changes;

    DiskOperation(boolean changes) {
        this.changes = changes;
    }

    /** Whether the disk may be another one afterwards. */
    public boolean changes() {
        return changes;
    }
}
