package dev.cairn.cli.merging;

import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Printable;
import dev.cairn.merge.checkpoint.CompactionPlan;
import dev.cairn.merge.checkpoint.CompactionResult;
import dev.cairn.replica.CompactionStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What compaction would do, has done and waits for, in words and for programs. */
public final class CompactionWords {
    private CompactionWords() {}

    /** What would be done, for programs. */
    public static Map<String, Object> plain(CompactionPlan plan) {
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
    public static Map<String, Object> plain(CompactionResult result) {
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
    public static Map<String, Object> plain(CompactionStatus status) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put(
                "checkpoints",
                status.checkpoints().stream().map(CompactionWords::plain).toList());
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

    /** What would be done, in words. */
    public static String text(CompactionPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s, %,d of them in no checkpoint: a new one is %s.",
                Counted.grouped(plan.changes(), "change"),
                plan.changesSince(),
                plan.worthIt() ? "worth it" : "not needed yet, and harmless"));
        lines.add(String.format(
                Locale.ROOT,
                "This device has %s of %s in the folder.",
                Counted.grouped(plan.status().segments(), "segment"),
                Counted.grouped(plan.status().segmentBytes(), "byte")));
        if (plan.needsConfirmation() && !advises(plan.status())) {
            lines.add("This is the only device of the space: with --only-device they would go at once.");
        }
        lines.addAll(lines(plan.status()));
        lines.add("Nothing was done.");
        return String.join("\n", lines);
    }

    /** What was done, in words. */
    public static String text(CompactionResult result, boolean unconfirmed) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s of %s: %s in %s%s.",
                result.made().fresh() ? "Checkpoint" : "The newest checkpoint says it all already: it is",
                Counted.grouped(result.made().changes(), "change"),
                Counted.grouped(result.made().imageBytes(), "byte"),
                Counted.of(result.made().parts(), "part"),
                result.made().reusedParts() > 0 && result.made().fresh()
                        ? ", " + result.made().reusedParts() + " of them unchanged"
                        : ""));
        if (result.made().leftOut() > 0) {
            lines.add(Counted.of(result.made().leftOut(), "writer")
                    + Counted.word(result.made().leftOut(), " is not in it: its", " are not in it: their")
                    + " newest signed file has not come yet.");
        }
        if (result.segmentsGone() > 0) {
            lines.add(Counted.of(result.segmentsGone(), "segment")
                    + Counted.word(result.segmentsGone(), " is gone", " are gone")
                    + ": the checkpoint was read back and holds "
                    + Counted.word(result.segmentsGone(), "it.", "them."));
        }
        if (unconfirmed && !advises(result.status())) {
            lines.add("This is the only device of the space: with --only-device its segments go at once.");
        }
        lines.addAll(lines(result.status()));
        return String.join("\n", lines);
    }

    /** Whether what is waited for says already what the only device of a space can do. */
    private static boolean advises(CompactionStatus status) {
        return status.holds().stream().anyMatch(hold -> hold.contains("--only-device"));
    }

    /** What is waited for, a line each. */
    public static List<String> lines(CompactionStatus status) {
        return status.holds().stream()
                .map(hold -> "waits    " + Printable.line(hold))
                .toList();
    }
}
