package dev.cairn.crdt;

/**
 * Where a set which was opened from a checkpoint fetches its history.
 *
 * <p>It is asked at most once: when a change arrives which is concurrent with the checkpoint, or when history is asked
 * for.
 */
@FunctionalInterface
public interface HistorySource {
    /** Returns every change up to the checkpoint, in any order; more than these does no harm. */
    Iterable<? extends ChangeRun> history();
}
