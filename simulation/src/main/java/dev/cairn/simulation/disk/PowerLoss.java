package dev.cairn.simulation.disk;

/** How much a disk has kept of what was never forced, when the power comes back. */
public enum PowerLoss {
    /** All of it: only the process died. */
    NOTHING_LOST,
    /**
     * As ext4 and xfs do: names change in the order in which they were changed, up to some moment; a force of anything
     * keeps the names before it. The bytes of a file that was not forced are the old ones, the new ones, the first of
     * them, or zeros at the end.
     */
    IN_ORDER,
    /**
     * As POSIX allows: each directory has come to a moment of its own, and only its own force counts. A file that was
     * not forced may also have old and new blocks of 512 bytes side by side.
     */
    IN_ANY_ORDER,
    /** Everything that was not forced is gone. */
    ALL_LOST
}
