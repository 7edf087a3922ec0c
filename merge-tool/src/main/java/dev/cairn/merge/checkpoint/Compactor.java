package dev.cairn.merge.checkpoint;

import dev.cairn.merge.retire.CompactionPermit;
import dev.cairn.replica.Compaction;
import dev.cairn.replica.CompactionStatus;
import dev.cairn.replica.Space;
import dev.cairn.replica.compaction.CheckpointMaker;
import java.util.Optional;

/**
 * Decides when a checkpoint is worth making, and makes it.
 *
 * <p>A new checkpoint is worth it when a tenth of all changes, and not only a few, are in none: so the checkpoints that
 * are ever written have together a bounded multiple of the final size, and there are as many as the logarithm of the
 * history. Many files make a few changes enough, but never less than the tenth. One that nobody has confirmed yet is
 * waited for. Not thread-safe.
 */
public final class Compactor {
    /** Changes below which segments are no burden. */
    private static final long CHANGES_MIN = 1_000;
    /** One in so many changes outside of every checkpoint makes a new one worth it. */
    private static final long SHARE = 10;
    /** Files of one device from which on a checkpoint is worth it for a few changes. */
    private static final int SEGMENTS_MAX = 24;
    /** Looks at the folder which the deletion of this device's own segments takes at most when it is alone. */
    private static final int STEPS_ALONE = 6;

    private final Space space;
    private final CompactionPermit permit;

    /** A compactor of an open space; the permit says whether it acts of its own accord. */
    public Compactor(Space space, CompactionPermit permit) {
        this.space = space;
        this.permit = permit;
    }

    /** Whether this device acts without being asked, by its permit. */
    public boolean mayAct() {
        return permit.granted();
    }

    /** What compaction would do now. */
    public CompactionPlan plan() {
        CompactionStatus status = space.compaction().status();
        long changes = space.status().changes();
        long held = status.checkpoints().stream()
                .filter(checkpoint ->
                        checkpoint.whole() && !checkpoint.verdict().equals("refused"))
                .mapToLong(CompactionStatus.Checkpoint::changes)
                .max()
                .orElse(0);
        long since = Math.max(0, changes - held);
        boolean worthIt = isWorthIt(changes, since, status.segments());
        return new CompactionPlan(changes, since, worthIt, status.alone() && status.segments() > 0, status);
    }

    /** Whether so many changes in no checkpoint, of so many, are worth one when this device has so many segments. */
    static boolean isWorthIt(long changes, long since, int segments) {
        return since > changes / SHARE && (since > CHANGES_MIN || segments >= SEGMENTS_MAX);
    }

    /**
     * Acts of its own accord: when the permit is granted, a checkpoint is worth it and none is being waited for.
     *
     * @param onlyDevice whether the user has confirmed that there is no other device; see {@link #run}
     */
    public Optional<CompactionResult> tend(boolean onlyDevice) {
        if (!permit.granted()) {
            return Optional.empty();
        }
        CompactionPlan plan = plan();
        boolean underWay = !plan.status().lists().isEmpty()
                || plan.status().checkpoints().stream().limit(1).anyMatch(newest -> !newest.relied());
        return plan.worthIt() && (!underWay || plan.status().alone())
                ? Optional.of(run(onlyDevice, (done, total) -> {}))
                : Optional.empty();
    }

    /**
     * Acts because somebody asked this device to: when the permit is granted, and a change is in no checkpoint.
     *
     * @param onlyDevice whether the user has confirmed that there is no other device; see {@link #run}
     */
    public Optional<CompactionResult> oblige(boolean onlyDevice) {
        return permit.granted() && plan().changesSince() > 0
                ? Optional.of(run(onlyDevice, (done, total) -> {}))
                : Optional.empty();
    }

    /**
     * Makes a checkpoint now, and takes every step that is safe now.
     *
     * @param onlyDevice whether the user has confirmed that there is no other device; without effect where the member
     *     log knows of another
     * @param listener told how much of the checkpoint is sealed
     * @throws dev.cairn.replica.SpaceException {@code no_identity}
     * @throws IllegalStateException when the space has no change
     */
    public CompactionResult run(boolean onlyDevice, CheckpointMaker.Listener listener) {
        Compaction compaction = space.compaction();
        int before = compaction.status().segments();
        Compaction.Made made = compaction.checkpoint(listener);
        if (onlyDevice && compaction.confirmAlone(made.digest())) {
            for (int step = 0; step < STEPS_ALONE && !done(compaction.status(), made); step++) {
                space.refresh();
                space.flush();
            }
        } else {
            space.refresh();
        }
        int cleaning = permit.granted() ? compaction.cleanRetired() : 0;
        if (cleaning > 0) {
            space.flush();
        }
        return new CompactionResult(made, before, cleaning, compaction.status());
    }

    /** Whether the checkpoint was read back, and nothing is left to withdraw; there may have been nothing. */
    private static boolean done(CompactionStatus status, Compaction.Made made) {
        boolean relied =
                status.checkpoints().stream().anyMatch(known -> known.digest().equals(made.digest()) && known.relied());
        return relied && status.segments() == 0 && status.lists().isEmpty() && status.deleting() == 0;
    }
}
