package dev.cairn.merge.doctor;

import java.util.Locale;

/** Everything a doctor can find, with what could be lost and what to do. */
public enum Cause {
    /** No directory at the folder's path. */
    FOLDER_MISSING(
            Severity.BLOCKED,
            "Nothing: commits go on in this device's store and are published when the folder is back.",
            "Connect the disk or share, or name the folder's new place with --space."),
    /** The directory cannot be listed. */
    FOLDER_UNREADABLE(
            Severity.BLOCKED,
            "Nothing: commits go on in this device's store.",
            "Check the folder's permissions, and that its disk or share answers."),
    /** The directory is there, and nothing of the space is in it. */
    FOLDER_EMPTIED(
            Severity.BLOCKED,
            "Nothing on this device: its store has everything it ever saw; nothing is written into the folder.",
            "Mount the disk, or let the sync tool bring the files back. If the folder was emptied on purpose, restore"
                    + " a backup of it with 'cairn merge BACKUP'."),
    /** The space's marker has gone or is damaged. */
    MARKER_MISSING(
            Severity.BLOCKED,
            "Nothing; but a device without state cannot tell that the folder holds a space.",
            "--fix writes it again, on a device of the space."),
    /** Something else is in the marker's place. */
    MARKER_DAMAGED(
            Severity.BLOCKED,
            "Nothing; but a device without state cannot tell which space the folder holds.",
            "Move cairn-space.json away and run 'cairn doctor --fix'."),
    /** This device may not write into the folder. */
    FOLDER_READ_ONLY(
            Severity.BLOCKED,
            "Nothing yet: this device's changes wait in its store, and are lost if that is lost too.",
            "Mount the disk for writing, or give yourself the right to write; --fix does the latter."),
    /** Files or directories which this user may not read. */
    PERMISSIONS(
            Severity.BLOCKED,
            "Nothing: what is in them cannot be read on this device.",
            "Give yourself the right to read; --fix does that."),
    /** No room on a disk. */
    DISK_FULL(
            Severity.BLOCKED,
            "Nothing that was confirmed: new commits are refused, or wait in this device's store.",
            "Make room on the disk."),
    /** The sync tool left the content with its provider. */
    NOT_DOWNLOADED(
            Severity.BLOCKED,
            "Nothing: changes in these files cannot be seen here.",
            "Tell the sync tool to keep this folder on this device."),
    /** A file which was not written by this device is not whole or not true. */
    DAMAGED_FILE(
            Severity.BLOCKED,
            "The changes in it, if the device that wrote it and every other that read it were lost too.",
            "Open the space on the device that wrote it: it publishes the file again."),
    /** A file of this device is not whole or not true. */
    OWN_FILE_DAMAGED(Severity.BLOCKED, "Nothing: this device has the file's bytes.", "--fix publishes the file again."),
    /** A file of this device is not in the folder. */
    OWN_FILE_MISSING(Severity.BLOCKED, "Nothing: this device has the file's bytes.", "--fix publishes the file again."),
    /** A copy which a sync tool made of one of our files. */
    CONFLICT_COPY(
            Severity.HARMLESS,
            "Nothing: it is read like any other file, and what is in it counts once.",
            "None needed. The copy may be deleted."),
    /** One of our files under a name or in a directory whose case or Unicode form was changed. */
    RENAMED(
            Severity.HARMLESS,
            "Nothing: files are known by what is in them, not by their names.",
            "None needed: its owner writes it under its own name again."),
    /** A file that is none of ours. */
    FOREIGN_FILE(Severity.HARMLESS, "Nothing: it is left alone.", "None needed. It may be moved elsewhere."),
    /** A file of another space. */
    FOREIGN_SPACE(
            Severity.HARMLESS,
            "Nothing: it is left alone, and nobody reads it here.",
            "Move it into its own space's folder."),
    /** What a crash has left of writing a file. */
    LEFT_OVER(Severity.HARMLESS, "Nothing: its content was published under another name.", "--fix deletes it."),
    /** A file of a newer version. */
    TOO_NEW(Severity.BLOCKED, "Nothing: what is in it cannot be seen on this device.", "Update cairn on this device."),
    /** A file for which this device has no key. */
    NO_KEY(
            Severity.BLOCKED,
            "Nothing: what is in it cannot be seen on this device.",
            "Let the device that made the key, or an admin's, synchronise; if the file is of a stranger, ignore it."),
    /** A file of a device that is no member, or may only read. */
    NOT_A_WRITER(
            Severity.HARMLESS,
            "Nothing of members: what they have built on counts, and nothing else of that device.",
            "If it is a device of yours, invite it, and all that it wrote counts; else ignore the file."),
    /** Changes which somebody tells of are not in the folder. */
    GAP(
            Severity.DANGER,
            "The missing changes, if every device that has them were lost.",
            "Let the device that made them, or one that has them, synchronise."),
    /** Changes that were withdrawn are in no checkpoint which is there. */
    RETIRED_UNCOVERED(
            Severity.DANGER,
            "The withdrawn changes, if every device that has them were lost.",
            "Let the checkpoint arrive; its parts are the large files in 'parts'. Else run 'cairn compact' on a device"
                    + " that has the changes."),
    /** Two devices write under one identity. */
    CLONED_DEVICE(
            Severity.BLOCKED,
            "Nothing: both histories are kept on every device.",
            "Open the space on both devices: the one that notices goes on as a new writer. Never copy a state"
                    + " directory: use 'cairn invite'."),
    /** The folder is older than it was. */
    FOLDER_ROLLED_BACK(
            Severity.BLOCKED,
            "Nothing: this device keeps what it has seen.",
            "--fix publishes this device's files again; open the space on the other devices for theirs."),
    /** A checkpoint is not whole. */
    CHECKPOINT_INCOMPLETE(
            Severity.BLOCKED,
            "Nothing: it is not used, and no segment goes because of it.",
            "Let the sync tool finish, or run 'cairn compact' for a new one."),
    /** A device does not acknowledge, and so nothing can be withdrawn. */
    RETIREMENT_BLOCKED(
            Severity.BLOCKED,
            "Nothing: the folder stays larger than it need be.",
            "Open the space on that device; if it is gone for good, 'cairn devices retire' it."),
    /** A device's clock, or this one's, is wrong. */
    CLOCK(
            Severity.BLOCKED,
            "Nothing: no order and no safety depends on clocks; times in the log mislead.",
            "Set the clock."),
    /** The local store is damaged or gone. */
    STORE_DAMAGED(
            Severity.DANGER,
            "This device's changes which were not published yet.",
            "Restore the state directory from a backup. Else move the damaged store away and open the space: it is"
                    + " made again from the folder, and this device goes on as a new writer."),
    /** This device has no keys for the space. */
    NO_IDENTITY(
            Severity.BLOCKED,
            "Nothing: this device cannot read the space.",
            "Join the space with an invite of another device, or name the right state directory with --state."),
    /** The keys are those of another space. */
    WRONG_KEYS(
            Severity.BLOCKED,
            "Nothing: this device cannot read the space with these keys.",
            "Name the right state directory with --state, or the right folder with --space."),
    /** The keys cannot be used. */
    KEYS_DAMAGED(
            Severity.DANGER,
            "This device's changes which were not published yet.",
            "Restore the state directory from a backup, or join the space again with an invite."),
    /** Other users may read the keys. */
    KEYS_EXPOSED(
            Severity.DANGER,
            "Secrecy: other users of this machine can read the space.",
            "--fix takes their rights away."),
    /** The keys lie where the sync tool hands them out. */
    STATE_INSIDE_FOLDER(
            Severity.DANGER,
            "Secrecy, and this device's identity: the sync tool copies the keys.",
            "Move the state directory out of the synced folder."),
    /** The system watches fewer directories than there are. */
    WATCH_LIMIT(
            Severity.HARMLESS,
            "Nothing: what the system does not tell is found by looking at the folder now and then.",
            "None needed. Raise fs.inotify.max_user_watches to see changes sooner.");

    private final Severity severity;
    private final String lost;
    private final String fix;

    Cause(Severity severity, String lost, String fix) {
        this.severity = severity;
        this.lost = lost;
        this.fix = fix;
    }

    /** How bad it is. */
    public Severity severity() {
        return severity;
    }

    /** What could be lost. */
    public String lost() {
        return lost;
    }

    /** What to do. */
    public String fix() {
        return fix;
    }

    /** A stable word in lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
