package dev.cairn.watcher.nio;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/** Chooses and opens the source of hints which suits a folder. */
public final class ChangeSources {
    /** Types of file systems, as mount tables call them, on which another machine's writes give no event. */
    private static final Set<String> REMOTE = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "9p",
            "drvfs",
            "virtiofs",
            "vboxsf",
            "vmhgfs",
            "prl_fs",
            "afs",
            "afpfs",
            "ceph",
            "glusterfs",
            "lustre",
            "davfs",
            "webdav",
            "ncpfs",
            "osxfuse",
            "macfuse");

    private ChangeSources() {}

    /**
     * Opens a source on an existing folder: everything that happens after this returns gives a hint, if the source is
     * {@linkplain ChangeSource#alive() alive}. The caller lists the folder after that, and not before.
     *
     * @param hint called on the source's thread; quick
     * @param threads makes the source's thread
     * @throws IOException if the folder cannot be watched, or not now: poll, and try again later
     */
    public static ChangeSource open(WatchMode mode, Path folder, Runnable hint, ThreadFactory threads)
            throws IOException {
        return switch (mode == WatchMode.AUTO ? suited(folder, System.getProperty("os.name", "")) : mode) {
            case NATIVE -> WatchServiceSource.open(folder, hint, threads);
            case DIRECTORY_WATCHER ->
                isDefault(folder) ? DirectoryWatcherSource.open(folder, hint, threads) : ChangeSource.none();
            case AUTO, POLLING -> ChangeSource.none();
        };
    }

    static WatchMode suited(Path folder, String operatingSystem) throws IOException {
        if (!isDefault(folder)
                || folder.toAbsolutePath().toString().startsWith("\\\\")
                || isRemote(Files.getFileStore(folder).type())) {
            return WatchMode.POLLING;
        }
        return operatingSystem.startsWith("Mac") ? WatchMode.DIRECTORY_WATCHER : WatchMode.NATIVE;
    }

    /** Whether a file system of this type is one that others change behind this machine's back. */
    static boolean isRemote(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return REMOTE.contains(lower) || lower.startsWith("fuse.");
    }

    private static boolean isDefault(Path folder) {
        return folder.getFileSystem() == FileSystems.getDefault();
    }
}
