package dev.cairn.simulation.profile;

import java.time.Duration;

/** The tools we know, one method each. The figures are explained beside them. */
final class Presets {

    private static final String ANYWHERE = "(?:.*/)?";

    private Presets() {}

    static SyncProfile perfect() {
        return new SyncProfile(
                "perfect",
                Topology.MESH,
                Noticing.IMMEDIATE,
                Travel.IMMEDIATE,
                Arrival.ATOMIC,
                Conflicts.copies(Winner.NEWER, ConflictSpelling.SYNCTHING),
                Names.PLAIN);
    }

    /** fsWatcherDelayS 10 and notifyTimeout 60 s; index every 0.25 s, pull after 0 to 1 s; hole of 0.13 to 12 ms. */
    static SyncProfile syncthing() {
        return new SyncProfile(
                "syncthing",
                Topology.MESH,
                new Noticing(Duration.ofSeconds(10), Duration.ofSeconds(60)),
                new Travel(Span.millis(10, 1_250), Span.millis(50, 2_500), 0),
                arrival(ArrivalStyle.RENAMED, Temporary.SYNCTHING, Span.millis(1, 200), hole(130, 12_000)),
                new Conflicts(Winner.NEWER, ConflictSpelling.SYNCTHING, false, true, 10),
                Names.ignoring(
                                ANYWHERE + "\\.syncthing\\.[^/]*\\.tmp",
                                ANYWHERE + "~syncthing~[^/]*\\.tmp",
                                "\\.(?:stfolder|stversions|stignore)(?:/.*)?")
                        .withMarker(".stfolder"));
    }

    static SyncProfile dropbox() {
        return new SyncProfile(
                "dropbox",
                Topology.SERVER,
                new Noticing(Duration.ofSeconds(2), Duration.ofSeconds(30)),
                new Travel(Span.millis(200, 5_000), Span.millis(200, 8_000), 0),
                arrival(ArrivalStyle.RENAMED, Temporary.DROPBOX, Span.millis(5, 1_000), hole(0, 2_000)),
                Conflicts.copies(Winner.FIRST_COME, ConflictSpelling.DROPBOX),
                Names.ignoring(
                                "\\.dropbox\\.cache(?:/.*)?",
                                ANYWHERE + "(?i:desktop\\.ini|thumbs\\.db|\\.ds_store|icon\\r)",
                                ANYWHERE + "\\.dropbox(?:\\.attr)?",
                                ANYWHERE + "(?:~\\$|\\.~)[^/]*",
                                ANYWHERE + "~[^/]*\\.tmp")
                        .foldingCase());
    }

    static SyncProfile oneDrive() {
        return new SyncProfile(
                "onedrive",
                Topology.SERVER,
                new Noticing(Duration.ofSeconds(4), Duration.ofSeconds(60)),
                new Travel(Span.millis(1_000, 20_000), Span.millis(1_000, 30_000), 0),
                arrival(ArrivalStyle.RENAMED, Temporary.ONEDRIVE, Span.millis(10, 2_000), hole(0, 5_000))
                        .withPlaceholders(0.2),
                Conflicts.copies(Winner.FIRST_COME, ConflictSpelling.ONEDRIVE),
                Names.ignoring(
                                ANYWHERE + "[^/]*\\.tmp",
                                ANYWHERE + "~\\$[^/]*",
                                ANYWHERE + "(?i:desktop\\.ini|\\.lock)",
                                ".*_vti_.*")
                        .foldingCase());
    }

    static SyncProfile googleDrive() {
        return new SyncProfile(
                "google-drive",
                Topology.SERVER,
                new Noticing(Duration.ofSeconds(4), Duration.ofSeconds(30)),
                new Travel(Span.millis(500, 30_000), Span.millis(500, 60_000), 0.01),
                arrival(ArrivalStyle.RENAMED, Temporary.GOOGLE_DRIVE, Span.millis(10, 2_000), hole(0, 5_000))
                        .withDuplicates(0.02),
                Conflicts.copies(Winner.FIRST_COME, ConflictSpelling.GOOGLE_DRIVE),
                Names.ignoring(
                        "\\.tmp\\.drive(?:down|up)load(?:/.*)?",
                        ANYWHERE + "(?i:desktop\\.ini|\\.ds_store|thumbs\\.db)"));
    }

