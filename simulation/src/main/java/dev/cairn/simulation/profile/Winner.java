package dev.cairn.simulation.profile;

/** Which of two versions of one file, made without knowledge of each other, keeps the name. */
public enum Winner {
    /** The one with the newer time of modification; of equal ones that of the device first in the order of ids. */
    NEWER,
    /** The one which was there first: the server's, or the one a device already has. */
    FIRST_COME,
    /**
     * The newer one, by a tool which remembers nothing of the past: an older file never replaces a newer one, even if
     * it was made in full knowledge of it; a deleted file comes back.
     */
    NEWER_WITHOUT_MEMORY
}
