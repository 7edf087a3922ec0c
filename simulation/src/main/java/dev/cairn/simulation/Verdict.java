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
    /** Both have the same content; only what is known of them is united, see {@link #unite}. */
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
            return withoutMemory(ours, theirs, relation);
        }
        if (ours.sameContentAs(theirs)) {
            return UNITE;
        }
        return relation == VersionVector.Relation.OLDER ? TAKE : onConflict(ours, theirs, rules, oursIsFirst);
    }

    /**
     * The one version which two of the same content become. Every node must find the same one, in whatever order the
     * versions come, since the next conflict is decided by it.
     */
    static FileVersion unite(FileVersion ours, FileVersion theirs) {
        boolean theirsIsLater = ours.vector().relationTo(theirs.vector()) == VersionVector.Relation.OLDER;
        FileVersion later = theirsIsLater || isNewer(theirs, ours) ? theirs : ours;
        return later.withVector(ours.vector().merge(theirs.vector()));
    }

    /** Of equally old files that differ, the later one replaces the earlier one, since it is copied first. */
    private static Verdict withoutMemory(FileVersion ours, FileVersion theirs, VersionVector.Relation relation) {
        if (ours.sameContentAs(theirs)) {
            return UNITE;
        }
        if (relation == VersionVector.Relation.OLDER && ours.modified().equals(theirs.modified())) {
            return TAKE;
        }
        return isNewer(theirs, ours) ? TAKE : KEEP_AND_TELL;
    }

    private static Verdict onConflict(FileVersion ours, FileVersion theirs, Conflicts rules, boolean oursIsFirst) {
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

    /** A total order of different versions, so that every node finds the same winner. */
    private static boolean isNewer(FileVersion one, FileVersion other) {
        int order = one.modified().compareTo(other.modified());
        if (order == 0) {
            order = other.modifiedBy().compareTo(one.modifiedBy());
        }
        if (order == 0 && one.content() != null && other.content() != null) {
            order = one.content().compareTo(other.content());
        }
        return order > 0;
    }
}
