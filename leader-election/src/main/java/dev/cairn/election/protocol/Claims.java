package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The order of claims, of which the greatest active one names the leader.
 *
 * <p>It is a function of the papers alone: devices with equal papers name the same leader, whatever came first.
 */
public final class Claims {
    /** By epoch, term, proof, and the claimant's place in the queue, where an earlier place is greater. */
    public static final Comparator<Claim> ORDER = Comparator.comparingLong(Claim::epoch)
            .thenComparingLong(Claim::term)
            .thenComparing(Claim::proof)
            .thenComparing(Claim::order, Comparator.reverseOrder());

    private Claims() {}

    /** The claim of the effective leader. */
    public static Optional<Claim> effective(Map<WriterId, Papers> papers, Set<DeviceId> electorate) {
        return all(papers, electorate).filter(Claim::active).max(ORDER);
    }

    /** The greatest claim, whether it still holds or not. */
    public static Optional<Claim> greatest(Map<WriterId, Papers> papers, Set<DeviceId> electorate) {
        return all(papers, electorate).max(ORDER);
    }

    private static Stream<Claim> all(Map<WriterId, Papers> papers, Set<DeviceId> electorate) {
        return papers.values().stream()
                .filter(one -> electorate.contains(one.device()))
                .flatMap(one -> one.claim().stream());
    }
}
