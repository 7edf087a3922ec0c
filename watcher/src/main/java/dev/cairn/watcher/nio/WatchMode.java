package dev.cairn.watcher.nio;

/** How changes in a folder are noticed. */
public enum WatchMode {
    /**
     * What suits the folder: polling on network, FUSE and in-memory file systems, whose events leave out what others
     * do; directory-watcher on macOS, where the JDK only polls; the JDK's watch service elsewhere.
     */
    AUTO,
    /** The JDK's watch service. */
    NATIVE,
    /** The directory-watcher library; on file systems other than the default one, polling. */
    DIRECTORY_WATCHER,
    /** No events: the folder is listed again and again. */
    POLLING
}
