package dev.cairn.simulation;

/** What a sync tool can do, as a line of the {@link Timeline} begins. */
public enum SyncAction {
    /** A device was added. */
    JOINED,
    /** A new or changed file of this folder was noticed and is sent from now on. */
    NOTICED,
    /** A deletion in this folder was noticed and is sent from now on. */
    NOTICED_DELETION,
    /** A file that keeps changing was sent at last, although it was never quiet. */
    HELD_BACK,
    /** A part of a file is visible, under a temporary or the final name. */
    PARTIAL,
    /** A placeholder stands for a file. */
    PLACEHOLDER,
    /** The old version is gone, the new one not there yet. */
    HOLE,
    /** A file or directory appeared which was not there. */
    ARRIVED,
    /** A file was replaced by another version. */
    REPLACED,
    /** A file or directory was deleted because another device deleted it. */
    DELETED,
    /** What lost a conflict was kept under another name. */
    CONFLICT_COPY,
    /** What lost a conflict was not kept. */
    LOST,
    /** A second copy of a file appeared. */
    DUPLICATED,
    /** A deletion of another device was not carried out. */
    LOST_DELETION,
    /** A transfer was cut off. */
    CUT_OFF,
    /** The disk or the tool refused a file; it is tried again. */
    BLOCKED,
    /** A deleted file was brought back. */
    RESURRECTED,
    /** Connections changed. */
    CONNECTION,
    /** Something was done to a whole folder: emptied, rolled back, unmounted. */
    FOLDER,
    /** Something happened that is not the tool's doing: to a device, its process or its user. */
    HAPPENED
}
