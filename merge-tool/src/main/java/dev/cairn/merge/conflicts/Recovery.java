package dev.cairn.merge.conflicts;

import dev.cairn.format.Bytes;
import dev.cairn.merge.conflicts.ConflictOptions.PastVersion;
import dev.cairn.merge.conflicts.ConflictReport.Finding;
import dev.cairn.merge.conflicts.ConflictReport.Outcome;
import dev.cairn.merge.text.TextMerge;
import dev.cairn.merge.text.TextMerge.Labels;
import dev.cairn.merge.text.TextMerge.Result;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Merges the conflict copies of a directory tree into the files they are copies of.
 *
 * <p>Nothing is deleted unless asked for, what changes is backed up first, and running it twice changes nothing. One
 * thread; safe against a sync tool that works on the directory meanwhile: a file which changed is left as it is.
 */
public final class Recovery {
    /** The share of its lines that a file with an ambiguous name must have in common with the original. */
    private static final double LIKENESS_MIN = 0.5;

    private static final Labels LABELS = new Labels("original", "base", "copy");

    private final Path root;
    private final ConflictOptions options;
    private final BaseFinder bases;
    private final Backups backups;
    private final Settlement settlement;
    private final Map<Path, Bytes> pretended = new HashMap<>();

    private Recovery(Path root, ConflictOptions options, ZoneId zone, Disk disk) {
        this.root = root;
        this.options = options;
        this.bases = new BaseFinder(root, options.history(), zone);
        this.backups = new Backups(root, disk);
        this.settlement = new Settlement(backups, disk);
    }

    /**
     * Recovers what is below a directory.
     *
     * @param zone the time zone of the times in names
     * @throws IOException if the directory cannot be listed; whatever happens to single files is in the report
     */
    public static ConflictReport run(Path directory, ConflictOptions options, ZoneId zone) throws IOException {
        return run(directory, options, zone, Disk.real());
    }

    static ConflictReport run(Path directory, ConflictOptions options, ZoneId zone, Disk disk) throws IOException {
        Path root = directory.toRealPath();
        List<Candidate> candidates = new ConflictScan(NamePattern.with(options.hosts())).run(root);
        Recovery recovery = new Recovery(root, options, zone, disk);
        List<Finding> findings = new ArrayList<>();
        Map<Path, List<Candidate>> byOriginal = candidates.stream().collect(Collectors.groupingBy(Candidate::original));
        for (Candidate candidate : candidates) {
            findings.add(recovery.recover(candidate, byOriginal.getOrDefault(candidate.original(), List.of())));
        }
        findings.sort(Comparator.comparing(Finding::copy));
        return new ConflictReport(findings, options.dryRun());
    }

    private Finding recover(Candidate candidate, List<Candidate> siblings) {
        try {
            if (!Files.isRegularFile(candidate.original(), LinkOption.NOFOLLOW_LINKS)) {
                return finding(candidate, Outcome.NO_ORIGINAL, "the file it is a copy of is not there");
            }
            Bytes merged = pretended.get(candidate.original());
            Optional<Bytes> original = merged != null ? Optional.of(merged) : Contents.read(candidate.original());
            Optional<Bytes> copy = Contents.read(candidate.copy());
            if (original.isEmpty() || copy.isEmpty()) {
                return finding(candidate, Outcome.KEPT_BOTH, "too large to be merged as a text");
            }
            return recover(candidate, original.get(), copy.get(), siblings);
        } catch (IOException failed) {
            return finding(candidate, Outcome.FAILED, reason(failed));
        }
    }

    private Finding recover(Candidate candidate, Bytes original, Bytes copy, List<Candidate> siblings)
            throws IOException {
        if (original.equals(copy)) {
            return gone(candidate, copy, Outcome.NOTHING_NEW, "the same content", Optional.empty());
        }
        if (backups.isMerged(candidate.original(), original, copy)) {
            return gone(candidate, copy, Outcome.ALREADY_MERGED, "merged by an earlier run", Optional.empty());
        }
        if (!candidate.name().certain() && TextMerge.likeness(original, copy) < LIKENESS_MIN) {
            return finding(candidate, Outcome.LOOKALIKE, "its content is not like that of the other");
        }
        Optional<PastVersion> base = bases.find(candidate, original, copy, others(candidate, siblings));
        Result result = base.map(version -> TextMerge.merge(version.content(), original, copy, LABELS))
                .orElseGet(() -> TextMerge.union(original, copy, LABELS));
        return settle(candidate, original, copy, result, base);
    }

    private Finding settle(Candidate candidate, Bytes original, Bytes copy, Result result, Optional<PastVersion> base)
            throws IOException {
        if (result instanceof Result.Clean clean) {
            if (clean.content().equals(original)) {
                return gone(candidate, copy, Outcome.NOTHING_NEW, "all of it is in the original", base);
            }
            if (options.dryRun()) {
                pretended.put(candidate.original(), clean.content());
            } else {
                settlement.merge(candidate, original, copy, clean.content());
            }
            Finding merged = gone(candidate, copy, Outcome.MERGED, "the original has the edits of both", base);
            return new Finding(
                    merged.copy(),
                    merged.original(),
                    merged.tool(),
                    merged.outcome(),
                    merged.base(),
                    merged.detail(),
                    merged.deleted(),
                    Optional.of(path(backups.place(candidate.original(), original))));
        }
        String why = result instanceof Result.Clashes clashes
                ? clashes.clashes() + (clashes.clashes() == 1 ? " place" : " places") + " edited on both sides"
                        + (base.isEmpty() ? ", and no earlier version to compare with" : "")
                : ((Result.NotText) result).reason();
        return finding(candidate, Outcome.KEPT_BOTH, why);
    }

    /** The finding of a copy that is not needed any more, which goes if that was asked for. */
    private Finding gone(Candidate candidate, Bytes copy, Outcome outcome, String detail, Optional<PastVersion> base)
            throws IOException {
        if (options.delete() && !options.dryRun()) {
            settlement.delete(candidate, copy);
        }
        return new Finding(
                path(candidate.copy()),
                path(candidate.original()),
                candidate.name().tool(),
                outcome,
                base.map(PastVersion::source),
                detail,
                options.delete(),
                Optional.empty());
    }

    private List<Bytes> others(Candidate candidate, List<Candidate> siblings) throws IOException {
        List<Bytes> others = new ArrayList<>();
        for (Candidate other : siblings) {
            if (!other.copy().equals(candidate.copy())
                    && Files.isRegularFile(other.copy(), LinkOption.NOFOLLOW_LINKS)) {
                Contents.read(other.copy()).ifPresent(others::add);
            }
        }
        return others;
    }

    private Finding finding(Candidate candidate, Outcome outcome, String detail) {
        return new Finding(
                path(candidate.copy()),
                path(candidate.original()),
                candidate.name().tool(),
                outcome,
                Optional.empty(),
                detail,
                false,
                Optional.empty());
    }

    private String path(Path file) {
        return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    }

    private static String reason(IOException failed) {
        String message = failed instanceof FileSystemException system ? system.getReason() : null;
        return message != null ? message : failed.getClass().getSimpleName() + ": " + failed.getMessage();
    }
}
