package dev.cairn.cli.shell;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a command prints: lines for people, or with {@code --json} one JSON document, or one a line for streams. */
public final class Output {
    private final Shell shell;
    private final boolean json;

    /** Prints to the shell's standard output. */
    public Output(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
    }

    /** Whether the reader is a program. */
    public boolean isJson() {
        return json;
    }

    /** The result in the form the reader wants; only that form is computed. */
    public void result(Supplier<? extends @Nullable Object> forPrograms, Supplier<String> forPeople) {
        if (json) {
            line(Json.write(forPrograms.get()));
        } else {
            line(forPeople.get());
        }
    }

    /** A line for people; nothing for programs. */
    public void note(String text) {
        if (!json) {
            line(text);
        }
    }

    /** A line as it is, out at once. */
    public void line(String text) {
        raw(text + "\n");
    }

    /** Text as it is, without a line end, out at once. */
    public void raw(String text) {
        shell.out().print(text);
        shell.out().flush();
    }

    /** The failure in one line on standard error, and for programs as {@code {"error":{"code","message"}}}. */
    public void failure(Failure failure) {
        shell.err().print("cairn: " + Printable.line(failure.text()) + "\n");
        shell.err().flush();
        if (json) {
            line(Json.write(Map.of("error", Map.of("code", failure.code(), "message", failure.text()))));
        }
        if (shell.debug()) {
            failure.printStackTrace(shell.err());
        }
    }
}
