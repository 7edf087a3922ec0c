package dev.cairn.cli.command.history;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.history.Reversals;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.replica.Space;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn redo}. */
@Command(
        name = "redo",
        header = "Makes the change again which 'cairn undo' took back last.",
        description = "Exit status 1 when there is none, or this device has edited something since.")
public final class RedoCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "1", description = "So many changes (default: 1).")
    int steps = 1;

    /** The command on a command line with this root. */
    public RedoCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (steps < 1) {
            throw Failure.usage("--steps is 1 or more");
        }
        try (Space space = root.open()) {
            Reversals reversals = new Reversals(space, root.versions(space));
            reversals.repeat(steps, space::redo, "nothing to make again: nothing was taken back since the last edit");
            reversals.print(root.output(), root.publish(space));
        }
        return Exit.DONE.status();
    }
}
