package dev.cairn.cli.merging;

import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Printable;
import dev.cairn.merge.verify.VerifyReport;
import dev.cairn.merge.verify.VerifyReport.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The outcome of a check, for people and for programs. */
public final class VerifyWords {
    private VerifyWords() {}

    /** One line for each finding, and a last one that counts. */
    public static String text(VerifyReport report) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : report.findings()) {
            lines.add(Printable.line(
                    level(finding) + " " + finding.code() + ": " + finding.path() + " " + finding.text()));
        }
        String depth = report.withKeys()
                ? Counted.of(report.changes(), "change") + " of " + Counted.of(report.writers(), "writer")
                : "names, digests and envelopes only: read without keys";
        lines.add((report.isClean() ? "clean" : Counted.of(report.faults(), "fault")) + ": "
                + Counted.of(report.files(), "file") + ", " + Counted.of(report.bytes(), "byte") + ", " + depth);
        return String.join("\n", lines);
    }

    /** The report as plain values. */
    public static Map<String, Object> plain(VerifyReport report) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("folder", report.folder().toString());
        report.space().ifPresent(space -> plain.put("space", space.toString()));
        plain.put("clean", report.isClean());
        plain.put("withKeys", report.withKeys());
        plain.put("files", report.files());
        plain.put("bytes", report.bytes());
        plain.put("changes", report.changes());
        plain.put("writers", report.writers());
        plain.put("faults", report.faults());
        plain.put("findings", report.findings().stream().map(VerifyWords::plain).toList());
        return plain;
    }

    private static Map<String, Object> plain(Finding finding) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("level", level(finding));
        plain.put("code", finding.code());
        plain.put("path", finding.path());
        plain.put("text", finding.text());
        return plain;
    }

    private static String level(Finding finding) {
        return finding.level().name().toLowerCase(Locale.ROOT);
    }
}
