package dev.cairn.simulation.fleet;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What one step does to a device. All but the first three are faults, which can be switched on by name. */
public enum Happening {
    /** The user does something. */
    USE,
    /** The application does what it does by itself. */
    TICK,
    /** The application ends orderly and starts again. */
    RESTART,

    /** The process dies between two operations on the disk, which loses nothing. */
    KILL,
    /** The power goes at any operation, and what was not forced may be lost, names in order. */
    POWER_LOSS,
    /** The same, each directory on its own and blocks mixed. */
    REORDERED_POWER_LOSS,
    /** The sync tool works between two operations of the application. */
    INTERLEAVED,

    /** No byte can be written for a while. */
    DISK_FULL,
    /** Nothing can be changed for a while. */
    PERMISSION_DENIED,
    /** No file can get another name for a while, as with a virus scanner on Windows. */
    RENAME_REFUSED,
    /** Files cannot be opened for a while, as placeholders of a cloud that is not reachable. */
    READS_FAIL,
    /** Bits flip in what is read for a while; the file itself is whole. */
    READS_LIE,

    /** The clock jumps by up to a year, to either side. */
    CLOCK_JUMP,
    /** The clock runs at another rate, or stands still. */
    CLOCK_DRIFT,

    /** The device loses its network. */
    OFFLINE,
    /** The network falls into two parts. */
    PARTITION,
    /** The network is whole again. */
    RECONNECT,
    /** The device is switched off for one to six months. */
    MONTHS_AWAY,

    /** All files of the folder are deleted, which spreads, and put back hours later. */
    EMPTIED,
    /** The disk with the folder is not there for a while. */
    UNMOUNTED,
    /** The folder is put back to an older state, and that spreads. */
    ROLLED_BACK,
    /** The tool loses its database. */
    VERSIONS_FORGOTTEN,

    /** A bit of a file flips on the disk, and that spreads. */
    BIT_FLIP,
    /** A file is cut off somewhere, and that spreads. */
    TRUNCATED,
    /** The user deletes a file. */
    FILE_DELETED,
    /** The user renames or moves a file. */
    FILE_RENAMED,
    /** A conflict copy of a file appears, in the spelling of some tool. */
    FILE_COPIED,
    /** A deleted file comes back. */
    RESURRECTED,
    /** A file becomes a placeholder. */
    EVICTED,
    /** A file of another program appears. */
    FOREIGN_FILE,

    /** The device's private state is put back to what it was some time ago. */
    BACKUP_RESTORED,
    /** The whole device is copied, and both go on. */
    CLONED;

    /** Whether something goes wrong. */
    public boolean isFault() {
        return this != USE && this != TICK && this != RESTART;
    }

    /** All faults. */
    public static Set<Happening> faults() {
        return EnumSet.range(KILL, CLONED);
    }

    /** The one of this name, such as {@code power-loss}, in upper or lower case. */
    public static Optional<Happening> named(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values())
                .filter(each -> each.name().equals(wanted))
                .findFirst();
    }

    /** Its name as people write it, such as {@code power-loss}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
