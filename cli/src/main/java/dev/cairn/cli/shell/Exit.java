package dev.cairn.cli.shell;

/** The exit statuses of every command. */
public enum Exit {
    /** Done as asked. */
    DONE(0),
    /** The answer is no: not there, not equal, refused. */
    NO(1),
    /** The words of the command line make no sense. */
    USAGE(2),
    /** Something outside is missing or broken: folder, key, disk. */
    ENVIRONMENT(3),
    /** Another device has to act first. */
    WAITING(4);

    private final int status;

    Exit(int status) {
        this.status = status;
    }

    /** The number the process ends with. */
    public int status() {
        return status;
    }
}
