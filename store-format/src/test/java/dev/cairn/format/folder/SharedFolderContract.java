package dev.cairn.format.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import dev.cairn.format.folder.Listing.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a {@link SharedFolder} promises on every file system. */
abstract class SharedFolderContract {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final int MAX = 1 << 20;
    static final WriterId WRITER = new WriterId(0x0123456789abcdefL, 0x7766554433221100L);
    static final WriterId OTHER = new WriterId(7, 8);
    static final FileName HEAD = new FileName.HeadSlot(0);

    Path root = Path.of("");
    SharedFolder folder = SharedFolder.at(root, FolderOptions.direct(Clock.systemUTC()));

    /** An existing empty directory on the file system under test. */
    abstract Path newDirectory() throws IOException;

    FolderOptions options() {
        return FolderOptions.direct(Clock.fixed(NOW, ZoneOffset.UTC)).withRandom(new Random(1));
    }

    @BeforeEach
    void open() throws IOException {
        root = newDirectory();
        folder = SharedFolder.at(root, options());
    }

    /** Content that begins like a Cairn file. */
    static Bytes ours(String rest) {
        return Bytes.concat(Bytes.hex("8943524e0d0a1a0a"), Bytes.utf8(rest));
    }

    static FileName segment(int ordinal, Bytes content) {
        return FileName.Numbered.of(FileKind.SEGMENT, ordinal, content);
    }

