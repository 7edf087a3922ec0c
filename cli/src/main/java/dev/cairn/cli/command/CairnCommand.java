package dev.cairn.cli.command;

import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.Printable;
import dev.cairn.cli.shell.Shell;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.replica.Transaction;
import dev.cairn.replica.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code cairn} itself: the options which every command takes, before or after its name. */
@Command(
        name = "cairn",
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "A serverless, end-to-end encrypted, multi-device store that lives in a synced folder.",
        footer = {
            "",
            "Exit status: 0 done, 1 the answer is no, 2 usage, 3 environment (folder or key missing), 4 waiting for"
                    + " another device. Errors are one line on standard error; with --json also an object on standard"
                    + " output."
        })
public final class CairnCommand implements Runnable {
    /** Refusals which say that this device is none of the space's. */
    private static final Set<SpaceException.Code> STRANGERS = EnumSet.of(
            SpaceException.Code.NO_IDENTITY, SpaceException.Code.NOT_A_SPACE, SpaceException.Code.FOLDER_MISSING);

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON: one document, or one a line.")
    boolean json;

    @Option(
            names = "--space",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The synced folder (default: $CAIRN_SPACE, else the nearest folder above with a space).")
    @Nullable
    String space;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "This device's private directory (default: $CAIRN_STATE, else where the platform keeps such).")
    @Nullable
    String state;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain and exit.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version and exit.")
    boolean version;

    private final Shell shell;

    /** The root of one command line. */
    public CairnCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        throw Failure.usage("no command: see 'cairn --help'");
    }

    /** What the command line runs in. */
    public Shell shell() {
        return shell;
    }

    /** Where results go, in the form the user wants. */
    public Output output() {
        return new Output(shell, json);
    }

    /** The space the command is about, with what has come since taken in. */
    public Space open() {
        Space opened = open(options());
        try {
            opened.refresh();
            return opened;
        } catch (RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    /**
     * This device's keys for the space in a folder, or in a copy of it; none where it is a stranger.
     *
     * @throws SpaceException when there are keys and they cannot be used: that must not look like having none
     */
    public Optional<FolderKeys> keys(Path folder) {
        try {
            return Optional.of(FolderKeys.load(folder, options()));
        } catch (SpaceException refused) {
            if (STRANGERS.contains(refused.code())) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** The versions of an open space, as people write them. */
    public Versions versions(Space opened) {
        return Versions.of(opened, Clock.system(ZoneId.systemDefault()));
    }

    /** The space as this device knows it. */
    public Space open(SpaceOptions options) {
        Path folder = spaceFolder();
        try {
            return Space.open(folder, options);
        } catch (SpaceException refused) {
            // a device may go on while its folder is gone, but a stranger has most likely mistyped it
            if (refused.code() == SpaceException.Code.NO_IDENTITY) {
                Folders.existing(folder);
            }
            throw refused;
        }
    }

    /** The synced folder: named, or the nearest one above the working directory which holds a space. */
    public Path spaceFolder() {
        Optional<Path> folder = namedSpace().or(() -> spaceAbove(shell.directory()));
        if (folder.isPresent()) {
            return Folders.notAFile(folder.get());
        }
        throw new Failure(
                Exit.ENVIRONMENT,
                "not_a_space",
                "no space here or above: " + shell.directory() + ": go into one, or name it with --space DIR");
    }

    /** The synced folder which the user named. */
    public Optional<Path> namedSpace() {
        return Optional.ofNullable(space)
                .or(() -> shell.variable("CAIRN_SPACE"))
                .map(shell::resolve);
    }

    /** The nearest folder with a space, from a path upwards. */
    public static Optional<Path> spaceAbove(Path path) {
        for (Path folder = path; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("cairn-space.json"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** How this device opens a space. */
    public SpaceOptions options() {
        return Optional.ofNullable(state)
                .or(() -> shell.variable("CAIRN_STATE"))
                .map(named -> SpaceOptions.inState(shell.resolve(named)))
                .orElseGet(SpaceOptions::defaults);
    }

    /** The same for a device that gets its name now: the one given, else the machine's. */
    public SpaceOptions options(@Nullable String deviceName) {
        String name = deviceName != null ? deviceName : HostName.of(shell);
        if (name.isBlank() || name.strip().length() > 64) {
            throw Failure.usage("a device's name has 1 to 64 characters: '" + name + "': use --name");
        }
        return options().toBuilder().deviceName(name).build();
    }

    /** Commits and publishes; prints the version for programs. */
    public void commit(Space opened, String message, Consumer<Transaction> edits) {
        committed(opened, opened.commit(message, edits));
    }

    /** Publishes what was committed just now; prints its version for programs. */
    public void committed(Space opened, Version version) {
        boolean published = publish(opened);
        if (json) {
            output().line(Json.write(Map.of("version", version.toString(), "published", published)));
        }
    }

    /** Publishes now; what cannot be published yet is said, and is no failure: it is kept and tried again. */
    public boolean publish(Space opened) {
        boolean published = opened.flush();
        opened.status().outbox().problem().ifPresent(problem -> {
            shell.err().print("cairn: saved, not published yet: " + Printable.line(problem) + "\n");
            shell.err().flush();
        });
        return published;
    }
}
