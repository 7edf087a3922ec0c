package dev.cairn.cli.command.history;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.history.Reversals;
import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn undo}. */
@Command(
        name = "undo",
        header = "Takes back this device's newest change, or the one named; what others did stays.",
        description =
                "It is a change of its own: what was inserted goes, what was deleted comes back, values, elements and"
                        + " nodes become what they were unless somebody has assigned, moved or marked since; what had"
                        + " to be left is said. 'cairn redo' makes it again. Exit status 1 when there is nothing to"
                        + " take back.",
        footer = {"", Versions.HELP})
public final class UndoCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "VERSION", description = "A change of this device.")
    @Nullable
    String version;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "1", description = "So many changes (default: 1).")
    int steps = 1;

    /** The command on a command line with this root. */
    public UndoCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (steps < 1 || (version != null && steps > 1)) {
            throw Failure.usage("--steps is 1 or more, and stands without a VERSION");
        }
        try (Space space = root.open()) {
            Reversals reversals = new Reversals(space, root.versions(space));
            if (version == null) {
                reversals.repeat(steps, space::undo, "nothing to take back: " + why(space));
            } else {
                Version.Head change = root.versions(space).change(version);
                reversals.make(left -> Optional.of(undo(space, change, left)));
            }
            reversals.print(root.output(), root.publish(space));
        }
        return Exit.DONE.status();
    }

    /** A device that was copied goes on under another id, and may have written under the former. */
    private static String why(Space space) {
        return space.status().self().writers().size() == 1
                ? "no change of this device is in effect"
                : "no change is in effect which this device made since it goes on under another id; give an earlier one"
                        + " as 'cairn log' prints it";
    }

    private static Version undo(Space space, Version.Head change, Consumer<LeftAlone> left) {
        try {
            return space.undo(change, left);
        } catch (IllegalArgumentException refused) {
            throw new Failure(Exit.NO, "nothing_to_do", "can not be taken back here: " + refused.getMessage(), refused);
        }
    }
}
