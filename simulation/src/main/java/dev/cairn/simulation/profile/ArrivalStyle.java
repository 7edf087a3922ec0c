package dev.cairn.simulation.profile;

/** Under which name a file grows while it is received. */
public enum ArrivalStyle {
    /** Under a temporary name, then renamed: the final name never shows a part of a file. */
    RENAMED,
    /** Like {@link #RENAMED}, but a transfer that is cut off leaves its part under the final name. */
    RENAMED_UNLESS_CUT_OFF,
    /** Under the final name: every reader can see any prefix. */
    IN_PLACE
}
