package dev.cairn.merge.conflicts;

import dev.cairn.format.Bytes;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * How conflict copies are recovered.
 *
 * @param dryRun whether to only say what would be done
 * @param delete whether copies which are merged go; their content stays in the backup
 * @param hosts names of computers which OneDrive may have put behind a name
 * @param history versions of a file known from elsewhere, by its path below the directory with {@code /} between names;
 *     the newest first
 */
public record ConflictOptions(
        boolean dryRun, boolean delete, Set<String> hosts, Function<String, List<PastVersion>> history) {
    public ConflictOptions {
        hosts = Set.copyOf(hosts);
    }

    /** Merges what can be merged, deletes nothing, and knows no history. */
    public static ConflictOptions defaults() {
        return new ConflictOptions(false, false, Set.of(), path -> List.of());
    }

    /**
     * An earlier version of a file.
     *
     * @param content its bytes
     * @param source where it comes from, for people
     */
    public record PastVersion(Bytes content, String source) {}
}
