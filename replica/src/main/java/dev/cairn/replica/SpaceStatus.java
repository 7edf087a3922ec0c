package dev.cairn.replica;

import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The health of a space at a glance, as far as this device knows. A value: nothing in it changes later.
 *
 * @param space the space
 * @param folder the synced folder
 * @param folderState whether the folder is there
 * @param version the newest version on this device
 * @param changes changes in this device's store
 * @param documents documents which exist now
 * @param self this device
 * @param others the other devices, by name
 * @param waiting changes held back because something they build on has not come
 * @param files files in the folder which are not verified, with reasons
 * @param outbox what this device has not published yet
 * @param alarms what needs a person's attention
 * @param advice one line each: what to do
 */
public record SpaceStatus(
        SpaceId space,
        Path folder,
        FolderState folderState,
        Version version,
        long changes,
        int documents,
        Device self,
        List<Device> others,
        List<Waiting> waiting,
        List<FileStatus> files,
        Outbox outbox,
        List<Alarm> alarms,
        List<String> advice) {

    public SpaceStatus {
        others = List.copyOf(others);
        waiting = List.copyOf(waiting);
        files = List.copyOf(files);
        alarms = List.copyOf(alarms);
        advice = List.copyOf(advice);
    }

    /** This status with more files in it, as something else that reads the folder found them; by path. */
    public SpaceStatus and(List<FileStatus> more) {
        SortedMap<String, FileStatus> all = new TreeMap<>();
        more.forEach(file -> all.put(file.path(), file));
        files.forEach(file -> all.put(file.path(), file));
        return new SpaceStatus(
                space,
                folder,
                folderState,
                version,
                changes,
                documents,
                self,
                others,
                waiting,
                List.copyOf(all.values()),
                outbox,
                alarms,
                advice);
    }

    /** The state of the synced folder. */
    public enum FolderState {
        /** There, with the space in it. */
        ATTACHED,
        /** There, but the space's marker or a large part of its files has gone: nothing is deleted. */
        DETACHED,
        /** Not there: unmounted, renamed or deleted. */
        MISSING,
        /** There, but it cannot be listed. */
        UNREADABLE
    }

    /**
     * A device of the space.
     *
     * @param id the device
     * @param name the name it gives itself
     * @param role its role, in lower case
     * @param writers its writer ids, the current one last
     * @param lastSeen its own clock when it wrote the newest heartbeat known here
     * @param changes its changes in this device's store
     * @param behind changes of it which are announced and have not come
     * @param lacks changes in this store, of those that count, which it has not confirmed to have
     * @param flagged why it is not trusted to be one healthy device, if so
     */
    public record Device(
            DeviceId id,
            String name,
            String role,
            List<WriterId> writers,
            Optional<Instant> lastSeen,
            long changes,
            long behind,
            long lacks,
            Optional<String> flagged) {
        public Device {
            writers = List.copyOf(writers);
        }
    }

    /**
     * A change that has come and cannot be shown yet.
     *
     * @param writer the writer of the held back changes
     * @param seq the first of them
     * @param missingWriter whose change is missing
     * @param missingSeq which change is missing
     */
    public record Waiting(WriterId writer, long seq, WriterId missingWriter, long missingSeq) {
        /** Such as {@code waiting for abc…/42}. */
        public String text() {
            return "waiting for " + missingWriter + "/" + missingSeq;
        }
    }

    /**
     * A file which is not verified, or lies in an unexpected place.
     *
     * @param path its path inside the folder
     * @param state what it is
     * @param reason a stable code in upper case, such as {@code WRONG_KEY}
     * @param text the reason for a person
     */
    public record FileStatus(String path, FileState state, String reason, String text) {}

    /** What a file in the folder is to this device. */
    public enum FileState {
        /** Shorter than it says, or damaged in a way that a running transfer explains: it is looked at again. */
        INCOMPLETE,
        /** Whole, but a key or a member entry has not come yet. */
        WAITING,
        /** Whole and false, or not allowed: never applied, never deleted. */
        REFUSED,
        /** Written by a newer version. */
        TOO_NEW,
        /** Listed but cannot be read: a placeholder, or a disk fault. */
        UNREADABLE,
        /** Verified, under another name or in another place than its own. */
        MISPLACED,
        /** Verified, and a copy of another file. */
        DUPLICATE
    }

    /**
     * What waits to be written into the folder.
     *
     * @param changes own changes which no published file holds yet
     * @param files files to be written
     * @param problem why the last attempt failed, if it did
     */
    public record Outbox(long changes, int files, Optional<String> problem) {}

    /**
     * Something that needs attention.
     *
     * @param code a stable code in upper case, such as {@code FOLDER_ROLLBACK}
     * @param text one line for a person
     */
    public record Alarm(String code, String text) {}
}
