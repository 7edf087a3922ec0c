package dev.cairn.simulation.syncthing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Syncthing of this machine: the program, its version, and how that version spells its options.
 *
 * @param program the executable file
 * @param version such as 1.19.2
 * @param major the number before the first dot, on which the spelling of options depends
 */
record Installation(Path program, String version, int major) {

    private static final Pattern VERSION = Pattern.compile("syncthing v((\\d+)\\.\\S+)");
    private static final int ANSWER_SECONDS_MAX = 20;

    /** The first working one on the search path. */
    static Optional<Installation> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String directory : path.split(Pattern.quote(File.pathSeparator), -1)) {
            for (String name : List.of("syncthing", "syncthing.exe")) {
                Path program = Path.of(directory.isEmpty() ? "." : directory, name);
                if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return ask(program);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Installation> ask(Path program) {
        try {
            String answer = run(List.of(program.toString(), "--version"), Map.of());
            Matcher matcher = VERSION.matcher(answer);
            return matcher.find()
                    ? Optional.of(new Installation(program, matcher.group(1), Integer.parseInt(matcher.group(2))))
                    : Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Makes keys and a configuration in {@code home}. */
    void generate(Path home) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "generate", "--home", home.toString()));
        command.addAll(
                major >= 2 ? List.of("--no-port-probing") : List.of("--no-default-folder", "--skip-port-probing"));
        run(command, environment(home));
    }

    /** The command which runs a daemon in the foreground. */
    ProcessBuilder serve(Path home) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "serve",
                "--home",
                home.toString(),
                "--no-browser",
                "--no-restart",
                "--no-upgrade"));
        if (major < 2) {
            command.add("--no-default-folder");
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment(home));
        return builder;
    }

    /** STMONITORED makes the process we start the daemon itself, and not a parent which restarts it. */
    private static Map<String, String> environment(Path home) {
        return Map.of("STMONITORED", "yes", "STNODEFAULTFOLDER", "1", "STNOUPGRADE", "1", "HOME", home.toString());
    }

    private static String run(List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }
}
