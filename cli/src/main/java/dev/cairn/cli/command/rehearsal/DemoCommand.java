package dev.cairn.cli.command.rehearsal;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.demo.Demo;
import dev.cairn.cli.demo.DemoOptions;
import dev.cairn.cli.demo.DemoResult;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn demo}. */
@Command(
        name = "demo",
        header = "Shows it at work: devices, a sync tool, authors who write at once, a partition, one result.",
        description =
                "Everything happens in a temporary directory. Ends with status 0 only if all devices hold the same"
                        + " and every sentence is there exactly once. The simulated sync tool keeps a time of its own,"
                        + " which passes as on the wall when a terminal shows it.")
public final class DemoCommand implements Callable<Integer> {
    private static final int SECONDS_MAX = 3600;

    private final CairnCommand root;

    @Option(names = "--devices", paramLabel = "N", defaultValue = "2", description = "How many (default: 2).")
    int devices = 2;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "20", description = "How long they write (20).")
    int seconds = 20;

    @Option(names = "--syncthing", description = "Join the folders by real Syncthing daemons on loopback.")
    boolean syncthing;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Play another one (default: 1).")
    long seed = 1;

    @Option(names = "--keep", description = "Leave the folders in place afterwards.")
    boolean keep;

    /** The command on a command line with this root. */
    public DemoCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (devices < 2 || devices > DemoOptions.DEVICES_MAX) {
            throw Failure.usage("2 to " + DemoOptions.DEVICES_MAX + " devices, not " + devices + ": use --devices");
        }
        if (seconds < 1 || seconds > SECONDS_MAX) {
            throw Failure.usage("1 to " + SECONDS_MAX + " seconds, not " + seconds + ": use --seconds");
        }
        DemoOptions options = new DemoOptions(devices, Duration.ofSeconds(seconds), syncthing, seed, keep);
        try (Demo demo = new Demo(root.shell(), options, root.output().isJson())) {
            DemoResult result = demo.run();
            root.output().result(result::plain, result::text);
            return (result.isGood() ? Exit.DONE : Exit.NO).status();
        }
    }
}
