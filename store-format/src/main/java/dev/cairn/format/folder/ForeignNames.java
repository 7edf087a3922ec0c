package dev.cairn.format.folder;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The names sync tools use for their own work in progress, in the few spellings which can be nothing else. */
public final class ForeignNames {
    /**
     * Directories which only ever hold a tool's own state or old versions; at the folder's root, where tools put them.
     */
    private static final Set<String> TOOL_DIRECTORIES =
            Set.of(".stversions", ".stfolder", ".sync", ".dropbox.cache", ".tmp.drivedownload", ".tmp.driveupload");

    private ForeignNames() {}

    static boolean isToolDirectory(String pathBelowTheRoot) {
        return TOOL_DIRECTORIES.contains(pathBelowTheRoot);
    }

    /**
     * Whether the name is that of a file still being received by Syncthing, or still being staged by a device: it
     * reappears under its own name when it is whole. All other temporaries are let through: a tool which leaves a
     * partial file behind under some name ({@code rsync --partial}) may leave the only copy there.
     */
    static boolean isTemporary(String name) {
        return name.endsWith(".tmp") && (name.startsWith(".syncthing.") || name.startsWith("~syncthing~"));
    }

    /** The name of the file a stub of iCloud Drive stands for: NAME for {@code .NAME.icloud}. */
    static Optional<String> evictedName(String name) {
        return name.startsWith(".") && name.endsWith(".icloud") && name.length() > ".x.icloud".length() - 1
                ? Optional.of(name.substring(1, name.length() - ".icloud".length()))
                : Optional.empty();
    }

    /** Whether the name, however a tool or a user has changed it, still tells of a file of ours. */
    public static boolean resemblesOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains(".cairn") || lower.startsWith("cairn-space");
    }
}
