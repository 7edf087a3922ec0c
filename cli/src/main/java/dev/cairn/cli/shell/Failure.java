package dev.cairn.cli.shell;

/** A command's end without success: one line for the user, a stable code for programs, an exit status. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exit exit;
    private final String code;

    /** A failure; {@code message} says what, which file, what to do. */
    public Failure(Exit exit, String code, String message) {
        super(message);
        this.exit = exit;
        this.code = code;
    }

    /** The same with what caused it. */
    public Failure(Exit exit, String code, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
        this.code = code;
    }

    /** The words of the command line make no sense. */
    public static Failure usage(String message) {
        return new Failure(Exit.USAGE, "usage", message);
    }

    /** What was asked for is not there. */
    public static Failure notFound(String message) {
        return new Failure(Exit.NO, "not_found", message);
    }

    /** How the process ends. */
    public Exit exit() {
        return exit;
    }

    /** Lower-case words joined by {@code _}, never changed once published. */
    public String code() {
        return code;
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
