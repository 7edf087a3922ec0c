package dev.cairn.merge.folders;

import dev.cairn.format.SpaceId;
import dev.cairn.merge.folders.Step.What;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a merge did, or would do.
 *
 * @param from the folder that was read
 * @param into the folder that has everything now
 * @param space the space of both
 * @param withKeys whether contents could be compared, or only files
 * @param steps what was done with each file, in that order
 * @param failed one line for each file that could not be written
 */
public record MergeReport(
        Path from, Path into, Optional<SpaceId> space, boolean withKeys, List<Step> steps, List<String> failed) {
    public MergeReport {
        steps = List.copyOf(steps);
        failed = List.copyOf(failed);
    }

    /** How many files something was done with. */
    public long count(What what) {
        return steps.stream().filter(step -> step.what() == what).count();
    }

    /** Files written. */
    public long written() {
        return steps.stream().filter(step -> step.what().writes()).count();
    }

    /** Whether everything that was found is in the other folder now. */
    public boolean isComplete() {
        return failed.isEmpty() && count(What.REFUSED) == 0;
    }
}
