package dev.cairn.merge.conflicts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.merge.conflicts.ConflictOptions.PastVersion;
import dev.cairn.merge.conflicts.ConflictReport.Finding;
import dev.cairn.merge.conflicts.ConflictReport.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecoveryTest {
    private static final String COPY = "notes.sync-conflict-20260102-120000-ABCDEFG.md";

    @TempDir
    Path root;

    @Test
    void theOlderVersionKeptByTheToolIsTheBase() throws IOException {
        write(".stversions/notes~20260101-100000.md", "one\ntwo\nthree\n");
        write("notes.md", "ONE\ntwo\nthree\n");
        write(COPY, "one\ntwo\nTHREE\n");
        assertThat(only(run(plain()))).satisfies(finding -> {
            assertThat(finding.outcome()).isEqualTo(Outcome.MERGED);
            assertThat(finding.base())
                    .hasValueSatisfying(base -> assertThat(base).contains(".stversions"));
        });
        assertThat(read("notes.md")).isEqualTo("ONE\ntwo\nTHREE\n");
        assertThat(read(COPY)).isEqualTo("one\ntwo\nTHREE\n");
        assertThat(contents()).contains("ONE\ntwo\nthree\n");
    }

    /** A file and a copy for each of the sixteen tools; the sides changed different lines of the history's text. */
    @Test
    void theCopiesOfEveryToolAreMergedIntoTheirOriginals() throws IOException {
        Map<SyncTool, String> copies = new EnumMap<>(SyncTool.class);
        copies.put(SyncTool.SYNCTHING, "syncthing.sync-conflict-20260102-120000-ABCDEFG.md");
        copies.put(SyncTool.DROPBOX, "dropbox (Anna's conflicted copy 2026-01-02).md");
        copies.put(SyncTool.ONEDRIVE, "onedrive-DESKTOP-AB12CD3.md");
        copies.put(SyncTool.GOOGLE_DRIVE, "google_drive [Conflict].md");
        copies.put(SyncTool.ICLOUD, "icloud 2.md");
        copies.put(SyncTool.NEXTCLOUD, "nextcloud (conflicted copy 2026-01-02 120000).md");
        copies.put(SyncTool.RESILIO, "resilio.Conflict.md");
        copies.put(SyncTool.SYNOLOGY, "synology_Andy-PC_Jan-02-0901-2026_CaseConflict_1.md");
        copies.put(SyncTool.SEAFILE, "seafile.md (SFConflict name@example.com 2026-01-02-12-00-00)");
        copies.put(SyncTool.PCLOUD, "pcloud [conflicted].md");
        copies.put(SyncTool.SYNC_COM, "sync_com (conflicted).md");
        copies.put(SyncTool.UNISON, "unison (conflict).md");
        copies.put(SyncTool.RCLONE, "rclone.conflict1.md");
        copies.put(SyncTool.MEGA, "mega (1).md");
        copies.put(SyncTool.FOLDER_SYNC, "folder_sync (conflict_on_2026-01-02).md");
        copies.put(SyncTool.FILE_MANAGER, "file_manager - Copy.md");
        assertThat(copies).containsOnlyKeys(SyncTool.values());
        for (Map.Entry<SyncTool, String> copy : copies.entrySet()) {
            write(original(copy.getKey()), "ONE\ntwo\nthree\nfour\n");
            write(copy.getValue(), "one\ntwo\nthree\nFOUR\n");
        }
        ConflictOptions options = new ConflictOptions(
                false,
                false,
                Set.of(),
                path -> List.of(new PastVersion(Bytes.utf8("one\ntwo\nthree\nfour\n"), "history")));
        ConflictReport report = run(options);
        assertThat(report.copies()).hasSize(copies.size()).allSatisfy(finding -> {
            assertThat(finding.outcome()).as(finding.copy()).isEqualTo(Outcome.MERGED);
            assertThat(copies.get(finding.tool())).isEqualTo(finding.copy());
        });
        for (SyncTool tool : SyncTool.values()) {
            assertThat(read(original(tool))).as(tool.title()).isEqualTo("ONE\ntwo\nthree\nFOUR\n");
        }
    }

    private static String original(SyncTool tool) {
        return tool.name().toLowerCase(Locale.ROOT) + ".md";
    }

    @Test
    void aVersionFromAfterTheConflictIsNoBase() throws IOException {
        write(".stversions/notes~20260103-100000.md", "a\nadded by the copy\nb\n");
        write("notes.md", "a\nb\n");
        write(COPY, "a\nadded by the copy\nb\n");
        run(plain());
        assertThat(read("notes.md")).isEqualTo("a\nadded by the copy\nb\n");
    }

    @Test
    void theHistoryIsABase() throws IOException {
        write("notes.md", "ONE\ntwo\n");
        write(COPY, "one\nTWO\n");
        var options = new ConflictOptions(
                false,
                false,
                Set.of(),
                path -> path.equals("notes.md")
                        ? List.of(new PastVersion(Bytes.utf8("one\ntwo\n"), "history"))
                        : List.of());
        assertThat(only(run(options)).base()).contains("history");
        assertThat(read("notes.md")).isEqualTo("ONE\nTWO\n");
    }

    @Test
    void withoutABaseOnlyAdditionsAreMerged() throws IOException {
        write("notes.md", "a\nb\n");
        write(COPY, "a\nx\nb\n");
        assertThat(only(run(plain())).outcome()).isEqualTo(Outcome.MERGED);
        assertThat(read("notes.md")).isEqualTo("a\nx\nb\n");
        write("notes.md", "a\nmine\nb\n");
        write("notes.sync-conflict-20260102-120001-ABCDEFG.md", "a\ntheirs\nb\n");
        assertThat(run(plain()).count(Outcome.KEPT_BOTH)).isEqualTo(1);
        assertThat(read("notes.md")).isEqualTo("a\nmine\nb\n");
    }

    @Test
    void runningTwiceChangesNothing() throws IOException {
        write(".stversions/notes~20260101-100000.md", "one\ntwo\nthree\n");
        write("notes.md", "one\ntwo\nthree\nmine\n");
        write(COPY, "one\ntwo\nthree\ntheirs\n");
        write("other (1).md", "x\ny\n");
        write("other.md", "x\n");
        run(plain());
        Map<String, String> once = tree();
        ConflictReport again = run(plain());
        assertThat(again.count(Outcome.ALREADY_MERGED)).isEqualTo(1);
        assertThat(again.count(Outcome.NOTHING_NEW)).isEqualTo(1);
        assertThat(tree()).isEqualTo(once);
    }

    @Test
    void whatWasMergedDoesNotComeBackAfterLaterEdits() throws IOException {
        write("notes.md", "a\nb\n");
        write(COPY, "a\nx\nb\n");
        run(plain());
        write("notes.md", "a\nb, and x is gone on purpose\n");
        assertThat(only(run(plain())).outcome()).isEqualTo(Outcome.ALREADY_MERGED);
        assertThat(read("notes.md")).isEqualTo("a\nb, and x is gone on purpose\n");
    }

    @Test
    void copiesGoOnlyWhenAskedForAndOnlyWhenMerged() throws IOException {
        write("notes.md", "a\nb\n");
        write(COPY, "a\nx\nb\n");
        write("clash.md", "mine\n");
        write("clash (conflicted).md", "theirs\n");
        ConflictReport report = run(new ConflictOptions(false, true, Set.of(), path -> List.of()));
        assertThat(report.needsAPerson()).isTrue();
        assertThat(root.resolve(COPY)).doesNotExist();
        assertThat(root.resolve("clash (conflicted).md")).exists();
        assertThat(contents()).contains("a\nx\nb\n", "a\nb\n");
    }

    @Test
    void aDryRunTouchesNothingAndSaysTheSame() throws IOException {
        write("notes.md", "a\nb\n");
        write(COPY, "a\nx\nb\n");
        write("notes.sync-conflict-20260102-120001-ABCDEFG.md", "a\nx\nb\ny\n");
        Map<String, String> before = tree();
        run(new ConflictOptions(true, true, Set.of(), path -> List.of()));
        ConflictReport dry = run(new ConflictOptions(true, false, Set.of(), path -> List.of()));
        assertThat(tree()).isEqualTo(before);
        ConflictReport real = run(plain());
        assertThat(dry.copies()).isEqualTo(real.copies());
    }

    @Test
    void severalCopiesAndCopiesOfCopiesAreAllMerged() throws IOException {
        write("notes.md", "a\n");
        write(COPY, "a\nb\n");
        write("notes.sync-conflict-20260103-120000-ABCDEFG.md", "a\nb\nc\n");
        write("notes.sync-conflict-20260103-120000-ABCDEFG.sync-conflict-20260104-120000-ABCDEFG.md", "a\nb\nc\nd\n");
        run(plain());
        assertThat(read("notes.md")).isEqualTo("a\nb\nc\nd\n");
    }

    @Test
    void whatOnlyLooksLikeACopyIsLeftAlone() throws IOException {
        write("chapter.md", "once\nupon\na\ntime\n");
        write("chapter 2.md", "and\nthey\nlived\n");
        write("chapter (1).md", "something\nelse\n");
        write("lonely (2).md", "nobody\n");
        ConflictReport report = run(plain());
        assertThat(report.count(Outcome.LOOKALIKE)).isEqualTo(2);
        assertThat(report.copies()).hasSize(2);
        assertThat(report.needsAPerson()).isFalse();
    }

    @Test
    void aCopyWithoutItsOriginalIsReported() throws IOException {
        write(COPY, "a\n");
        assertThat(only(run(plain())).outcome()).isEqualTo(Outcome.NO_ORIGINAL);
    }

    @Test
    void binaryCopiesAreKept() throws IOException {
        Files.write(root.resolve("photo.jpg"), new byte[] {0, 1, 2});
        Files.write(root.resolve("photo.Conflict.jpg"), new byte[] {0, 1, 3});
        assertThat(only(run(plain())).outcome()).isEqualTo(Outcome.KEPT_BOTH);
        Files.write(root.resolve("photo.Conflict.jpg"), new byte[] {0, 1, 2});
        assertThat(only(run(plain())).outcome()).isEqualTo(Outcome.NOTHING_NEW);
    }

    @Test
    void lineEndsMarksAndPermissionsStay() throws IOException {
        write("notes.md", "\uFEFFa\r\nb\r\n");
        write(COPY, "\uFEFFa\r\nx\r\nb\r\n");
        Files.setPosixFilePermissions(root.resolve("notes.md"), PosixFilePermissions.fromString("rw-r-----"));
        run(plain());
        assertThat(read("notes.md")).isEqualTo("\uFEFFa\r\nx\r\nb\r\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("notes.md"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("n.md"), "a\n");
        Path vault = Files.createDirectory(root.resolve("vault"));
        Files.createSymbolicLink(vault.resolve("link"), outside);
        Files.createSymbolicLink(vault.resolve("n.md"), outside.resolve("n.md"));
        Files.writeString(vault.resolve("n (conflicted).md"), "a\nb\n");
        ConflictReport report = Recovery.run(vault, plain(), ZoneOffset.UTC);
        assertThat(only(report).outcome()).isEqualTo(Outcome.NO_ORIGINAL);
        assertThat(Files.readString(outside.resolve("n.md"))).isEqualTo("a\n");
    }

    @Test
    void aCrashAtAnyStepLosesNothingAndTheNextRunGoesOn() throws IOException {
        for (int steps = 0; steps < 40; steps++) {
            Path place = Files.createDirectory(root.resolve("crash" + steps));
            Files.createDirectories(place.resolve(".stversions"));
            Files.writeString(place.resolve(".stversions/notes~20260101-100000.md"), "one\ntwo\nthree\n");
            Files.writeString(place.resolve("notes.md"), "one\ntwo\nthree\nmine\n");
            Files.writeString(place.resolve(COPY), "one\ntwo\nthree\ntheirs\n");
            var options = new ConflictOptions(false, true, Set.of(), path -> List.of());
            try {
                Recovery.run(place, options, ZoneOffset.UTC, new FailingDisk(steps));
            } catch (FailingDisk.Crash expected) {
                assertThat(contents(place)).contains("one\ntwo\nthree\ntheirs\n");
                assertThat(contents(place)).containsAnyOf("one\ntwo\nthree\nmine\n");
            }
            Recovery.run(place, options, ZoneOffset.UTC);
            assertThat(Files.readString(place.resolve("notes.md"))).isEqualTo("one\ntwo\nthree\nmine\ntheirs\n");
            assertThat(place.resolve(COPY)).doesNotExist();
            assertThat(contents(place)).contains("one\ntwo\nthree\ntheirs\n", "one\ntwo\nthree\nmine\n");
        }
    }

    @Test
    void aDiskThatFailsAtAnyStepIsReportedAndLosesNothing() throws IOException {
        for (int steps = 0; steps < 40; steps++) {
            Path place = Files.createDirectory(root.resolve("fault" + steps));
            Files.writeString(place.resolve("notes.md"), "a\nb\n");
            Files.writeString(place.resolve(COPY), "a\nx\nb\n");
            var options = new ConflictOptions(false, true, Set.of(), path -> List.of());
            ConflictReport report = Recovery.run(place, options, ZoneOffset.UTC, FailingDisk.faulty(steps));
            assertThat(report.copies()).hasSize(1);
            assertThat(contents(place)).contains("a\nx\nb\n").containsAnyOf("a\nb\n");
            assertThat(Recovery.run(place, options, ZoneOffset.UTC).needsAPerson())
                    .isFalse();
            assertThat(Files.readString(place.resolve("notes.md"))).isEqualTo("a\nx\nb\n");
        }
    }

    private ConflictOptions plain() {
        return ConflictOptions.defaults();
    }

    private ConflictReport run(ConflictOptions options) throws IOException {
        return Recovery.run(root, options, ZoneOffset.UTC);
    }

    private static Finding only(ConflictReport report) {
        assertThat(report.copies()).hasSize(1);
        return report.copies().get(0);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    private String read(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    private List<String> contents() throws IOException {
        return contents(root);
    }

    private static List<String> contents(Path place) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file));
            }
        }
        return contents;
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return tree;
    }
}
