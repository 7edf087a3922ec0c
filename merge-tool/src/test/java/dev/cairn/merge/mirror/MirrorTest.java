package dev.cairn.merge.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.merge.Ward.SetClock;
import dev.cairn.merge.mirror.MirrorReport.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {
    @TempDir
    Path root;

    private final FakeDocuments documents = new FakeDocuments();
    private final SetClock clock = new SetClock();
    private Path vault;
    private Memory memory;

    @BeforeEach
    void anEmptyFolder() throws IOException {
        vault = Files.createDirectory(root.resolve("vault"));
        memory = Memory.open(root.resolve("memory.db"));
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    private MirrorReport round() throws IOException {
        return round(false, false);
    }

    private MirrorReport round(boolean deletions, boolean dryRun) throws IOException {
        return new Mirror(new Vault(vault), documents, memory, new Mirror.Options(deletions, dryRun, clock))
                .round(name -> true, (done, all) -> {});
    }

    private Path file(String name) {
        return vault.resolve(name);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), text);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(vault)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> vault.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private static Outcome outcome(MirrorReport report) {
        assertThat(report.items()).hasSize(1);
        return report.items().get(0).outcome();
    }

    @Test
    void filesBecomeDocumentsAndDocumentsFiles() throws IOException {
        write("a.md", "a\n");
        write("deep/er/b.md", "");
        documents.texts.put("deep/c.md", "c\n");
        MirrorReport report = round();
        assertThat(report.isComplete()).isTrue();
        assertThat(report.count(Outcome.DOCUMENT_MADE)).isEqualTo(2);
        assertThat(report.count(Outcome.FILE_MADE)).isEqualTo(1);
        assertThat(documents.texts).containsEntry("a.md", "a\n").containsEntry("deep/er/b.md", "");
        assertThat(file("deep/c.md")).hasContent("c\n");
        assertThat(round()).isEqualTo(new MirrorReport(3, List.of()));
    }

    @Nested
    class OfTwoThatAgreed {
        @BeforeEach
        void agree() throws IOException {
            write("a.md", "one\ntwo\nthree\n");
            round();
        }

        @Test
        void anEditedFileEditsTheDocument() throws IOException {
            write("a.md", "one\n2\nthree\n");
            assertThat(outcome(round())).isEqualTo(Outcome.DOCUMENT_EDITED);
            assertThat(documents.texts).containsEntry("a.md", "one\n2\nthree\n");
        }

        @Test
        void anEditedDocumentEditsTheFile() throws IOException {
            documents.texts.put("a.md", "one\n2\nthree\n");
            assertThat(outcome(round())).isEqualTo(Outcome.FILE_EDITED);
            assertThat(file("a.md")).hasContent("one\n2\nthree\n");
        }

        @Test
        void whatBothEditedIsMerged() throws IOException {
            write("a.md", "ONE\ntwo\nthree\n");
            documents.texts.put("a.md", "one\ntwo\nTHREE\n");
            assertThat(outcome(round())).isEqualTo(Outcome.MERGED);
            assertThat(file("a.md")).hasContent("ONE\ntwo\nTHREE\n");
            assertThat(documents.texts).containsEntry("a.md", "ONE\ntwo\nTHREE\n");
            assertThat(round().items()).isEmpty();
        }

        @Test
        void whereBothEditedTheSameWordsNothingIsLost() throws IOException {
            write("a.md", "one\nfile\nthree\n");
            documents.texts.put("a.md", "one\ndocument\nthree\n");
            assertThat(outcome(round())).isEqualTo(Outcome.MERGED);
            assertThat(Files.readString(file("a.md"))).contains("file").contains("document");
            assertThat(documents.texts).containsEntry("a.md", Files.readString(file("a.md")));
        }

        @Test
        void aDeletedFileRemovesTheDocument() throws IOException {
            write("other.md", "");
            round();
            Files.delete(file("a.md"));
            assertThat(outcome(round())).isEqualTo(Outcome.DOCUMENT_REMOVED);
            assertThat(documents.texts).doesNotContainKey("a.md");
            assertThat(round().items()).isEmpty();
        }

        @Test
        void aRemovedDocumentDeletesTheFileAndEmptyFolders() throws IOException {
            write("deep/er/b.md", "b");
            round();
            documents.texts.remove("deep/er/b.md");
            assertThat(outcome(round())).isEqualTo(Outcome.FILE_DELETED);
            assertThat(file("deep")).doesNotExist();
            assertThat(file("a.md")).exists();
        }

        @Test
        void deletingLosesAgainstEditing() throws IOException {
            write("b.md", "b");
            round();
            documents.texts.remove("a.md");
            write("a.md", "edited");
            Files.delete(file("b.md"));
            documents.texts.put("b.md", "edited too");
            MirrorReport report = round();
            assertThat(report.count(Outcome.DOCUMENT_MADE)).isEqualTo(1);
            assertThat(report.count(Outcome.FILE_MADE)).isEqualTo(1);
            assertThat(documents.texts).containsEntry("a.md", "edited");
            assertThat(file("b.md")).hasContent("edited too");
        }

        @Test
        void aFileKeepsItsMarkAndItsPermissions() throws IOException {
            write("b.md", "\uFEFFb\r\n");
            Files.setPosixFilePermissions(file("b.md"), PosixFilePermissions.fromString("rw-r--r-x"));
            round();
            assertThat(documents.texts).containsEntry("b.md", "b\r\n");
            documents.texts.put("b.md", "c\r\n");
            round();
            assertThat(Files.readString(file("b.md"))).isEqualTo("\uFEFFc\r\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("b.md"))))
                    .isEqualTo("rw-r--r-x");
        }

        @Test
        void aDryRunChangesNothing() throws IOException {
            write("a.md", "edited");
            documents.texts.put("b.md", "new");
            MirrorReport report = round(false, true);
            assertThat(report.count(Outcome.DOCUMENT_EDITED)).isEqualTo(1);
            assertThat(report.count(Outcome.FILE_MADE)).isEqualTo(1);
            assertThat(documents.texts).containsEntry("a.md", "one\ntwo\nthree\n");
            assertThat(files()).containsExactly("a.md");
            assertThat(round()).isEqualTo(report);
        }

        @Test
        void aFileWhichDidNotChangeIsNotReadAgain() throws IOException {
            clock.advance(Duration.ofDays(3650));
            round();
            FileTime time = Files.getLastModifiedTime(file("a.md"));
            Files.writeString(file("a.md"), "ONE\ntwo\nthree\n"); // as long as before, and as old: nobody can know
            Files.setLastModifiedTime(file("a.md"), time);
            Mirror mirror = new Mirror(new Vault(vault), documents, memory, new Mirror.Options(false, false, clock));
            assertThat(mirror.round(name -> false, (done, all) -> {}).items()).isEmpty();
            assertThat(outcome(mirror.round(name -> true, (done, all) -> {}))).isEqualTo(Outcome.DOCUMENT_EDITED);
        }

        @Test
        void aFileThatChangedJustBeforeItWasReadIsReadAgain() throws IOException {
            FileTime time = Files.getLastModifiedTime(file("a.md"));
            clock.advance(Duration.between(clock.instant(), time.toInstant()));
            write("a.md", "one\ntwo\nthree.");
            Files.setLastModifiedTime(file("a.md"), time);
            round();
            write("a.md", "one\ntwo\nthree!");
            Files.setLastModifiedTime(file("a.md"), time);
            Mirror mirror = new Mirror(new Vault(vault), documents, memory, new Mirror.Options(false, false, clock));
            mirror.round(name -> false, (done, all) -> {});
            assertThat(documents.texts).containsEntry("a.md", "one\ntwo\nthree!");
        }
    }

    @Nested
    class WhenManyThingsVanish {
        @BeforeEach
        void thirtyFiles() throws IOException {
            for (int i = 0; i < 30; i++) {
                write("n" + i + ".md", "note " + i);
            }
            round();
        }

        @Test
        void anEmptiedFolderRemovesNoDocument() throws IOException {
            for (int i = 0; i < 30; i++) {
                Files.delete(file("n" + i + ".md"));
            }
            MirrorReport report = round();
            assertThat(report.count(Outcome.HELD_BACK)).isEqualTo(30);
            assertThat(report.isComplete()).isFalse();
            assertThat(documents.texts).hasSize(30);
            assertThat(round(true, false).count(Outcome.DOCUMENT_REMOVED)).isEqualTo(30);
            assertThat(documents.texts).isEmpty();
        }

        @Test
        void aMissingFolderIsSaid() throws IOException {
            for (int i = 0; i < 30; i++) {
                Files.delete(file("n" + i + ".md"));
            }
            Files.delete(vault);
            assertThatThrownBy(MirrorTest.this::round).isInstanceOf(NoSuchFileException.class);
            assertThat(documents.texts).hasSize(30);
        }

        @Test
        void manyRemovedDocumentsDeleteNoFile() throws IOException {
            for (int i = 0; i < 15; i++) {
                documents.texts.remove("n" + i + ".md");
            }
            assertThat(round().count(Outcome.HELD_BACK)).isEqualTo(15);
            assertThat(files()).hasSize(30);
        }

        @Test
        void aFewMayGo() throws IOException {
            for (int i = 0; i < 6; i++) {
                Files.delete(file("n" + i + ".md"));
            }
            assertThat(round().count(Outcome.DOCUMENT_REMOVED)).isEqualTo(6);
        }
    }

    @Nested
    class WhereNothingTellsWhatWasBefore {
        @Test
        void whatHasEveryLineOfBothIsTaken() throws IOException {
            write("a.md", "one\ntwo\n");
            documents.texts.put("a.md", "one\ntwo\nthree\n");
            assertThat(outcome(round())).isEqualTo(Outcome.MERGED);
            assertThat(file("a.md")).hasContent("one\ntwo\nthree\n");
        }

        @Test
        void whatSpeaksAgainstEachOtherStays() throws IOException {
            write("a.md", "mine\n");
            documents.texts.put("a.md", "theirs\n");
            MirrorReport report = round();
            assertThat(outcome(report)).isEqualTo(Outcome.DIFFERS);
            assertThat(report.isComplete()).isFalse();
            assertThat(file("a.md")).hasContent("mine\n");
            assertThat(documents.texts).containsEntry("a.md", "theirs\n");
            write("a.md", "theirs\n");
            assertThat(round().isComplete()).isTrue();
        }
    }

    @Nested
    class WhatIsNoTextOfTheFolder {
        @Test
        void staysOnItsSideAndIsNamed() throws IOException {
            Files.write(file("picture.png"), new byte[] {(byte) 0x89, 'P', 0, 1});
            Files.write(file("latin.txt"), "ä".getBytes(StandardCharsets.ISO_8859_1));
            write("odd.md", "odd");
            write("n.sync-conflict-20260102-120000-ABCDEFG.md", "copy");
            Files.createSymbolicLink(file("link.md"), root.resolve("memory.db"));
            MirrorReport report = round();
            assertThat(report.count(Outcome.LEFT_OUT)).isEqualTo(5);
            assertThat(report.isComplete()).isFalse();
            assertThat(documents.texts).isEmpty();
        }

        @Test
        void hiddenFilesAndFoldersOfSpacesAreNotEvenNamed() throws IOException {
            write(".git/config", "x");
            write(".hidden", "x");
            write("space/cairn-space.json", "{}");
            write("space/note.md", "x");
            assertThat(round()).isEqualTo(new MirrorReport(0, List.of()));
        }

        @Test
        void noDocumentNameLeadsOutOfTheFolder() throws IOException {
            for (String name : List.of(
                    "../escaped.md",
                    "a/../../escaped.md",
                    "/escaped.md",
                    "a//b.md",
                    ".git/hooks/post-commit",
                    "a/.hidden",
                    "a\\..\\b.md",
                    "nul\0.md",
                    "u\u0308.md",
                    "trailing/")) {
                documents.texts.put(name, "planted");
            }
            MirrorReport report = round();
            assertThat(report.count(Outcome.LEFT_OUT)).isEqualTo(10);
            assertThat(files()).isEmpty();
            assertThat(root.resolve("escaped.md")).doesNotExist();
        }

        @Test
        void noDocumentIsWrittenThroughALink() throws IOException {
            Path outside = Files.createDirectory(root.resolve("outside"));
            Files.createSymbolicLink(file("linked"), outside);
            documents.texts.put("linked/planted.md", "planted");
            write("plain", "a file");
            documents.texts.put("plain/below.md", "below a file");
            MirrorReport report = round();
            assertThat(report.count(Outcome.LEFT_OUT)).isEqualTo(3);
            assertThat(outside).isEmptyDirectory();
        }
    }

    @Test
    void whatACrashLeftOfAnUnfinishedFileGoes() throws IOException {
        write(".cairn-mirror-123.tmp", "half");
        round();
        assertThat(files()).isEmpty();
    }

    @Test
    void twoAtOnceAreRefused() {
        assertThatThrownBy(() -> Memory.open(root.resolve("memory.db")))
                .isInstanceOf(Memory.BusyException.class)
                .hasMessageContaining("another process");
    }

    @Test
    void whatIsEditedWhileItIsMergedWaitsForTheNextRound() throws IOException {
        write("a.md", "one\n");
        round();
        Vault slow = new Vault(vault);
        slow.list(true);
        write("a.md", "edited\n");
        assertThat(slow.write("a.md", Optional.of("one\n"), "other\n")).isFalse();
        assertThat(slow.delete("a.md", "one\n")).isFalse();
        assertThat(file("a.md")).hasContent("edited\n");
        assertThat(files()).containsExactly("a.md");
    }

    /** Both sides differ, and the process dies when the file has the text of both and the document has not. */
    private void dieBetweenFileAndDocument() throws IOException {
        write("a.md", "one\ntwo\n");
        round();
        write("a.md", "of the file\n");
        documents.texts.put("a.md", "one\nof the document\ntwo\n");
        documents.dies = FakeDocuments.Dies.BEFORE;
        assertThatThrownBy(this::round).isInstanceOf(FakeDocuments.Death.class);
        documents.dies = FakeDocuments.Dies.NEVER;
        assertThat(file("a.md")).content().contains("of the file", "of the document");
    }

    @Test
    void aMergeCutShortIsNotMadeAgainOfAFileThatIsEditedMeanwhile() throws IOException {
        dieBetweenFileAndDocument();
        write("a.md", Files.readString(file("a.md")) + "later\n");

        round();

        assertThat(Files.readAllLines(file("a.md")))
                .doesNotHaveDuplicates()
                .contains("of the file", "of the document", "later");
        assertThat(documents.texts).containsEntry("a.md", Files.readString(file("a.md")));
    }

    @Test
    void aMergeThatNobodyKnowsToBeWrittenIsFoundInTheFile() throws IOException {
        write("a.md", "one\n");
        round();
        documents.texts.put("a.md", "one\nof the document\n");
        memory.intend(
                List.of(intent("of the file\none\n", "one\nof the document\n", "of the file\none\nof the document\n")));

        write("a.md", "of the file\none\nof the document\nlater\n");
        round();
        assertThat(file("a.md")).hasContent("of the file\none\nof the document\nlater\n");

        memory.intend(List.of(intent("x\n", "y\n", "x\ny\n")));
        write("a.md", "x\nlater\n");
        documents.texts.put("a.md", "of the file\none\nof the document\nlater\ny\n");
        round();
        assertThat(file("a.md"))
                .as("not written: both are merged anew")
                .content()
                .contains("x", "y");
    }

    @Test
    void aMergedTextIsRecognisedByItsLines() {
        Intent merging = intent("a\nb\nold\n", "a\nc\nold\n", "a\nb\nc\n");
        assertThat(merging.isIn("a\nb\nc\n")).isTrue();
        assertThat(merging.isIn("a\nb\nold\n")).isFalse();
        assertThat(merging.isIn("a\nb\nc\nlater\n")).isTrue();
        assertThat(merging.isIn("a\nb\nold\nlater\n")).isFalse();
        assertThat(intent("a\n", "b\n", "a\n").isIn("c\n"))
                .as("the file had it before")
                .isTrue();
    }

    private static Intent intent(String file, String document, String next) {
        return new Intent("a.md", Optional.of(file), Optional.of(document), next, "0");
    }
}
