package dev.cairn.merge.doctor;

import java.nio.file.Path;

/**
 * The limits of the machine which a space can run into.
 *
 * @param watchLimit the file in which the system says how many directories one user may watch; it need not exist
 * @param freeBytesMin free room on a disk below which it counts as full
 */
public record Machine(Path watchLimit, long freeBytesMin) {
    /** A checkpoint's part, and some more. */
    private static final long FREE_BYTES_MIN = 16L << 20;

    /** This machine. */
    public static Machine here() {
        return new Machine(Path.of("/proc/sys/fs/inotify/max_user_watches"), FREE_BYTES_MIN);
    }
}
