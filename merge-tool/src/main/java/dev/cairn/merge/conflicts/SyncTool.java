package dev.cairn.merge.conflicts;

/** The tools whose conflict copies are known. */
public enum SyncTool {
    SYNCTHING("Syncthing"),
    DROPBOX("Dropbox"),
    ONEDRIVE("OneDrive"),
    GOOGLE_DRIVE("Google Drive"),
    ICLOUD("iCloud Drive"),
    NEXTCLOUD("Nextcloud or ownCloud"),
    RESILIO("Resilio Sync"),
    SYNOLOGY("Synology Drive"),
    SEAFILE("Seafile"),
    PCLOUD("pCloud"),
    SYNC_COM("Sync.com"),
    UNISON("Unison"),
    RCLONE("rclone bisync"),
    MEGA("MEGA or Google Drive"),
    FOLDER_SYNC("FolderSync"),
    FILE_MANAGER("a file manager");

    private final String title;

    SyncTool(String title) {
        this.title = title;
    }

    /** The name people know. */
    public String title() {
        return title;
    }
}
