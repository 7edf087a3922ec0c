package dev.cairn.cli.merging;

import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Printable;
import dev.cairn.merge.doctor.Cause;
import dev.cairn.merge.doctor.Diagnosis;
import dev.cairn.merge.doctor.DoctorReport;
import dev.cairn.merge.doctor.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a doctor found, in words and as JSON. */
public final class DoctorWords {
    /** Subjects which are named for one cause; a folder with ten thousand of them needs no more. */
    private static final int SUBJECTS_MAX = 5;

    private DoctorWords() {}

    /** A paragraph for each cause: what was seen, what could be lost, what to do. */
    public static String text(DoctorReport report) {
        List<String> lines = new ArrayList<>();
        byCause(report.found()).forEach((cause, all) -> {
            lines.add(severity(cause) + " " + cause.code() + (all.size() > 1 ? " (" + all.size() + ")" : ""));
            all.stream()
                    .limit(SUBJECTS_MAX)
                    .forEach(each -> lines.add("  " + Printable.line(each.subject() + " " + each.text())));
            if (all.size() > SUBJECTS_MAX) {
                lines.add("  and " + (all.size() - SUBJECTS_MAX) + " more");
            }
            lines.add("  could be lost: " + cause.lost());
            lines.add("  to do: " + cause.fix());
        });
        report.mended()
                .forEach(each -> lines.add("mended " + each.cause().code() + ": " + Printable.line(each.subject())));
        report.unmended().forEach(each -> lines.add("not mended: " + Printable.line(each)));
        lines.add((report.isWell() ? "well" : "not well") + ": " + Counted.of(report.files(), "file") + " examined, "
                + report.found().size() + " found, " + report.mended().size() + " mended");
        return String.join("\n", lines);
    }

    private static Map<Cause, List<Diagnosis>> byCause(List<Diagnosis> found) {
        Map<Cause, List<Diagnosis>> byCause = new LinkedHashMap<>();
        found.forEach(each ->
                byCause.computeIfAbsent(each.cause(), none -> new ArrayList<>()).add(each));
        return byCause;
    }

    /** The report as plain values. */
    public static Map<String, Object> plain(DoctorReport report) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("folder", report.folder().toString());
        report.state().ifPresent(state -> plain.put("state", state.toString()));
        plain.put("well", report.isWell());
        plain.put("files", report.files());
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        report.found().forEach(each -> counts.merge(each.cause().severity(), 1, Integer::sum));
        for (Severity severity : Severity.values()) {
            plain.put(severity.name().toLowerCase(Locale.ROOT), counts.getOrDefault(severity, 0));
        }
        plain.put("found", report.found().stream().map(DoctorWords::plain).toList());
        plain.put("mended", report.mended().stream().map(DoctorWords::plain).toList());
        plain.put("unmended", report.unmended());
        return plain;
    }

    private static Map<String, Object> plain(Diagnosis each) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("cause", each.cause().code());
        plain.put("severity", severity(each.cause()));
        plain.put("subject", each.subject());
        plain.put("text", each.text());
        plain.put("lost", each.cause().lost());
        plain.put("fix", each.cause().fix());
        return plain;
    }

    private static String severity(Cause cause) {
        return cause.severity().name().toLowerCase(Locale.ROOT);
    }
}
