package dev.cairn.merge.doctor;

import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import dev.cairn.merge.verify.VerifyReport;
import dev.cairn.merge.verify.VerifyReport.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with files, by their cause: whose file it is decides who can do something about it. */
final class FileExam {
    private static final Map<String, Cause> CAUSES = Map.ofEntries(
            Map.entry("no_marker", Cause.MARKER_MISSING),
            Map.entry("marker_damaged", Cause.MARKER_DAMAGED),
            Map.entry("not_downloaded", Cause.NOT_DOWNLOADED),
            Map.entry("unreadable", Cause.PERMISSIONS),
            Map.entry("misplaced", Cause.CONFLICT_COPY),
            Map.entry("renamed", Cause.RENAMED),
            Map.entry("not_ours", Cause.FOREIGN_FILE),
            Map.entry("foreign_space", Cause.FOREIGN_SPACE),
            Map.entry("too_new", Cause.TOO_NEW),
            Map.entry("wrong_key", Cause.NO_KEY),
            Map.entry("waiting_key", Cause.NO_KEY),
            Map.entry("waiting_member", Cause.NO_KEY),
            Map.entry("not_a_writer", Cause.NOT_A_WRITER),
            Map.entry("gap", Cause.GAP),
            Map.entry("member_gap", Cause.GAP),
            Map.entry("fork", Cause.CLONED_DEVICE),
            Map.entry("checkpoint_incomplete", Cause.CHECKPOINT_INCOMPLETE),
            Map.entry("retired_uncovered", Cause.RETIRED_UNCOVERED));
    /** Findings which say nothing that another does not say better. */
    private static final Set<String> UNSAID = Set.of("duplicate", "gone");

    private final Set<WriterId> own;

    FileExam(Set<WriterId> own) {
        this.own = own;
    }

    List<Diagnosis> of(VerifyReport report) {
        List<Diagnosis> found = new ArrayList<>();
        for (Finding finding : report.findings()) {
            if (!UNSAID.contains(finding.code())) {
                found.add(new Diagnosis(cause(finding), finding.path(), finding.text()));
            }
        }
        return found;
    }

    private Cause cause(Finding finding) {
        Cause cause = CAUSES.get(finding.code());
        if (cause != null) {
            return cause;
        }
        return writer(finding.path()).filter(own::contains).isPresent() ? Cause.OWN_FILE_DAMAGED : Cause.DAMAGED_FILE;
    }

    /** In whose directory a path lies. */
    static Optional<WriterId> writer(String path) {
        String[] parts = path.split("/", -1);
        return parts.length > 2 && parts[0].equals(FileName.DEVICES) ? WriterId.parse(parts[1]) : Optional.empty();
    }
}
