package dev.cairn.simulation.profile;

import java.time.Duration;

/**
 * What one sync tool is known to do to a folder: a record of facts.
 *
 * <p>What Syncthing does was measured, and so were the temporary and partial files of rsync; the other facts come from
 * documentation, source and reports of users, and the delays of those tools are estimates. Change what matters to you
 * with the {@code with} methods.
 *
 * @param name for messages
 * @param topology whom a device talks to
 * @param noticing when a change is noticed
 * @param travel how it gets to another device
 * @param arrival how it appears there
 * @param conflicts what happens when two devices change one file
 * @param names which names and times are special
 */
public record SyncProfile(
        String name,
        Topology topology,
        Noticing noticing,
        Travel travel,
        Arrival arrival,
        Conflicts conflicts,
        Names names) {

    public SyncProfile {
        if ((topology == Topology.SERVER) != (conflicts.winner() == Winner.FIRST_COME)) {
            throw new IllegalArgumentException("what is first is decided by a server, and by a server only: " + name);
        }
    }

    /** A tool without any delay or fault: whole files, at once, in order. Conflicts are named as Syncthing does. */
    public static SyncProfile perfect() {
        return Presets.perfect();
    }

    /** Syncthing 1.x as installed: changes are noticed after 5 to 15 seconds, busy files after more than a minute. */
    public static SyncProfile syncthing() {
        return Presets.syncthing();
    }

    /** Dropbox: one server, hidden temporaries, names without regard to case. */
    public static SyncProfile dropbox() {
        return Presets.dropbox();
    }

    /** OneDrive: one server, some files are empty placeholders at first. */
    public static SyncProfile oneDrive() {
        return Presets.oneDrive();
    }

    /** Google Drive: one server, now and then a second copy {@code name (1)}. */
    public static SyncProfile googleDrive() {
        return Presets.googleDrive();
    }

    /** iCloud Drive: one server, some files are {@code .NAME.icloud} stubs at first. */
    public static SyncProfile iCloud() {
        return Presets.iCloud();
    }

    /** Nextcloud: one server, polled every half minute; conflict copies stay on the device that made them. */
    public static SyncProfile nextcloud() {
        return Presets.nextcloud();
    }

    /** {@code rsync -rtu --partial} in both directions now and then: no memory, no deletions, no conflict copies. */
    public static SyncProfile rsync() {
        return Presets.rsync();
    }

    /** A FAT stick carried between devices: hours of delay, growing files under their final names, no memory. */
    public static SyncProfile usbStick() {
        return Presets.usbStick();
    }

    /** The same tool noticing changes after {@code delay}, as with {@code fsWatcherDelayS}. */
    public SyncProfile withNoticeDelay(Duration delay) {
        return withNoticing(new Noticing(delay, delay.multipliedBy(6)));
    }

    /** The same tool with other facts about noticing. */
    public SyncProfile withNoticing(Noticing facts) {
        return new SyncProfile(name, topology, facts, travel, arrival, conflicts, names);
    }

    /** The same tool with other facts about travelling. */
    public SyncProfile withTravel(Travel facts) {
        return new SyncProfile(name, topology, noticing, facts, arrival, conflicts, names);
    }

    /** The same tool with other facts about arrival. */
    public SyncProfile withArrival(Arrival facts) {
        return new SyncProfile(name, topology, noticing, travel, facts, conflicts, names);
    }

    /** The same tool with other facts about conflicts. */
    public SyncProfile withConflicts(Conflicts facts) {
        return new SyncProfile(name, topology, noticing, travel, arrival, facts, names);
    }

    /** The same tool with other facts about names. */
    public SyncProfile withNames(Names facts) {
        return new SyncProfile(name, topology, noticing, travel, arrival, conflicts, facts);
    }
}