    static SyncProfile iCloud() {
        Arrival arrival = new Arrival(
                ArrivalStyle.RENAMED,
                Temporary.OUTSIDE,
                Span.millis(10, 60_000),
                hole(0, 5_000),
                Placeholder.ICLOUD_STUB,
                0.3,
                0);
        return new SyncProfile(
                "icloud",
                Topology.SERVER,
                new Noticing(Duration.ofSeconds(4), Duration.ofSeconds(120)),
                new Travel(Span.millis(1_000, 120_000), Span.millis(1_000, 120_000), 0),
                arrival,
                Conflicts.copies(Winner.FIRST_COME, ConflictSpelling.ICLOUD),
                Names.ignoring(
                                ANYWHERE + "[^/]*\\.tmp",
                                ANYWHERE + "[^/]*\\.nosync[^/]*",
                                ANYWHERE + "tmp(?:/.*)?",
                                ANYWHERE + "(?:~\\$|\\.~)[^/]*",
                                ANYWHERE + "\\.[^/]*\\.icloud",
                                ANYWHERE + "\\.DS_Store")
                        .foldingCase());
    }

    static SyncProfile nextcloud() {
        Arrival arrival = new Arrival(
                ArrivalStyle.RENAMED,
                Temporary.NEXTCLOUD,
                Span.millis(10, 2_000),
                hole(0, 5_000),
                Placeholder.NEXTCLOUD_SUFFIX,
                0,
                0);
        return new SyncProfile(
                "nextcloud",
                Topology.SERVER,
                new Noticing(Duration.ofSeconds(2), Duration.ofSeconds(30)),
                new Travel(Span.millis(200, 30_000), Span.millis(200, 30_000), 0),
                arrival,
                new Conflicts(Winner.FIRST_COME, ConflictSpelling.NEXTCLOUD, false, false, Integer.MAX_VALUE),
                Names.ignoring(
                        ANYWHERE + "[^/]*~",
                        ANYWHERE + "[^/]*\\.(?:part|filepart|crdownload)",
                        ANYWHERE + "[^/]*\\.~[^/]*",
                        ANYWHERE + "~\\$[^/]*",
                        ANYWHERE + "\\.~lock\\.[^/]*",
                        ANYWHERE + "[^/]*\\.unison[^/]*",
                        ANYWHERE + "[^/]*_conflict-[^/]*",
                        ANYWHERE + "[^/]*\\(conflicted copy [^/]*",
                        ANYWHERE + "[^/]*\\.nextcloud",
                        ANYWHERE + "(?:desktop\\.ini|\\.htaccess|\\.[^/]*\\.sw[^/]?)"));
    }

    static SyncProfile rsync() {
        return new SyncProfile(
                "rsync",
                Topology.MESH,
                new Noticing(Duration.ofSeconds(2), Duration.ofSeconds(2)),
                new Travel(Span.millis(100, 60_000), Span.millis(100, 60_000), 0),
                arrival(ArrivalStyle.RENAMED_UNLESS_CUT_OFF, Temporary.RSYNC, Span.millis(1, 2_000), Span.NONE),
                Conflicts.copies(Winner.NEWER_WITHOUT_MEMORY, ConflictSpelling.NONE),
                Names.PLAIN.withTimeGranularity(Duration.ofSeconds(1)));
    }

    static SyncProfile usbStick() {
        return new SyncProfile(
                "usb-stick",
                Topology.MESH,
                new Noticing(Duration.ofSeconds(2), Duration.ofSeconds(2)),
                new Travel(Span.millis(60_000, 14_400_000), Span.millis(60_000, 14_400_000), 0),
                arrival(ArrivalStyle.IN_PLACE, Temporary.OUTSIDE, Span.millis(10, 30_000), Span.NONE),
                Conflicts.copies(Winner.NEWER_WITHOUT_MEMORY, ConflictSpelling.NONE),
                Names.PLAIN.foldingCase().withTimeGranularity(Duration.ofSeconds(2)));
    }

    private static Arrival arrival(ArrivalStyle style, Temporary temporary, Span transfer, Span hole) {
        return new Arrival(style, temporary, transfer, hole, Placeholder.EMPTY, 0, 0);
    }

    private static Span hole(long minMicros, long maxMicros) {
        return new Span(Duration.ofNanos(minMicros * 1_000), Duration.ofNanos(maxMicros * 1_000));
    }
}
