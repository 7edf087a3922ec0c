package dev.cairn.cli.command;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import dev.cairn.cli.shell.ProgressBar;
import dev.cairn.merge.checkpoint.CompactionPlan;
import dev.cairn.merge.checkpoint.CompactionResult;
import dev.cairn.merge.checkpoint.Compactor;
import dev.cairn.merge.retire.CompactionPermit;
import dev.cairn.replica.CompactionStatus;
import dev.cairn.replica.Space;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
final class CompactCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    boolean dryRun;

    @Option(
            names = "--only-device",
            description = "Confirm that no other device uses this space: its segments go at once.")
    boolean onlyDevice;

    CompactCommand(CairnCommand root) {
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
                root.output().result(() -> plain(plan), () -> text(plan));
                return Exit.DONE.status();
            }
            boolean alone = onlyDevice || (plan.needsConfirmation() && confirmed());
            CompactionResult result = run(compactor, alone);
            if (!result.made().published()) {
                root.publish(space);
            }
            root.output().result(() -> plain(result), () -> text(result, plan.needsConfirmation() && !alone));
        }
        return Exit.DONE.status();
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

    private static Map<String, Object> plain(CompactionPlan plan) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("dryRun", true);
        plain.put("changes", plan.changes());
        plain.put("changesSinceCheckpoint", plan.changesSince());
        plain.put("worthIt", plan.worthIt());
        plain.put("needsConfirmation", plan.needsConfirmation());
        plain.put("compaction", plain(plan.status()));
        return plain;
    }

    /** What was done, for programs. */
    static Map<String, Object> plain(CompactionResult result) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("checkpoint", result.made().digest().toHex());
        plain.put("new", result.made().fresh());
        plain.put("changes", result.made().changes());
        plain.put("imageBytes", result.made().imageBytes());
        plain.put("parts", result.made().parts());
        plain.put("reusedParts", result.made().reusedParts());
        plain.put("leftOut", result.made().leftOut());
        plain.put("published", result.made().published());
        plain.put("segmentsGone", result.segmentsGone());
        plain.put("compaction", plain(result.status()));
        return plain;
    }

    /** What compaction has done and waits for, for programs; also in {@code cairn status}. */
    static Map<String, Object> plain(CompactionStatus status) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put(
                "checkpoints",
                status.checkpoints().stream().map(CompactCommand::plain).toList());
        plain.put(
                "retiring",
                status.lists().stream()
                        .map(list -> Map.of(
                                "segments", list.files(),
                                "state", list.state(),
                                "waitsFor", list.waitsFor()))
                        .toList());
        plain.put("retiredThrough", status.retiredThrough());
        plain.put("segments", status.segments());
        plain.put("segmentBytes", status.segmentBytes());
        plain.put("deleting", status.deleting());
        plain.put("onlyDevice", status.alone());
        plain.put("holds", status.holds());
        return plain;
    }

    private static Map<String, Object> plain(CompactionStatus.Checkpoint checkpoint) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("checkpoint", checkpoint.digest().toHex());
        plain.put("device", checkpoint.deviceName());
        plain.put("time", checkpoint.time().toString());
        plain.put("changes", checkpoint.changes());
        plain.put("imageBytes", checkpoint.bytes());
        plain.put("whole", checkpoint.whole());
        plain.put("verdict", checkpoint.verdict());
        plain.put("relied", checkpoint.relied());
        plain.put("problem", checkpoint.problem());
        return plain;
    }

    private static String text(CompactionPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d changes, %,d of them in no checkpoint: a new one is %s.",
                plan.changes(),
                plan.changesSince(),
                plan.worthIt() ? "worth it" : "not needed yet, and harmless"));
        lines.add(String.format(
                Locale.ROOT,
                "This device has %,d segments of %,d bytes in the folder.",
                plan.status().segments(),
                plan.status().segmentBytes()));
        if (plan.needsConfirmation()) {
            lines.add("This is the only device of the space: with --only-device they would go at once.");
        }
        lines.addAll(lines(plan.status()));
        lines.add("Nothing was done.");
        return String.join("\n", lines);
    }

    /** What was done, in words. */
    static String text(CompactionResult result, boolean unconfirmed) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s of %,d changes: %,d bytes in %d part%s%s.",
                result.made().fresh() ? "Checkpoint" : "The newest checkpoint says it all already: it is",
                result.made().changes(),
                result.made().imageBytes(),
                result.made().parts(),
                result.made().parts() == 1 ? "" : "s",
                result.made().reusedParts() > 0 && result.made().fresh()
                        ? ", " + result.made().reusedParts() + " of them unchanged"
                        : ""));
        if (result.made().leftOut() > 0) {
            lines.add(result.made().leftOut() + " writers are not in it: their newest signed file has not come yet.");
        }
        if (result.segmentsGone() > 0) {
            lines.add(result.segmentsGone() + " segments are gone: the checkpoint was read back and holds them.");
        }
        if (unconfirmed) {
            lines.add("This is the only device of the space: with --only-device its segments go at once.");
        }
        lines.addAll(lines(result.status()));
        return String.join("\n", lines);
    }

    /** What is waited for, a line each. */
    static List<String> lines(CompactionStatus status) {
        return status.holds().stream()
                .map(hold -> "waits    " + Printable.line(hold))
                .toList();
    }
}
