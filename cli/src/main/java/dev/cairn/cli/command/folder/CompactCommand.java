package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.merging.CompactionWords;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.ProgressBar;
import dev.cairn.merge.checkpoint.CompactionPlan;
import dev.cairn.merge.checkpoint.CompactionResult;
import dev.cairn.merge.checkpoint.Compactor;
import dev.cairn.merge.retire.CompactionPermit;
import dev.cairn.replica.Space;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn compact}. */
@Command(
        name = "compact",
        header = "Writes a checkpoint, so that segment files can go.",
        description = "A checkpoint holds everything: all changes with their history, and the documents. Segments go"
                + " when another device has confirmed the checkpoint, all active devices have agreed, and a week has"
                + " passed. On the only device of a space they go at once, after you confirm.")
public final class CompactCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    boolean dryRun;

    @Option(
            names = "--only-device",
            description = "Confirm that no other device uses this space: its segments go at once.")
    boolean onlyDevice;

    /** The command on a command line with this root. */
    public CompactCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Space space = root.open()) {
            Compactor compactor = new Compactor(space, CompactionPermit.alone(space));
            CompactionPlan plan = compactor.plan();
            if (plan.changes() == 0) {
                throw new Failure(
                        Exit.NO, "nothing_to_compact", "there is no change in this space yet: nothing to compact");
            }
            if (onlyDevice && !plan.status().alone()) {
                throw new Failure(
                        Exit.NO,
                        "other_devices",
                        "this space has other devices: retire those which are gone with 'cairn devices retire', or"
                                + " leave out --only-device");
            }
            if (dryRun) {
                root.output().result(() -> CompactionWords.plain(plan), () -> CompactionWords.text(plan));
                return Exit.DONE.status();
            }
            boolean alone = onlyDevice || (plan.needsConfirmation() && confirmed());
            CompactionResult result = run(compactor, alone);
            if (!result.made().published() && !space.flush()) {
                throw notPublished(space);
            }
            root.output()
                    .result(
                            () -> CompactionWords.plain(result),
                            () -> CompactionWords.text(result, plan.needsConfirmation() && !alone));
        }
        return Exit.DONE.status();
    }

    /** It is made and kept, but a checkpoint which nobody can read is not what was asked for. */
    private static Failure notPublished(Space space) {
        String why = space.status().outbox().problem().orElse("the folder is not there, or not the one of this space");
        return new Failure(
                Exit.ENVIRONMENT,
                "not_published",
                "the checkpoint is made and saved, but not all of it is in the folder: " + why
                        + ": mend that, then run 'cairn compact' again");
    }

    private CompactionResult run(Compactor compactor, boolean alone) {
        try (ProgressBar bar =
                new ProgressBar(root.shell(), "checkpoint", root.output().isJson())) {
            return compactor.run(alone, bar::show);
        }
    }

    /** Asks where somebody can answer. */
    private boolean confirmed() {
        if (!root.shell().terminal() || root.output().isJson()) {
            return false;
        }
        root.output().raw("Is this the only device that uses this space? Its segment files go at once then. [y/N] ");
        try {
            String answer =
                    new BufferedReader(new InputStreamReader(root.shell().in(), StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