    Path put(String path, Bytes content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content.toArray());
    }

    ReadResult read(String path) {
        return folder.read(folder.list().find(path).orElseThrow(), MAX);
    }

    List<String> paths() {
        return folder.list().entries().stream().map(Entry::path).toList();
    }

    /** Every file below the folder, whatever the code under test says of it. */
    List<String> onDisk() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return new ArrayList<>(all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList());
        }
    }

    @Nested
    class Publishing {
        @Test
        void puts_the_file_under_its_name_and_nothing_else_anywhere() throws IOException {
            Bytes content = ours("segment");
            FileName name = segment(42, content);

            assertThat(folder.own(WRITER).publish(name, content)).isEqualTo(new PublishResult.Published(true));

            String path = "devices/" + WRITER + "/" + name.pathInWriterDirectory();
            assertThat(onDisk()).containsExactly(path);
            assertThat(paths()).containsExactly(path);
            assertThat(folder.own(WRITER).listedPath(name)).isEqualTo(path);
            assertThat(read(path)).isEqualTo(new ReadResult.Content(content));
        }

        @Test
        void twice_is_once() throws IOException {
            Bytes content = ours("segment");
            FileName name = segment(1, content);
            folder.own(WRITER).publish(name, content);
            Path file = root.resolve(folder.own(WRITER).listedPath(name));
            Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(60)));

            assertThat(folder.own(WRITER).publish(name, content)).isEqualTo(new PublishResult.Published(false));
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(NOW.minusSeconds(60)));
        }

        /** A tool that carries what is newer would keep the old one: seeds 52 and 61 of the seeded fleets. */
        @Test
        void a_head_is_newer_than_the_one_it_replaces_whatever_the_clock_says() throws IOException {
            folder.own(WRITER).publish(HEAD, ours("one"));
            Path file = root.resolve(folder.own(WRITER).listedPath(HEAD));
            FileTime ahead = FileTime.from(Files.getLastModifiedTime(file)
                    .toInstant()
                    .plus(Duration.ofDays(300))
                    .truncatedTo(ChronoUnit.SECONDS));
            Files.setLastModifiedTime(file, ahead);
            folder.own(WRITER).publish(HEAD, ours("two"));
            assertThat(Files.getLastModifiedTime(file).toInstant())
                    .isEqualTo(ahead.toInstant().plusSeconds(2));
        }

        @Test
        void replaces_a_head() {
            folder.own(WRITER).publish(HEAD, ours("one"));
            assertThat(folder.own(WRITER).publish(HEAD, ours("two"))).isEqualTo(new PublishResult.Published(true));
            assertThat(read(folder.own(WRITER).listedPath(HEAD))).isEqualTo(new ReadResult.Content(ours("two")));
        }

        @Test
        void heals_an_own_file_which_the_tool_has_damaged() throws IOException {
            Bytes content = ours("whole");
            FileName name = segment(1, content);
            Path file = put(folder.own(WRITER).listedPath(name), ours("who"));
            assertThat(folder.own(WRITER).publish(name, content)).isEqualTo(new PublishResult.Published(true));
            assertThat(Files.readAllBytes(file)).isEqualTo(content.toArray());
            Files.write(file, ours("WHOLE").toArray());
            assertThat(folder.own(WRITER).publish(name, content)).isEqualTo(new PublishResult.Published(true));
            assertThat(Files.readAllBytes(file)).isEqualTo(content.toArray());
        }

        @Test
        void takes_empty_and_large_content() {
            byte[] large = new byte[300_000];
            new Random(5).nextBytes(large);
            for (Bytes content : List.of(Bytes.empty(), Bytes.copyOf(large))) {
                FileName name = segment(1, content);
                assertThat(folder.own(WRITER).publish(name, content).published())
                        .isTrue();
                Entry entry =
                        folder.list().find(folder.own(WRITER).listedPath(name)).orElseThrow();
                assertThat(entry.size()).isEqualTo(content.size());
                assertThat(folder.readAny(entry, MAX)).isEqualTo(new ReadResult.Content(content));
            }
        }

        @Test
        void never_makes_the_folder_itself() throws IOException {
            Files.delete(root);
            assertThat(folder.own(WRITER).publish(HEAD, ours("x")))
                    .isEqualTo(new PublishResult.FolderMissing(FolderState.MISSING));
            assertThat(folder.writeMarker(ours("x"))).isEqualTo(new PublishResult.FolderMissing(FolderState.MISSING));
            assertThat(folder.own(WRITER).delete(HEAD)).isEqualTo(new DeleteResult.FolderMissing(FolderState.MISSING));
            assertThat(Files.exists(root)).isFalse();
        }

        @Test
        void fails_with_a_reason_where_a_file_stands_in_the_way_of_a_directory() throws IOException {
            put("devices", Bytes.utf8("a file"));
            assertThat(folder.own(WRITER).publish(HEAD, ours("x")))
                    .isInstanceOfSatisfying(
                            PublishResult.Failed.class,
                            failed -> assertThat(failed.reason()).contains("devices is no directory"));
            assertThat(onDisk()).containsExactly("devices");
        }

        @Test
        void fails_with_a_reason_where_a_directory_has_the_name() throws IOException {
            Files.createDirectories(
                    root.resolve(folder.own(WRITER).listedPath(HEAD)).resolve("inner"));
            assertThat(folder.own(WRITER).publish(HEAD, ours("x"))).isInstanceOf(PublishResult.Failed.class);
            assertThat(onDisk()).isEmpty();
        }
    }

    @Nested
    class Deleting {
        @Test
        void removes_an_own_file_once() throws IOException {
            folder.own(WRITER).publish(HEAD, ours("x"));
            put("cairn-space.json", Bytes.utf8("{}"));
            assertThat(folder.own(WRITER).delete(HEAD)).isEqualTo(new DeleteResult.Deleted());
            assertThat(folder.own(WRITER).delete(HEAD)).isEqualTo(new DeleteResult.AlreadyGone());
            assertThat(onDisk()).containsExactly("cairn-space.json");
        }

        @Test
        void leaves_the_same_name_of_another_writer_alone() throws IOException {
            folder.own(WRITER).publish(HEAD, ours("mine"));
            folder.own(OTHER).publish(HEAD, ours("theirs"));
            folder.own(WRITER).delete(HEAD);
            assertThat(onDisk()).containsExactly(folder.own(OTHER).listedPath(HEAD));
        }

        @Test
        void fails_with_a_reason_where_a_directory_has_the_name() throws IOException {
            Files.createDirectories(root.resolve(folder.own(WRITER).listedPath(HEAD)));
            assertThat(folder.own(WRITER).delete(HEAD)).isInstanceOf(DeleteResult.Failed.class);
        }
    }

    @Nested
    class Listings {
        @Test
        void name_every_regular_file_sorted_by_path_with_size_and_time() throws IOException {
            put("b.txt", Bytes.utf8("bb"));
            put("a/z", Bytes.empty());
            put("a/b/c", Bytes.utf8("ccc"));
            Files.setLastModifiedTime(root.resolve("b.txt"), FileTime.from(NOW.minusSeconds(5)));

            Listing listing = folder.list();

            assertThat(paths()).containsExactly("a/b/c", "a/z", "b.txt");
            assertThat(listing.entries()).extracting(Entry::size).containsExactly(3L, 0L, 2L);
            Entry timed = listing.find("b.txt").orElseThrow();
            assertThat(timed.modified()).isEqualTo(FileTime.from(NOW.minusSeconds(5)));
            assertThat(timed.modifiedNanos()).isEqualTo(NOW.minusSeconds(5).getEpochSecond() * 1_000_000_000);
            assertThat(listing.find("b")).isEmpty();
            assertThat(listing.ignored().directories()).isEqualTo(2);
            assertThat(listing.problems()).isEmpty();
            assertThat(listing.state()).isEqualTo(FolderState.ATTACHED);
        }

        @Test
        void of_an_unchanged_folder_are_equal() throws IOException {
            put("a/b", Bytes.utf8("b"));
            put("c", Bytes.utf8("c"));
            List<Entry> once = folder.list().entries();
            assertThat(folder.list().entries()).isEqualTo(once).hasSameHashCodeAs(once);
        }

        @Test
        void tell_a_replaced_file_of_equal_size_and_time_from_the_old_one() throws IOException {
            folder.own(WRITER).publish(HEAD, ours("one"));
            Path file = root.resolve(folder.own(WRITER).listedPath(HEAD));
            Files.setLastModifiedTime(file, FileTime.from(NOW));
            Entry before = folder.list().entries().get(0);
            folder.own(WRITER).publish(HEAD, ours("two"));
            Files.setLastModifiedTime(file, FileTime.from(NOW));
            Entry after = folder.list().entries().get(0);
            assertThat(after.equals(before)).isEqualTo(before.fileKey() == 0);
        }

        @Test
        void F07_pass_over_temporaries_and_the_tools_own_directories_and_touch_nothing() throws IOException {
            List<String> foreign = List.of(
                    ".syncthing.c0000000001.cairn.tmp",
                    "devices/~syncthing~c0000000001.cairn.tmp",
                    "devices/~syncthing~abcdefghijklmnop.~.tmp",
                    ".stversions/devices/old.cairn",
                    ".stfolder/marker",
                    "desktop.ini",
                    ".DS_Store",
                    "._x",
                    "x.part",
                    ".op1.enc.D5GC5v",
                    "sub/.stfolder/x",
                    ".unison.x.0123.unison.tmp");
            for (String each : foreign) {
                put(each, each.equals("desktop.ini") ? Bytes.empty() : Bytes.utf8(each));
            }
            Listing listing = folder.list();
            assertThat(listing.ignored().temporaries()).isEqualTo(3);
            assertThat(listing.ignored().toolDirectories()).isEqualTo(2);
            assertThat(listing.problems()).isEmpty();
            assertThat(paths())
                    .containsExactlyInAnyOrder(
                            "desktop.ini",
                            ".DS_Store",
                            "._x",
                            "x.part",
                            ".op1.enc.D5GC5v",
                            "sub/.stfolder/x",
                            ".unison.x.0123.unison.tmp");
            for (Entry each : listing.entries()) {
                assertThat(folder.read(each, MAX)).as(each.path()).isEqualTo(new ReadResult.Foreign());
            }
            assertThat(onDisk()).hasSameElementsAs(foreign);
        }

        @Test
        void F04_F21_keep_conflict_copies_duplicates_and_moved_files_whatever_they_are_called() throws IOException {
            List<String> renamed = List.of(
                    "devices/w/c0000000001-x.sync-conflict-20261120-222614-BFPIYIL.cairn",
                    "devices/w/c0000000001-x (Anna's conflicted copy 2026-11-20).cairn",
                    "devices/w/c0000000001-x (conflicted copy 2026-05-06 071122).cairn",
                    "devices/w/c0000000001-x_conflict-20260102-101112.cairn",
                    "devices/w/c0000000001-x.Conflict.cairn",
                    "devices/w/c0000000001-x.cairn (SFConflict a@b.org 2026-03-07-11-30-28)",
                    "devices/w/c0000000001-x [Conflict].cairn",
                    "devices/w/c0000000001-x.conflict1.cairn",
                    "devices/w/c0000000001-x (1).cairn",
                    "devices/w/c0000000001-x 2.cairn",
                    "devices/w/c0000000001-x-DESKTOP-AB12.cairn",
                    "devices/w/c0000000001-x - Copy.cairn",
                    "my old files/C0000000001-X.CAIRN",
                    "Kopie von c0000000001-x.cairn",
                    "no ending at all");
            for (String each : renamed) {
                put(each, ours("segment"));
            }
            Listing listing = folder.list();
            assertThat(listing.entries()).extracting(Entry::path).hasSameElementsAs(renamed);
            for (Entry each : listing.entries()) {
                assertThat(folder.read(each, MAX)).isEqualTo(new ReadResult.Content(ours("segment")));
            }
        }

        @Test
        void F22_count_what_the_provider_took_off_the_disk() throws IOException {
            put("devices/.c0000000001-x.cairn.icloud", Bytes.utf8("stub"));
            assertThat(folder.list().evicted()).containsExactly("devices/c0000000001-x.cairn");
        }

        @Test
        void F20_take_names_of_255_characters_and_in_any_normal_form() throws IOException {
            String longest = "n".repeat(249) + ".cairn";
            String decomposed = "u\u0308ber.cairn";
            put(longest, ours("long"));
            put("d/" + decomposed, ours("nfd"));
            put("e/\u00fcber.cairn", ours("nfc"));
            Listing listing = folder.list();
            assertThat(listing.entries()).hasSize(3);
            for (Entry each : listing.entries()) {
                assertThat(folder.read(each, MAX)).isInstanceOf(ReadResult.Content.class);
            }
        }

        @Test
        void F20_keep_our_own_names_unchanged() {
            Bytes content = ours("segment");
            FileName name = segment(123_456, content);
            folder.own(WRITER).publish(name, content);
            folder.own(WRITER).publish(HEAD, ours("head"));
            assertThat(paths()).allSatisfy(path -> {
                assertThat(path).isEqualTo(path.toLowerCase(Locale.ROOT)).matches("[a-z0-9./-]{1,120}");
                assertThat(FileName.parsePath(path)).isPresent();
            });
        }

        @Test
        void stop_at_a_depth_that_no_honest_folder_has() throws IOException {
            put("d/".repeat(FolderScan.DEPTH_MAX - 1) + "deep enough", ours("x"));
            put("e/".repeat(FolderScan.DEPTH_MAX + 5) + "too deep", ours("x"));
            Listing listing = folder.list();
            assertThat(listing.entries()).extracting(Entry::name).containsExactly("deep enough");
            assertThat(listing.problems()).hasSize(1);
            assertThat(listing.problems().get(0).reason()).contains("24 directories deep");
        }
    }

    @Nested
    class Reading {
        @Test
        void stops_at_the_callers_limit() throws IOException {
            put("x.cairn", ours("123456789"));
            Entry entry = folder.list().entries().get(0);
            assertThat(folder.read(entry, 17)).isEqualTo(new ReadResult.Content(ours("123456789")));
            assertThat(folder.read(entry, 16)).isEqualTo(new ReadResult.TooLarge(17, 16));
        }

        @Test
        void takes_the_file_as_it_is_now_and_not_as_it_was_listed() throws IOException {
            put("x.cairn", ours("1"));
            Entry entry = folder.list().entries().get(0);
            put("x.cairn", ours("12345"));
            assertThat(folder.read(entry, 100)).isEqualTo(new ReadResult.Content(ours("12345")));
            assertThat(folder.read(entry, 10)).isEqualTo(new ReadResult.TooLarge(13, 10));
            Files.delete(root.resolve("x.cairn"));
            assertThat(folder.read(entry, 100)).isEqualTo(new ReadResult.Gone());
            Files.createDirectory(root.resolve("x.cairn"));
            assertThat(folder.read(entry, 100)).isEqualTo(new ReadResult.NotRegular("a directory"));
        }

        @Test
        void answers_when_a_parent_has_gone_or_become_a_file() throws IOException {
            put("d/x.cairn", ours("1"));
            Entry entry = folder.list().entries().get(0);
            Files.delete(root.resolve("d/x.cairn"));
            Files.delete(root.resolve("d"));
            assertThat(folder.read(entry, 100)).isEqualTo(new ReadResult.Gone());
            put("d", Bytes.utf8("a file"));
            assertThat(folder.read(entry, 100)).isInstanceOf(ReadResult.NotRegular.class);
        }

        @Test
        void F03_hands_on_a_file_of_ours_that_is_not_filled_yet() throws IOException {
            put("devices/w/c1.cairn", Bytes.copyOf(new byte[500]));
            put("devices/w/c2.cairn", Bytes.empty());
            put("devices/w/c3.cairn", Bytes.hex("8943"));
            put("zeros.bin", Bytes.copyOf(new byte[500]));
            put("empty", Bytes.empty());
            assertThat(read("devices/w/c1.cairn")).isEqualTo(new ReadResult.Content(Bytes.copyOf(new byte[500])));
            assertThat(read("devices/w/c2.cairn")).isEqualTo(new ReadResult.Content(Bytes.empty()));
            assertThat(read("devices/w/c3.cairn")).isEqualTo(new ReadResult.Content(Bytes.hex("8943")));
            assertThat(read("zeros.bin")).isEqualTo(new ReadResult.Foreign());
            assertThat(read("empty")).isEqualTo(new ReadResult.Foreign());
        }

        @Test
        void T23_follows_no_link_to_a_file_and_no_link_on_the_way() throws IOException {
            Path outside = newDirectory();
            Files.write(outside.resolve("secret.cairn"), ours("secret").toArray());
            put("d/secret.cairn", ours("harmless"));
            Entry entry = folder.list().entries().get(0);

            Files.delete(root.resolve("d/secret.cairn"));
            Files.createSymbolicLink(root.resolve("d/secret.cairn"), outside.resolve("secret.cairn"));
            assertThat(folder.list().ignored().symbolicLinks()).isEqualTo(1);
            assertThat(paths()).isEmpty();
            assertThat(folder.read(entry, MAX)).isEqualTo(new ReadResult.NotRegular("a symbolic link"));

            Files.delete(root.resolve("d/secret.cairn"));
            Files.delete(root.resolve("d"));
            Files.createSymbolicLink(root.resolve("d"), outside);
            assertThat(folder.list().ignored().symbolicLinks()).isEqualTo(1);
            assertThat(paths()).isEmpty();
            assertThat(folder.read(entry, MAX)).isEqualTo(new ReadResult.NotRegular("a parent is a symbolic link"));
        }

        @Test
        void T23_writes_and_deletes_through_no_link() throws IOException {
            Path outside = newDirectory();
            Files.write(outside.resolve("head-0.cairn"), Bytes.utf8("victim").toArray());
            Files.createDirectory(root.resolve("devices"));
            Files.createSymbolicLink(root.resolve("devices").resolve(WRITER.toString()), outside);

            assertThat(folder.own(WRITER).publish(HEAD, ours("x"))).isInstanceOf(PublishResult.Failed.class);
            assertThat(folder.own(WRITER).delete(HEAD)).isInstanceOf(DeleteResult.Failed.class);
            assertThat(folder.own(WRITER).sweepStaging()).isZero();

            assertThat(Files.readAllBytes(outside.resolve("head-0.cairn")))
                    .isEqualTo(Bytes.utf8("victim").toArray());
            try (Stream<Path> files = Files.list(outside)) {
                assertThat(files).hasSize(1);
            }
        }

        @Test
        void T23_does_not_take_an_equal_file_behind_a_link_for_the_published_one() throws IOException {
            Path outside = newDirectory();
            Files.write(outside.resolve("head-0.cairn"), ours("x").toArray());
            Files.createDirectory(root.resolve("devices"));
            Files.createSymbolicLink(root.resolve("devices").resolve(WRITER.toString()), outside);
            assertThat(folder.own(WRITER).publish(HEAD, ours("x"))).isInstanceOf(PublishResult.Failed.class);
        }

        @Test
        void T23_replaces_a_link_under_an_own_name_and_not_what_it_leads_to() throws IOException {
            Path outside = newDirectory();
            Path victim = Files.write(outside.resolve("victim"), ours("x").toArray());
            Path file = root.resolve(folder.own(WRITER).listedPath(HEAD));
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, victim);
            assertThat(folder.own(WRITER).publish(HEAD, ours("x"))).isEqualTo(new PublishResult.Published(true));
            assertThat(Files.isSymbolicLink(file)).isFalse();
            assertThat(Files.readAllBytes(victim)).isEqualTo(ours("x").toArray());
        }
    }

    @Nested
    class WhenTheFolderIsEmptiedOrUnmounted {
        @Test
        void F10_it_is_detached_and_nothing_is_written_until_it_is_back() throws IOException {
            folder.writeMarker(Bytes.utf8("{}"));
            folder.own(WRITER).publish(HEAD, ours("1"));
            Path aside = root.resolveSibling(root.getFileName() + "-aside");
            Files.move(root, aside);

            assertThat(folder.list().state()).isEqualTo(FolderState.MISSING);
            assertThat(folder.state()).isEqualTo(FolderState.MISSING);

            Files.createDirectory(root);
            put("unrelated.txt", Bytes.utf8("x"));
            assertThat(folder.list().state()).isEqualTo(FolderState.DETACHED);
            assertThat(folder.list().reason()).contains("the folder has been emptied, or its disk is not mounted");
            PublishResult refused = folder.own(WRITER).publish(HEAD, ours("2"));
            assertThat(refused).isEqualTo(new PublishResult.FolderMissing(FolderState.DETACHED));
            assertThat(refused.advice()).isEqualTo(folder.list().reason());
            assertThat(folder.own(WRITER).delete(HEAD)).isEqualTo(new DeleteResult.FolderMissing(FolderState.DETACHED));
            assertThat(folder.writeMarker(Bytes.utf8("{}")))
                    .isEqualTo(new PublishResult.FolderMissing(FolderState.DETACHED));
            assertThat(onDisk()).containsExactly("unrelated.txt");

            Files.delete(root.resolve("unrelated.txt"));
            Files.delete(root);
            Files.move(aside, root);
            assertThat(folder.list().state()).isEqualTo(FolderState.ATTACHED);
            assertThat(folder.own(WRITER).publish(HEAD, ours("2")).published()).isTrue();
        }

        @Test
        void F10_a_new_process_knows_it_too() {
            assertThat(SharedFolder.at(root, options()).list().state()).isEqualTo(FolderState.ATTACHED);
            assertThat(SharedFolder.known(root, options()).list().state()).isEqualTo(FolderState.DETACHED);
            assertThat(SharedFolder.known(root, options()).state()).isEqualTo(FolderState.DETACHED);
        }

        @Test
        void F08_a_lost_marker_alone_is_harmless() throws IOException {
            folder.writeMarker(Bytes.utf8("{}"));
            folder.own(WRITER).publish(HEAD, ours("1"));
            Files.delete(root.resolve("cairn-space.json"));
            assertThat(folder.list().state()).isEqualTo(FolderState.ATTACHED);
            assertThat(folder.own(WRITER).publish(HEAD, ours("2")).published()).isTrue();
            assertThat(folder.writeMarker(Bytes.utf8("{}"))).isEqualTo(new PublishResult.Published(true));
        }

        @Test
        void a_file_in_the_folders_place_is_no_folder() throws IOException {
            put("x.cairn", ours("x"));
            Entry entry = folder.list().entries().get(0);
            Files.delete(root.resolve("x.cairn"));
            Files.delete(root);
            assertThat(folder.read(entry, MAX)).isEqualTo(new ReadResult.Gone());
            Files.write(root, new byte[] {1});
            assertThat(folder.read(entry, MAX)).isInstanceOf(ReadResult.NotRegular.class);
            assertThat(folder.list().state()).isEqualTo(FolderState.MISSING);
            assertThat(folder.own(WRITER).publish(HEAD, ours("1")))
                    .isEqualTo(new PublishResult.FolderMissing(FolderState.MISSING));
        }
    }

    @Nested
    class TheMarker {
        @Test
        void is_written_once() throws IOException {
            assertThat(folder.readMarker()).isEqualTo(new ReadResult.Gone());
            assertThat(folder.writeMarker(Bytes.utf8("{\"space\":1}"))).isEqualTo(new PublishResult.Published(true));
            assertThat(folder.readMarker()).isEqualTo(new ReadResult.Content(Bytes.utf8("{\"space\":1}")));
            assertThat(folder.writeMarker(Bytes.utf8("{\"space\":1}"))).isEqualTo(new PublishResult.Published(false));
            assertThat(onDisk()).containsExactly("cairn-space.json");
        }

        @Test
        void of_another_space_stays() throws IOException {
            put("cairn-space.json", Bytes.utf8("{\"space\":1}"));
            assertThat(folder.writeMarker(Bytes.utf8("{\"space\":2}"))).isInstanceOf(PublishResult.Failed.class);
            assertThat(folder.readMarker()).isEqualTo(new ReadResult.Content(Bytes.utf8("{\"space\":1}")));
        }

        @Test
        void that_is_huge_is_not_read() throws IOException {
            put("cairn-space.json", Bytes.copyOf(new byte[5000]));
            assertThat(folder.readMarker()).isEqualTo(new ReadResult.TooLarge(5000, 4096));
        }
    }

    @Nested
    class LeftOvers {
        private Path leftOver(Path directory, String name, Duration age) throws IOException {
            Files.createDirectories(directory);
            Path file = Files.write(directory.resolve(name), new byte[] {1});
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
            return file;
        }

        @Test
        void are_swept_when_they_are_ours_and_old() throws IOException {
            folder.own(WRITER).publish(HEAD, ours("head"));
            Path own = root.resolve("devices").resolve(WRITER.toString());
            Path other = root.resolve("devices").resolve(OTHER.toString());
            Duration old = Duration.ofHours(25);
            Path stale = leftOver(own.resolve("changes").resolve("0000"), "~syncthing~abcdefghijklmnop.~.tmp", old);
            Path fresh = leftOver(own, "~syncthing~abcdefghijklmnoq.~.tmp", Duration.ofHours(23));
            Path foreign = leftOver(own, "~syncthing~head-0.cairn.tmp", old);
            Path others = leftOver(other, "~syncthing~abcdefghijklmnop.~.tmp", old);
            Path tooDeep = leftOver(own.resolve("changes/0000/sub"), "~syncthing~abcdefghijklmnop.~.tmp", old);

            assertThat(folder.own(WRITER).sweepStaging()).isEqualTo(1);

            assertThat(stale).doesNotExist();
            assertThat(List.of(fresh, foreign, others, tooDeep))
                    .allSatisfy(file -> assertThat(file).exists());
            assertThat(read(folder.own(WRITER).listedPath(HEAD))).isEqualTo(new ReadResult.Content(ours("head")));
        }

        @Test
        void are_swept_in_the_staging_directory() throws IOException {
            Path staging = newDirectory().resolve("staging");
            SharedFolder staged = SharedFolder.at(root, options().withStaging(staging));
            assertThat(staged.own(WRITER).publish(HEAD, ours("1")).published()).isTrue();
            Path stale = leftOver(staging, "~syncthing~abcdefghijklmnop.~.tmp", Duration.ofHours(25));
            Path foreign = leftOver(staging, "something else", Duration.ofHours(25));
            Path own = root.resolve("devices").resolve(WRITER.toString());
            Path beside = leftOver(own, "~syncthing~abcdefghijklmnop.~.tmp", Duration.ofHours(25));
            assertThat(staged.own(WRITER).sweepStaging()).isEqualTo(2);
            assertThat(List.of(stale, beside))
                    .allSatisfy(file -> assertThat(file).doesNotExist());
            assertThat(foreign).exists();
        }
    }
}
