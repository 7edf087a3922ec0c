package dev.cairn.cli.command.live;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.Printable;
import dev.cairn.cli.shell.Shell;
import dev.cairn.election.ElectionOptions;
import dev.cairn.election.LeaderElection;
import dev.cairn.replica.ChangeEvent;
import dev.cairn.replica.Profile;
import dev.cairn.replica.Space;
import dev.cairn.replica.Subscription;
import dev.cairn.watcher.FolderWatcher;
import dev.cairn.watcher.Watching;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn watch}. */
@Command(
        name = "watch",
        header = "Stays live: takes in and publishes changes as they come, and prints them.",
        description =
                "One line per document that changed, with --json one object a line after a first one which says that"
                        + " it began. It ends with status 0 when it is interrupted (Ctrl-C, SIGTERM).")
public final class WatchCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Option(
            names = "--exec",
            paramLabel = "CMD",
            description = "Run this shell command for every line, one after another, with CAIRN_DOC, CAIRN_ORIGIN"
                    + " (local, other_process, remote), CAIRN_CHANGES, CAIRN_VERSION and CAIRN_SPACE set.")
    @Nullable
    String exec;

    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "syncthing",
            description = "How often to publish: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Pace profile = Pace.syncthing;

    @Option(
            names = "--elect",
            description = "Also take part in the election of a leader, print what happens in it, and compact while this"
                    + " device leads; see 'cairn leader'.")
    boolean elect;

    @Mixin
    ElectionSettings settings = new ElectionSettings();

    @Option(names = "--only-device", description = LeaderCommand.ONLY_DEVICE)
    boolean onlyDevice;

    /** The command on a command line with this root. */
    public WatchCommand(CairnCommand root) {
        this.root = root;
    }

    /** The profiles as people write them. */
    enum Pace {
        syncthing(Profile.SYNCTHING),
        fast(Profile.FAST),
        metered(Profile.METERED),
        sealed(Profile.SEALED_ONLY);

        private final Profile value;

        Pace(Profile value) {
            this.value = value;
        }
    }

    @Override
    @SuppressWarnings("try") // these are only held open
    public Integer call() throws InterruptedException {
        ElectionOptions options = settings.options();
        if (onlyDevice && !elect) {
            throw Failure.usage("--only-device needs --elect: without it nothing compacts here; see 'cairn compact'");
        }
        BlockingQueue<Map<String, String>> lines = new LinkedBlockingQueue<>();
        try (Space space = root.open(
                        root.options().toBuilder().profile(profile.value).build());
                Subscription printing = space.onChange(event -> print(event, lines));
                Watching watching = FolderWatcher.keepFresh(space)) {
            root.output()
                    .result(
                            () -> Map.of("watching", space.folder().toString()),
                            () -> "watching " + space.folder() + ", until interrupted");
            Thread executor = new Thread(() -> executeAll(space, lines), "exec");
            executor.setDaemon(true);
            executor.start();
            if (elect) {
                elect(space, options);
            } else {
                root.shell().interruption().await();
            }
            executor.interrupt();
        }
        return Exit.DONE.status();
    }

    @SuppressWarnings("try") // these are only held open
    private void elect(Space space, ElectionOptions options) throws InterruptedException {
        try (ElectionTalk talk = new ElectionTalk(root, space);
                LeaderElection election = LeaderElection.attach(space, options, talk::hear);
                LeaderDuties duties =
                        new LeaderDuties(root, space, election, onlyDevice, options.monoMillis()).begin()) {
            talk.begin(election);
            if (!election.takesPart()) {
                root.shell().err().print("cairn: another process of this device takes part in the election already\n");
                root.shell().err().flush();
            }
            root.shell().interruption().await();
            talk.close(); // what is said at the farewell is no news to who has ended it
        }
    }

    private void print(ChangeEvent event, BlockingQueue<Map<String, String>> lines) {
        String origin = event.origin().name().toLowerCase(Locale.ROOT);
        for (String document : event.documents()) {
            Output output = root.output();
            output.result(
                    () -> plain(event, document, origin),
                    () -> LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  "
                            + Printable.line(document) + "  "
                            + Counted.of(event.changes(), "change") + "  " + origin);
            if (exec != null) {
                lines.add(Map.of(
                        "CAIRN_DOC",
                        document,
                        "CAIRN_ORIGIN",
                        origin,
                        "CAIRN_CHANGES",
                        Long.toString(event.changes()),
                        "CAIRN_VERSION",
                        event.version().toString()));
            }
        }
    }

    private static Map<String, Object> plain(ChangeEvent event, String document, String origin) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("document", document);
        plain.put("origin", origin);
        plain.put("changes", event.changes());
        plain.put("version", event.version().toString());
        return plain;
    }

    /** Runs the command for one line after another; the listener, which the space waits for, never does. */
    private void executeAll(Space space, BlockingQueue<Map<String, String>> lines) {
        try {
            while (true) {
                execute(space, lines.take());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void execute(Space space, Map<String, String> variables) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", String.valueOf(exec));
        builder.directory(root.shell().directory().toFile());
        builder.environment().putAll(root.shell().env());
        builder.environment().putAll(variables);
        builder.environment().put("CAIRN_SPACE", space.folder().toString());
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Shell shell = root.shell();
            process.getInputStream().transferTo(root.output().isJson() ? shell.err() : shell.out());
            shell.out().flush();
            int status = process.waitFor();
            if (status != 0) {
                complain("status " + status);
            }
        } catch (IOException failed) {
            complain(String.valueOf(failed.getMessage()));
        }
    }

    private void complain(String why) {
        root.shell().err().print("cairn: --exec: " + Printable.line(why) + ": " + Json.write(exec) + "\n");
        root.shell().err().flush();
    }
}
