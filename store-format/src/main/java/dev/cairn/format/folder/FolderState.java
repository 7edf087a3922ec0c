package dev.cairn.format.folder;

/** Whether the folder can be believed at all, before any of its files is looked at. */
public enum FolderState {
    /** The folder is there and looks like the one this device knows. */
    ATTACHED("the folder is there"),
    /** There is no directory at the folder's path: an unplugged disk, a share that is not mounted, a renamed folder. */
    MISSING("the folder is not there: connect the disk or share, or tell where it is now"),
    /** The directory is there but its names cannot be listed. */
    UNREADABLE("the folder cannot be listed: check its permissions and that its disk or share answers"),
    /**
     * The directory is there, but everything that made it this space's folder is gone: an empty mount point, or a
     * folder which was emptied. Nothing may be concluded from it and nothing is written into it.
     */
    DETACHED("the folder has been emptied, or its disk is not mounted: nothing is written until it is back");

    private final String advice;

    FolderState(String advice) {
        this.advice = advice;
    }

    /** One line a user can act on. */
    public String advice() {
        return advice;
    }
}
