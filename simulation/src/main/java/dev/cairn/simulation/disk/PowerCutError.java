package dev.cairn.simulation.disk;

/**
 * The machine has no power: thrown by every operation of a disk that is {@linkplain FaultyFileSystem#cutPower() off}.
 *
 * <p>An error, so that no application takes it for a disk it can handle, and its process ends.
 */
public final class PowerCutError extends Error {
    private static final long serialVersionUID = 1;

    /** The end of a process. */
    public PowerCutError(String where) {
        super("the power went at " + where);
    }
}
