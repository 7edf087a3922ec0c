package dev.cairn.simulation;

import dev.cairn.simulation.profile.SyncProfile;
import java.util.List;

/** All tools we know. */
final class Profiles {

    static final List<SyncProfile> ALL = List.of(
            SyncProfile.perfect(),
            SyncProfile.syncthing(),
            SyncProfile.dropbox(),
            SyncProfile.oneDrive(),
            SyncProfile.googleDrive(),
            SyncProfile.iCloud(),
            SyncProfile.nextcloud(),
            SyncProfile.rsync(),
            SyncProfile.usbStick());

    private Profiles() {}
}
