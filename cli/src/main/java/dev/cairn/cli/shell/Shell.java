package dev.cairn.cli.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The process as a command sees it: everything that is not in its words comes from here.
 *
 * @param in standard input
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param env the environment's variables
 * @param directory the working directory, absolute
 * @param terminal whether {@code out} is a terminal which may be redrawn
 * @param interruption raised when a command which goes on for ever shall end
 */
public record Shell(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> env,
        Path directory,
        boolean terminal,
        Interruption interruption) {

    /** Copies the environment. */
    public Shell {
        env = Map.copyOf(env);
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("directory " + directory);
        }
    }

    /** A variable of the environment; an empty one counts as not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
    }

    /** The path which a user wrote, seen from the working directory. */
    public Path resolve(String path) {
        return directory.resolve(path).normalize();
    }

    /** Whether the user wants to see where an error comes from. */
    public boolean debug() {
        return variable("CAIRN_DEBUG").isPresent();
    }
}
