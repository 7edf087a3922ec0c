package dev.cairn.simulation;

import java.util.Map;

/**
 * What a sync tool has done so far, in figures.
 *
 * @param noticed changes and deletions found in folders
 * @param arrived files and directories written to folders, replacements included
 * @param deleted files and directories deleted in folders
 * @param bytesMoved content of the files which arrived
 * @param conflictCopies files kept under another name because two devices had changed them
 * @param lost versions which no folder keeps because they lost a conflict
 * @param duplicates second copies which appeared
 * @param cutOff transfers which did not come to an end
 * @param blocked files which a disk or the tool refused
 */
public record SyncCounters(
        long noticed,
        long arrived,
        long deleted,
        long bytesMoved,
        long conflictCopies,
        long lost,
        long duplicates,
        long cutOff,
        long blocked) {

    static SyncCounters of(Map<SyncAction, Long> actions, long bytesMoved) {
        return new SyncCounters(
                count(actions, SyncAction.NOTICED) + count(actions, SyncAction.NOTICED_DELETION),
                count(actions, SyncAction.ARRIVED) + count(actions, SyncAction.REPLACED),
                count(actions, SyncAction.DELETED),
                bytesMoved,
                count(actions, SyncAction.CONFLICT_COPY),
                count(actions, SyncAction.LOST),
                count(actions, SyncAction.DUPLICATED),
                count(actions, SyncAction.CUT_OFF),
                count(actions, SyncAction.BLOCKED));
    }

    private static long count(Map<SyncAction, Long> actions, SyncAction action) {
        return actions.getOrDefault(action, 0L);
    }
}
