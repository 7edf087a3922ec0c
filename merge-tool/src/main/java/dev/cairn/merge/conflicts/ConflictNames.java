package dev.cairn.merge.conflicts;

/** What the name of a file alone tells of conflict copies. */
public final class ConflictNames {
    private ConflictNames() {}

    /** Whether nothing but a sync tool gives such a name, to a conflict copy. */
    public static boolean isCertain(String name) {
        return CopyName.of(name, NamePattern.ALL).filter(CopyName::certain).isPresent();
    }
}
