package dev.cairn.simulation.profile;

/**
 * What a tool does about two versions of one file which were made without knowledge of each other.
 *
 * @param winner which of them keeps the name
 * @param spelling how the copy of the other is named, or {@link ConflictSpelling#NONE} if it is lost
 * @param deletesWin whether a deletion can win over a change; else the change always does
 * @param copiesTravel whether a conflict copy is sent to the other devices like any file
 * @param copiesMax how many copies of one file are kept; the oldest one gives way
 */
public record Conflicts(
        Winner winner, ConflictSpelling spelling, boolean deletesWin, boolean copiesTravel, int copiesMax) {

    public Conflicts {
        if (copiesMax < 1) {
            throw new IllegalArgumentException("at least one copy is kept, not " + copiesMax);
        }
    }

    /** Copies in {@code spelling}, which travel and are never limited. */
    public static Conflicts copies(Winner winner, ConflictSpelling spelling) {
        return new Conflicts(winner, spelling, false, true, Integer.MAX_VALUE);
    }
}
