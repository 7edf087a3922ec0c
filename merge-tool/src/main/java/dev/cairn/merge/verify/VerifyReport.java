package dev.cairn.merge.verify;

import dev.cairn.format.SpaceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param folder the folder
 * @param space the space in it, if that can be told
 * @param withKeys whether the contents could be checked, or only names, digests and envelopes
 * @param files Cairn files that were checked
 * @param bytes their size
 * @param changes changes in them, each counted once; 0 without keys
 * @param writers writers with changes
 * @param findings what is not as it should be, and what is worth knowing; sorted by path
 * @param evidence what the verified files say, for further questions
 */
public record VerifyReport(
        Path folder,
        Optional<SpaceId> space,
        boolean withKeys,
        long files,
        long bytes,
        long changes,
        int writers,
        List<Finding> findings,
        Evidence evidence) {
    public VerifyReport {
        findings = List.copyOf(findings);
    }

    /** Whether there is no fault. */
    public boolean isClean() {
        return faults() == 0;
    }

    /** How many faults there are. */
    public long faults() {
        return findings.stream()
                .filter(finding -> finding.level() == Level.FAULT)
                .count();
    }

    /** How bad a finding is. */
    public enum Level {
        /** Something is missing, damaged or contradictory. */
        FAULT,
        /** Harmless, and worth knowing: a copy, a file under another name. */
        NOTE
    }

    /**
     * One finding.
     *
     * @param level how bad it is
     * @param code a stable word in lower case
     * @param path the file, or the writer's directory
     * @param text what it means, as the rest of a sentence which begins with the path
     */
    public record Finding(Level level, String code, String path, String text) {
        static Finding fault(String code, String path, String text) {
            return new Finding(Level.FAULT, code, path, text);
        }

        static Finding note(String code, String path, String text) {
            return new Finding(Level.NOTE, code, path, text);
        }
    }
}
