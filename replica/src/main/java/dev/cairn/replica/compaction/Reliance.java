package dev.cairn.replica.compaction;

import dev.cairn.format.Bytes;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.KnownCheckpoint.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which checkpoints are there, and which of them count as verified; inside a transaction. */
final class Reliance {
    /** How much longer a list waits when all other members are silent. */
    private static final Duration SILENCE = Duration.ofDays(90);

    private final CompactionHost host;

    Reliance(CompactionHost host) {
        this.host = host;
    }

    /** Whether a file with this digest is in the folder. */
    boolean listed(Bytes digest) {
        return host.inbox().listed(digest).isPresent();
    }

    /** Whether its manifest and all parts are in the folder. */
    boolean whole(KnownCheckpoint checkpoint) {
        return listed(checkpoint.digest()) && checkpoint.body().parts().stream().allMatch(part -> listed(part.file()));
    }

    /** All that are known, the one with the most changes first. */
    List<KnownCheckpoint> newestFirst() {
        return host.store().checkpoints().all().stream()
                .sorted(Comparator.comparingLong((KnownCheckpoint known) -> known.body().cut().stream()
                                .mapToLong(CutPoint::seq)
                                .sum())
                        .thenComparing(KnownCheckpoint::digest)
                        .reversed())
                .toList();
    }

    /** Whether a checkpoint counts as verified, and how much longer a list has to wait then. */
    Optional<Duration> verified(KnownCheckpoint checkpoint, Fellows fellows) {
        if (fellows.attest(checkpoint.digest(), checkpoint.body().device())) {
            return Optional.of(host.retirementGrace());
        }
        boolean mine = checkpoint.body().device().equals(host.device());
        if (checkpoint.verdict() != Verdict.VERIFIED) {
            return Optional.empty();
        }
        if (!mine) {
            return Optional.of(host.retirementGrace());
        }
        if (fellows.none()) {
            return host.store()
                    .meta(Retirement.ALONE)
                    .filter(checkpoint.digest()::equals)
                    .map(digest -> Duration.ZERO);
        }
        return fellows.active().isEmpty() ? Optional.of(host.retirementGrace().plus(SILENCE)) : Optional.empty();
    }
}
