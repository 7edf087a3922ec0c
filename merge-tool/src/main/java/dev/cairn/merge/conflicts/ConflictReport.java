package dev.cairn.merge.conflicts;

import java.util.List;
import java.util.Optional;

/**
 * What became of every conflict copy in a directory.
 *
 * @param copies one finding for each name that looks like a copy's, sorted by path
 * @param dryRun whether nothing was done
 */
public record ConflictReport(List<Finding> copies, boolean dryRun) {
    public ConflictReport {
        copies = List.copyOf(copies);
    }

    /** Whether a person has to look at something. */
    public boolean needsAPerson() {
        return copies.stream().anyMatch(finding -> finding.outcome().needsAPerson);
    }

    /** How many copies had that outcome. */
    public long count(Outcome outcome) {
        return copies.stream().filter(finding -> finding.outcome() == outcome).count();
    }

    /** What became of a copy. */
    public enum Outcome {
        /** The original has now the edits of both. */
        MERGED(false),
        /** An earlier run merged it, and it was kept. */
        ALREADY_MERGED(false),
        /** It has nothing which the original has not. */
        NOTHING_NEW(false),
        /** Both sides edited the same place, or it is no text: both files are as they were. */
        KEPT_BOTH(true),
        /** The file it is a copy of is not there. */
        NO_ORIGINAL(true),
        /** The name looks like a copy's, and the content does not: it is left alone. */
        LOOKALIKE(false),
        /** It, or its original, could not be read or written. */
        FAILED(true);

        private final boolean needsAPerson;

        Outcome(boolean needsAPerson) {
            this.needsAPerson = needsAPerson;
        }
    }

    /**
     * One copy.
     *
     * @param copy its path below the directory
     * @param original the path of the file it is a copy of
     * @param tool who made it
     * @param outcome what became of it
     * @param base where the version both began with was found; empty when there was none
     * @param detail why, in a few words
     * @param deleted whether the copy is gone, or would go
     * @param backup where the original was saved, below the directory; empty if nothing was changed
     */
    public record Finding(
            String copy,
            String original,
            SyncTool tool,
            Outcome outcome,
            Optional<String> base,
            String detail,
            boolean deleted,
            Optional<String> backup) {}
}
