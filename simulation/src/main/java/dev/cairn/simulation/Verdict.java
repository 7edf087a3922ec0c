package dev.cairn.simulation;

import dev.cairn.simulation.profile.Conflicts;
import dev.cairn.simulation.profile.Winner;
import org.jspecify.annotations.Nullable;

/** What a node does when it is offered a version of a path. */
enum Verdict {
    /** Nothing: ours is the same, newer, or the winner. */
    KEEP,
    /** Ours wins and includes theirs from now on, which everybody is told. */
    KEEP_AND_TELL,
    /** Both are the same by chance; only what is known of them is united. */
    UNITE,
    /** Theirs replaces ours. */
    TAKE,
    /** Theirs replaces ours, which was made without knowledge of it and is set aside. */
    TAKE_AND_SET_OURS_ASIDE,
    /** One is a file and the other a directory, and neither can give way. */
    CLASH;

    /**
     * The verdict on one offer.
     *
     * @param oursIsFirst whether ours was there first, as on a server; a device asks with false
     */
    static Verdict on(@Nullable FileVersion ours, FileVersion theirs, Conflicts rules, boolean oursIsFirst) {
        if (ours == null) {
            return TAKE;
        }
        VersionVector.Relation relation = ours.vector().relationTo(theirs.vector());
        if (relation == VersionVector.Relation.EQUAL || relation == VersionVector.Relation.NEWER) {
            return KEEP;
        }
        if (rules.winner() == Winner.NEWER_WITHOUT_MEMORY) {
            return withoutMemory(ours, theirs);
        }
        return relation == VersionVector.Relation.OLDER ? TAKE : onConflict(ours, theirs, rules, oursIsFirst);
    }

    private static Verdict withoutMemory(FileVersion ours, FileVersion theirs) {
        if (ours.sameContentAs(theirs)) {
            return UNITE;
        }
        return isNewer(theirs, ours) ? TAKE : KEEP_AND_TELL;
    }

    private static Verdict onConflict(FileVersion ours, FileVersion theirs, Conflicts rules, boolean oursIsFirst) {
        if (ours.sameContentAs(theirs)) {
            return UNITE;
        }
        if (ours.isDeleted() || theirs.isDeleted()) {
            return onDeletion(ours, theirs, rules);
        }
        if (ours.kind() != theirs.kind()) {
            return CLASH;
        }
        boolean theirsWins = rules.winner() == Winner.FIRST_COME ? !oursIsFirst : isNewer(theirs, ours);
        return theirsWins ? TAKE_AND_SET_OURS_ASIDE : KEEP;
    }

    private static Verdict onDeletion(FileVersion ours, FileVersion theirs, Conflicts rules) {
        boolean files = ours.kind() != FileVersion.Kind.DIRECTORY && theirs.kind() != FileVersion.Kind.DIRECTORY;
        if (rules.deletesWin() && files) {
            FileVersion deletion = ours.isDeleted() ? ours : theirs;
            FileVersion change = ours.isDeleted() ? theirs : ours;
            if (isNewer(deletion, change)) {
                return ours.isDeleted() ? KEEP : TAKE_AND_SET_OURS_ASIDE;
            }
        }
        return ours.isDeleted() ? TAKE : KEEP_AND_TELL;
    }

    private static boolean isNewer(FileVersion one, FileVersion other) {
        int byTime = one.modified().compareTo(other.modified());
        return byTime != 0 ? byTime > 0 : one.modifiedBy().compareTo(other.modifiedBy()) < 0;
    }
}
