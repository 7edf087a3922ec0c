package dev.cairn.cli.merging;

import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Printable;
import dev.cairn.merge.mirror.MirrorReport;
import dev.cairn.merge.mirror.MirrorReport.Item;
import dev.cairn.merge.mirror.MirrorReport.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A round of a mirror in words and as plain values. */
public final class MirrorWords {
    private MirrorWords() {}

    /** As plain values. */
    public static Map<String, Object> plain(MirrorReport report, boolean dryRun, boolean published) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("agreed", report.agreed());
        for (Outcome outcome : Outcome.values()) {
            counts.put(code(outcome), report.count(outcome));
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("dryRun", dryRun);
        plain.put("complete", report.isComplete());
        plain.put("counts", counts);
        plain.put("files", report.items().stream().map(MirrorWords::plain).toList());
        plain.put("published", published);
        return plain;
    }

    private static Map<String, Object> plain(Item item) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", item.name());
        plain.put("outcome", code(item.outcome()));
        plain.put("detail", item.detail());
        return plain;
    }

    private static String code(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** One line for each file that did not agree. */
    public static List<String> lines(MirrorReport report) {
        List<String> lines = new ArrayList<>();
        for (Item item : report.items()) {
            String detail = item.detail().isEmpty() ? "" : ": " + Printable.line(item.detail());
            lines.add(code(item.outcome()).replace('_', ' ') + "  " + Printable.line(item.name()) + detail);
        }
        return lines;
    }

    /** All of it, with a last line that sums it up. */
    public static String text(MirrorReport report, boolean dryRun) {
        List<String> lines = lines(report);
        long toSpace = report.count(Outcome.DOCUMENT_MADE)
                + report.count(Outcome.DOCUMENT_EDITED)
                + report.count(Outcome.DOCUMENT_REMOVED);
        long toFiles = report.count(Outcome.FILE_MADE)
                + report.count(Outcome.FILE_EDITED)
                + report.count(Outcome.FILE_DELETED);
        lines.add((dryRun ? "Would change " : "Changed ") + Counted.of(toSpace, "document") + " and "
                + Counted.of(toFiles, "file") + ", "
                + (dryRun ? "merge " : "merged ") + report.count(Outcome.MERGED) + "; " + report.agreed()
                + Counted.word(report.agreed(), " was", " were") + " the same.");
        return String.join("\n", lines);
    }
}
