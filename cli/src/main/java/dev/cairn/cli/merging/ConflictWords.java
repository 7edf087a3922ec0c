package dev.cairn.cli.merging;

import dev.cairn.cli.shell.Printable;
import dev.cairn.merge.conflicts.ConflictReport;
import dev.cairn.merge.conflicts.ConflictReport.Finding;
import dev.cairn.merge.conflicts.ConflictReport.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The outcome of recovering conflict copies, for people and for programs. */
public final class ConflictWords {
    private ConflictWords() {}

    /** One line for each copy, and a last one that counts. */
    public static String text(ConflictReport report) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : report.copies()) {
            String base =
                    finding.base().map(source -> " (base: " + source + ")").orElse("");
            String gone = finding.deleted() ? report.dryRun() ? ", would be deleted" : ", deleted" : "";
            lines.add(Printable.line(word(finding.outcome(), report.dryRun()) + ": " + finding.copy() + " -> "
                    + finding.original() + ": " + finding.detail() + base + gone));
        }
        lines.add(summary(report));
        return String.join("\n", lines);
    }

    private static String word(Outcome outcome, boolean dryRun) {
        String word = outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return dryRun && outcome == Outcome.MERGED ? "would be merged" : word;
    }

    private static String summary(ConflictReport report) {
        if (report.copies().isEmpty()) {
            return "no conflict copies";
        }
        long rest = report.count(Outcome.KEPT_BOTH) + report.count(Outcome.NO_ORIGINAL) + report.count(Outcome.FAILED);
        return report.count(Outcome.MERGED) + (report.dryRun() ? " to merge, " : " merged, ")
                + (report.count(Outcome.ALREADY_MERGED) + report.count(Outcome.NOTHING_NEW)) + " with nothing new, "
                + rest + " for you to look at";
    }

    /** The report as plain values. */
    public static Map<String, Object> plain(ConflictReport report) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("dryRun", report.dryRun());
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome.name().toLowerCase(Locale.ROOT), report.count(outcome));
        }
        plain.put("counts", counts);
        plain.put("copies", report.copies().stream().map(ConflictWords::plain).toList());
        return plain;
    }

    private static Map<String, Object> plain(Finding finding) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("copy", finding.copy());
        plain.put("original", finding.original());
        plain.put("tool", finding.tool().name().toLowerCase(Locale.ROOT));
        plain.put("outcome", finding.outcome().name().toLowerCase(Locale.ROOT));
        finding.base().ifPresent(base -> plain.put("base", base));
        plain.put("detail", finding.detail());
        plain.put("deleted", finding.deleted());
        finding.backup().ifPresent(backup -> plain.put("backup", backup));
        return plain;
    }
}
