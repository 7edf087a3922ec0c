package dev.cairn.cli;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Failures;
import dev.cairn.cli.shell.Interruption;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.ResultStream;
import dev.cairn.cli.shell.Shell;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One {@code cairn} command line, from words to exit status. Never exits the JVM. */
public final class Cairn {
    private Cairn() {}

    /** Runs {@code args} in the process's working directory. */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err, Map<String, String> env) {
        return run(args, new Shell(in, out, err, env, Path.of("").toAbsolutePath(), false, new Interruption()));
    }

    /** Runs {@code args} and returns the exit status: see {@link Exit}. */
    public static int run(String[] args, Shell shell) {
        CairnCommand root = new CairnCommand(shell);
        CommandLine commandLine = Commands.model(root, args);
        commandLine.setOut(writer(shell.out()));
        commandLine.setErr(writer(shell.err()));
        commandLine.setParameterExceptionHandler((problem, words) -> {
            String command = problem.getCommandLine().getCommandSpec().qualifiedName(" ");
            return fail(shell, words, Failure.usage(what(problem) + ": see '" + command + " --help'"));
        });
        commandLine.setExecutionExceptionHandler((problem, where, parsed) -> fail(shell, args, Failures.of(problem)));
        int status = commandLine.execute(args);
        // a stream of this kind only remembers that something was not written
        return shell.out().checkError() ? unwritten(shell, status) : status;
    }

    /** Whoever keeps half a result must not believe that it is all of it; whoever has read enough may go. */
    private static int unwritten(Shell shell, int status) {
        boolean enough = shell.out() instanceof ResultStream stream && stream.isReaderGone();
        if (enough || status != Exit.DONE.status()) {
            return status;
        }
        Failure cut = new Failure(
                Exit.ENVIRONMENT,
                "output",
                "not all of the result could be written to standard output: is its disk full?");
        new Output(shell, false).failure(cut);
        return cut.exit().status();
    }

    private static int fail(Shell shell, String[] args, Failure failure) {
        new Output(shell, Arrays.asList(args).contains("--json")).failure(failure);
        return failure.exit().status();
    }

    /** What is wrong with the words; a first word that is no command has no use for picocli's talk of indexes. */
    private static String what(ParameterException problem) {
        CommandLine where = problem.getCommandLine();
        if (problem instanceof UnmatchedArgumentException unmatched
                && where.getCommandSpec().parent() == null
                && !unmatched.isUnknownOption()
                && where.getParseResult().matchedArgs().isEmpty()) {
            List<String> near = unmatched.getSuggestions();
            return "no command '" + unmatched.getUnmatched().get(0) + "'"
                    + (near.isEmpty() ? "" : ", did you mean '" + near.get(0) + "'?");
        }
        return firstLine(String.valueOf(problem.getMessage()));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
