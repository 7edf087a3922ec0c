package dev.cairn.merge.conflicts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CopyNameTest {
    private static final List<NamePattern> PATTERNS = NamePattern.with(Set.of("annas-rechner"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            notes.sync-conflict-20260101-120000-ABCDEFG.md | notes.md | SYNCTHING
            notes.sync-conflict-20150101-120000.md | notes.md | SYNCTHING
            Makefile.sync-conflict-20260101-120000-ABCDEFG | Makefile | SYNCTHING
            .sync-conflict-20260101-120000-ABCDEFG.bashrc | .bashrc | SYNCTHING
            archive.tar.sync-conflict-20260101-120000-ABCDEFG.gz | archive.tar.gz | SYNCTHING
            foo (Miguel Mota's conflicted copy 2014-06-17).txt | foo.txt | DROPBOX
            foo (Bob (work)'s conflicted copy 2014-06-17).txt | foo.txt | DROPBOX
            foo (conflicted copy 2021-03-04 (1)).txt | foo.txt | DROPBOX
            foo (Anna’s conflicted copy 2021-03-04 2).txt | foo.txt | DROPBOX
            foo (Case Conflict).txt | foo.txt | DROPBOX
            foo (Unicode Encoding Conflict).txt | foo.txt | DROPBOX
            foo (Selective Sync Conflict).txt | foo.txt | DROPBOX
            foo (white space conflict).txt | foo.txt | DROPBOX
            foo (shared folder conflict).txt | foo.txt | DROPBOX
            foo (In Konflikt stehende Kopie von Max 2020-01-02).txt | foo.txt | DROPBOX
            foo (Copie en conflit de Luc 2020-01-02).txt | foo.txt | DROPBOX
            foo (Copia en conflicto de Ana 2020-01-02).txt | foo.txt | DROPBOX
            foo (Copia in conflitto di Eva 2020-01-02).txt | foo.txt | DROPBOX
            foo (Cópia em conflito de Rui 2020-01-02).txt | foo.txt | DROPBOX
            foo (конфликтующая копия с Иван 2020-01-02).txt | foo.txt | DROPBOX
            foo (ken の競合コピー 2020-01-02).txt | foo.txt | DROPBOX
            foo (li 的冲突副本 2020-01-02).txt | foo.txt | DROPBOX
            report-DESKTOP-AB12CD3.docx | report.docx | ONEDRIVE
            my-report-DESKTOP-AB12CD3.docx | my-report.docx | ONEDRIVE
            L01-ip-172-31-41-236.csv | L01.csv | ONEDRIVE
            report-annas-rechner.md | report.md | ONEDRIVE
            report-myhost-safeBackup-0001.md | report.md | ONEDRIVE
            name [Conflict].md | name.md | GOOGLE_DRIVE
            name (1).md | name.md | MEGA
            name 2.md | name.md | ICLOUD
            name (conflicted copy 2024-05-06 071122).md | name.md | NEXTCLOUD
            name (conflicted copy bob 2024-05-06 071122).md | name.md | NEXTCLOUD
            name_conflict-20160102-101112.md | name.md | NEXTCLOUD
            filename.Conflict.jpg | filename.jpg | RESILIO
            filename.Conflict1 | filename | RESILIO
            a_Andy-PC_Jan-03-0901-2013_CaseConflict_1.txt | a.txt | SYNOLOGY
            a_Andy-PC_Jan-03-0901-2013_Conflict.txt | a.txt | SYNOLOGY
            test.txt (SFConflict name@example.com 2015-03-07-11-30-28) | test.txt | SEAFILE
            test (SFConflict name@example.com 2015-03-07-11-30-28).txt | test.txt | SEAFILE
            name [conflicted].md | name.md | PCLOUD
            name (conflicted).md | name.md | SYNC_COM
            name (conflict).md | name.md | UNISON
            name.conflict1.md | name.md | RCLONE
            name.md.conflict2 | name.md | RCLONE
            name (conflict_on_2024-01-02).md | name.md | FOLDER_SYNC
            name - Copy.md | name.md | FILE_MANAGER
            name - Kopie (2).md | name.md | FILE_MANAGER
            Kopie von name.md | name.md | FILE_MANAGER
            name copy 2.md | name.md | FILE_MANAGER
            """)
    void namesOfEveryToolAreKnown(String copy, String original, SyncTool tool) {
        assertThat(CopyName.of(copy, PATTERNS)).isPresent().get().satisfies(name -> {
            assertThat(name.original()).isEqualTo(original);
            assertThat(name.tool()).isEqualTo(tool);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "notes.md",
        "conflict.md",
        "on conflict and peace.md",
        "sync-conflict-resolution.md",
        "report-final.md",
        "a_b_c.txt",
        "2026-01-02.md",
        "notes.sync-conflict-2026-ABCDEFG.md",
        "Copy.md",
        ".conflict-handling.md",
        "copyright.md",
        "(1).md",
        "Windows 1.md"
    })
    void otherNamesAreNot(String name) {
        assertThat(CopyName.of(name, PATTERNS)).isEmpty();
    }

    @Test
    void decomposedNamesAreRead() {
        String decomposed = java.text.Normalizer.normalize(
                "foo (Cópia em conflito de Rui 2020-01-02).txt", java.text.Normalizer.Form.NFD);
        assertThat(CopyName.of(decomposed, PATTERNS)).isPresent();
    }

    @Test
    void timesAreRead() {
        assertThat(made("n.sync-conflict-20260102-030405-ABCDEFG.md")).contains(LocalDateTime.of(2026, 1, 2, 3, 4, 5));
        assertThat(made("n (x's conflicted copy 2026-01-02).md")).contains(LocalDateTime.of(2026, 1, 2, 23, 59, 59));
        assertThat(made("n.sync-conflict-20261399-030405-ABCDEFG.md")).isEmpty();
        assertThat(made("n (1).md")).isEmpty();
    }

    @Test
    void aCopyOfACopyHasAChain() {
        String name = "n.sync-conflict-20260101-120000-ABCDEFG.sync-conflict-20260102-120000-ABCDEFH.md";
        assertThat(CopyName.chain(name, PATTERNS))
                .extracting(CopyName::original)
                .containsExactly("n.sync-conflict-20260101-120000-ABCDEFG.md", "n.md");
    }

    private static Optional<LocalDateTime> made(String name) {
        return CopyName.of(name, PATTERNS).orElseThrow().made();
    }
}
