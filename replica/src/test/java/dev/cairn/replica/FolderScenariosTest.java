package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.jimfs.Configuration;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.view.MapView;
import dev.cairn.format.WriterId;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.SpaceStatus.FileState;
import dev.cairn.replica.SpaceStatus.FileStatus;
import dev.cairn.replica.SpaceStatus.FolderState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a synced folder does to a space, by the numbers of the folder rules. */
class FolderScenariosTest {
    @TempDir
    Path states;

    @SuppressWarnings("NullAway.Init")
    private Fleet fleet;

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    @Test
    void f01RandomArrivalIsBufferedUntilItIsCausal() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        for (int i = 0; i < 6; i++) {
            edit(a, "a" + i);
            a.sealAll();
        }
        List<String> segments = new ArrayList<>(a.files("/changes/"));
        assertThat(segments).hasSizeGreaterThanOrEqualTo(5);
        Collections.reverse(segments);
        long before = b.space.status().changes();
        for (String segment : segments.subList(0, segments.size() - 1)) {
            a.copyTo(b, segment);
            assertThat(b.space.refresh().changedAnything()).isFalse();
            assertThat(b.space.status().waiting())
                    .anySatisfy(waiting -> assertThat(waiting.text()).startsWith("waiting for "));
        }
        assertThat(b.space.status().changes()).isEqualTo(before);
        b.restart();
        a.copyTo(b, segments.get(segments.size() - 1));
        assertThat(b.space.refresh().changedAnything()).isTrue();
        assertThat(b.space.status().waiting()).isEmpty();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
    }

    @Test
    void f01ChangesWaitForOtherWritersTheyBuildOn() {
        Device a = devices("a", "b", "c");
        Device b = fleet.devices().get(1);
        Device c = fleet.devices().get(2);
        edit(a, "from a");
        fleet.flushAll();
        a.copyTo(b);
        b.space.refresh();
        edit(b, "after a");
        b.space.flush();
        b.copyHeadsTo(c);
        assertThat(c.space.refresh().changedAnything()).isFalse();
        assertThat(c.space.status().waiting()).isNotEmpty();
        c.restart();
        assertThat(c.space.status().waiting()).isNotEmpty();
        a.copyTo(c);
        c.space.refresh();
        assertThat(c.space.status().waiting()).isEmpty();
        assertThat(c.space.stateHash()).isEqualTo(b.space.stateHash());
    }

    @Test
    void f03ATruncatedFileIsIncompleteUntilItIsWhole() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        edit(a, "whole");
        a.sealAll();
        String segment = last(a.files("/changes/"));
        byte[] content = a.read(segment);
        for (int length = 0; length < content.length; length += 1 + content.length / 40) {
            b.put(segment, Arrays.copyOf(content, length));
            fleet.clock.advance(Duration.ofMinutes(11));
            assertThat(b.space.refresh().changedAnything()).isFalse();
            assertThat(b.status(segment).state()).isEqualTo(FileState.INCOMPLETE);
            assertThat(b.files()).contains(segment);
        }
        b.put(segment, content);
        assertThat(b.space.refresh().changedAnything()).isTrue();
        assertThat(b.space.status().files()).isEmpty();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
    }

    static List<String> conflictNames() {
        return List.of(
                "NAME.sync-conflict-20261120-222614-BFPIYIL.cairn",
                "NAME (conflicted copy 2026-11-20).cairn",
                "NAME (Ann's conflicted copy 2026-11-20).cairn",
                "NAME (Case Conflict).cairn",
                "NAME_conflict-20261120-222614.cairn",
                "NAME.Conflict1.cairn",
                "NAME_ann_Nov-20-2226-2026_conflict_1.cairn",
                "NAME (SFConflict ann@example.org 2026-11-20-22-26-14)",
                "NAME [conflicted].cairn",
                "NAME.conflict3.cairn",
                "NAME (conflict_on_2026-11-20).cairn",
                "NAME (1).cairn",
                "NAME 2.cairn",
                "NAME-laptop.cairn",
                "NAME-laptop-safeBackup-0001.cairn",
                "NAME - Copy (2).cairn");
    }

    @ParameterizedTest
    @MethodSource("conflictNames")
    void f04AConflictCopyOfASegment(String spelling) {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        edit(a, "once");
        a.sealAll();
        String segment = last(a.files("/changes/"));
        String copy = segment.replaceFirst("[^/]*$", "") + spelling.replace("NAME", stem(segment));
        a.copyTo(b, segment);
        b.space.refresh();
        String hash = b.space.stateHash();
        b.put(copy, a.read(segment));
        assertThat(b.space.refresh().changedAnything()).isFalse();
        assertThat(b.space.stateHash()).isEqualTo(hash);
        assertThat(b.status(copy).state()).isEqualTo(FileState.DUPLICATE);

        edit(a, "twice");
        a.sealAll();
        b.put(copy, a.read(last(a.files("/changes/"))));
        assertThat(b.space.refresh().changedAnything()).isTrue();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());

        byte[] forged = a.read(last(a.files("/changes/")));
        forged[200] ^= 1;
        b.put(copy, fixDigest(forged));
        assertThat(b.space.refresh().changedAnything()).isFalse();
        assertThat(b.status(copy).state()).isEqualTo(FileState.REFUSED);
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
    }

    @Test
    void f05AConflictCopyOfAHeadBringsChangesAndNoSignOfLife() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        SpaceStatus before = b.space.status();
        fleet.clock.advance(Duration.ofHours(1));
        edit(a, "in a tail");
        a.space.flush();
        String head = a.newestHead();
        b.put(head.replace(".cairn", ".sync-conflict-20261120-222614-BFPIYIL.cairn"), a.read(head));
        assertThat(b.space.refresh().changedAnything()).isTrue();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
        assertThat(b.space.status().others().get(0).lastSeen())
                .isEqualTo(before.others().get(0).lastSeen());
        a.copyTo(b, head);
        b.space.refresh();
        assertThat(b.space.status().others().get(0).lastSeen())
                .isNotEqualTo(before.others().get(0).lastSeen());
    }

    @Test
    void f07ForeignFilesAreIgnoredAndUntouched() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        List<String> foreign = List.of(
                "desktop.ini",
                ".stfolder/marker",
                "devices/.NAME.icloud",
                "devices/x/changes/notes.txt",
                "empty.cairn",
                ".DS_Store",
                "photo.jpg",
                "devices/Thumbs.db");
        for (String path : foreign) {
            b.put(path, path.equals("empty.cairn") ? new byte[0] : path.getBytes(StandardCharsets.UTF_8));
        }
        edit(a, "beside");
        fleet.sync();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
        assertThat(b.files()).containsAll(foreign);
        for (String path : foreign) {
            if (!path.equals("empty.cairn")) {
                assertThat(b.read(path)).isEqualTo(path.getBytes(StandardCharsets.UTF_8));
                assertThat(b.space.status().files())
                        .extracting(FileStatus::path)
                        .doesNotContain(path);
            }
        }
    }

    @Test
    void f08VanishedOwnFilesArePublishedAgain() {
        Device a = devices("a", "b");
        edit(a, "kept");
        a.sealAll();
        edit(a, "tail");
        a.space.flush();
        List<String> own = a.ownFiles();
        byte[] content = a.read(last(a.files("/changes/")));
        String segment = last(a.files("/changes/"));
        own.forEach(a::delete);
        a.space.refresh();
        assertThat(a.space.flush()).isTrue();
        assertThat(a.ownFiles()).containsAll(own);
        assertThat(a.read(segment)).isEqualTo(content);
    }

    @Test
    void f09AFolderThatIsRolledBackKeepsTheUnion() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        edit(a, "old");
        fleet.sync();
        Fleet.Backup backup = a.backup();
        edit(a, "new a");
        edit(b, "new b");
        a.sealAll();
        fleet.sync();
        String hash = a.space.stateHash();
        a.restore(backup);
        b.restore(backup);
        a.space.refresh();
        b.space.refresh();
        assertThat(b.space.status().alarms())
                .extracting(SpaceStatus.Alarm::code)
                .contains("FOLDER_ROLLBACK");
        fleet.sync();
        fleet.sync();
        assertThat(a.space.stateHash()).isEqualTo(hash);
        assertThat(b.space.stateHash()).isEqualTo(hash);
        assertThat(b.space.status().alarms()).isEmpty();
        Device c = fleet.join(a, "c");
        assertThat(c.space.stateHash()).isEqualTo(hash);
    }

    @Test
    void f10AnEmptiedOrMissingFolderIsDetachedAndResumes() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        edit(a, "before");
        a.space.flush();
        Fleet.Backup backup = a.backup();
        a.files().forEach(a::delete);
        assertThat(a.space.refresh().folder()).isEqualTo(FolderState.DETACHED);
        edit(a, "meanwhile");
        assertThat(a.space.flush()).isFalse();
        assertThat(a.files()).isEmpty();
        assertThat(a.space.status().outbox().changes()).isEqualTo(1);
        assertThat(a.space.status().outbox().problem()).isPresent();
        a.removeFolder();
        assertThat(a.space.refresh().folder()).isEqualTo(FolderState.MISSING);
        a.restart();
        assertThat(a.space.status().folderState()).isEqualTo(FolderState.MISSING);
        a.restore(backup);
        a.space.refresh();
        assertThat(a.space.flush()).isTrue();
        fleet.sync();
        assertThat(b.space.document("notes").text("body")).contains("before", "meanwhile");
        assertThat(a.space.status().outbox().changes()).isZero();
    }

    @Test
    void f11ARestoredBackupGoesOnAsANewIncarnation() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        edit(a, "one");
        a.space.flush();
        fleet.sync();
        a.space.close();
        Fleet.Backup state = a.backupState();
        a.space = Space.open(a.folder, a.options);
        edit(a, "two");
        a.space.flush();
        fleet.sync();
        a.space.close();
        a.restoreState(state);
        a.space = Space.open(a.folder, a.options);
        edit(a, "three, before looking");
        a.space.refresh();
        edit(a, "four");
        fleet.sync();
        fleet.sync();
        assertThat(a.text()).contains("one", "two", "three, before looking", "four");
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
        assertThat(b.space.status().others().get(0).writers()).hasSize(2);
        assertThat(b.text()).contains("one", "two", "three, before looking", "four");
        Device c = fleet.join(a, "c");
        assertThat(c.space.stateHash()).isEqualTo(a.space.stateHash());
    }

    /** Seed 240 of the fleets: the fork is in a writer of the device which this machine never had. */
    @Test
    void f12ACopiedMachineIsFlaggedForWhatTheOtherForkedToo() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        edit(a, "shared");
        a.space.flush();
        fleet.sync();
        Device clone = cloned(a);
        edit(a, "by a");
        fleet.sync();
        edit(clone, "as another writer");
        clone.space.close();
        Fleet.Backup state = clone.backupState();
        clone.space = Space.open(clone.folder, clone.options);
        edit(clone, "once");
        clone.sealAll();
        clone.copyTo(b);
        b.space.refresh();
        clone.space.close();
        clone.restoreState(state);
        clone.space = Space.open(clone.folder, clone.options);
        edit(clone, "and twice");
        clone.sealAll();
        fleet.sync();
        fleet.sync();
        assertThat(a.text()).contains("shared", "by a", "as another writer", "once", "and twice");
        for (Device device : List.of(clone, a)) {
            assertThat(device.space.status().self().flagged()).as(device.name).isPresent();
        }
        assertThat(b.space.status().others().get(0).flagged()).isPresent();
    }

    @Test
    void f12OneNumberWithTwoContentsKeepsBothAndFlagsTheDevice() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        edit(a, "shared");
        a.space.flush();
        fleet.sync();
        Device clone = cloned(a);
        edit(a, "by a");
        edit(clone, "by clone");
        a.sealAll();
        clone.sealAll();
        a.copyTo(b);
        b.space.refresh();
        clone.copyTo(b);
        b.space.refresh();
        assertThat(b.text()).contains("shared", "by a", "by clone");
        assertThat(b.space.status().alarms())
                .extracting(SpaceStatus.Alarm::code)
                .containsExactly("EQUIVOCATION");
        assertThat(b.space.status().others().get(0).flagged()).isPresent();
        fleet.sync();
        fleet.sync();
        edit(a, "afterwards a");
        edit(clone, "afterwards clone");
        fleet.sync();
        fleet.sync();
        assertThat(a.text()).contains("by a", "by clone", "afterwards a", "afterwards clone");
        assertThat(a.space.stateHash()).isEqualTo(b.space.stateHash());
        assertThat(clone.space.stateHash()).isEqualTo(b.space.stateHash());
        Device c = fleet.join(a, "c");
        assertThat(c.space.stateHash()).isEqualTo(b.space.stateHash());
    }

    @Test
    void f12WhatBothBranchesMakeInListsStaysAndCanBeEdited() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        a.space.commit(tx -> tx.on("notes").map().list("items").insertMap(0).put("by", "shared"));
        a.space.commit(tx -> tx.on("notes").map().map("box").put("k", "shared"));
        a.space.flush();
        fleet.sync();
        Device clone = cloned(a);
        makeAndEdit(a);
        makeAndEdit(clone);
        a.sealAll();
        clone.sealAll();
        a.copyTo(b);
        b.space.refresh();
        b.space.commit(tx -> tx.on("notes").map().list("items").map(0).put("seen", "by b"));
        clone.copyTo(b);
        b.space.refresh();
        assertThat(items(b)).hasSize(5).contains(Map.of("by", "shared"), "text by a", "text by clone");
        assertThat(items(b)).contains(Map.of("by", "a", "more", "of a", "seen", "by b"));
        assertThat(items(b)).contains(Map.of("by", "clone", "more", "of clone"));
        assertThat(b.space.status().alarms())
                .extracting(SpaceStatus.Alarm::code)
                .containsExactly("EQUIVOCATION");
        fleet.sync();
        fleet.sync();
        b.space.commit(tx -> editEveryMap(tx.on("notes").map().list("items")));
        fleet.sync();
        fleet.sync();
        Device c = fleet.join(a, "c");
        fleet.sync();
        for (Device device : List.of(a, b, clone, c)) {
            assertThat(device.space.stateHash()).as(device.name).isEqualTo(b.space.stateHash());
            assertThat(items(device))
                    .contains(Map.of("by", "a", "more", "of a", "seen", "by b", "again", "by b"))
                    .contains(Map.of("by", "clone", "more", "of clone", "again", "by b"));
            device.restart();
            assertThat(device.space.stateHash()).as(device.name).isEqualTo(b.space.stateHash());
        }
    }

    /** Another machine with a copy of a device's disk; both go on. */
    private Device cloned(Device device) {
        device.space.close();
        Device clone = fleet.cloneOf(device, "clone");
        device.space = Space.open(device.folder, device.options);
        return clone;
    }

    /** Makes elements of a list and a map in the place of a removed one, and edits each in another change. */
    private static void makeAndEdit(Device device) {
        String name = device.name;
        device.space.commit(
                tx -> tx.on("notes").map().list("items").insertMap(0).put("by", name));
        device.space.commit(tx -> tx.on("notes").map().list("items").map(0).put("more", "of " + name));
        device.space.commit(tx -> tx.on("notes").map().list("items").insertText(1));
        device.space.commit(tx -> tx.on("notes").map().list("items").text(1).insert(0, "text by " + name));
        device.space.commit(tx -> tx.on("notes").map().remove("box"));
        device.space.commit(tx -> tx.on("notes").map().map("box").put("k", name));
        device.space.commit(tx -> tx.on("notes").map().map("box").put("l", name));
    }

    private static void editEveryMap(ListEditor items) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof MapView) {
                items.map(i).put("again", "by b");
            }
        }
    }

    private static List<Object> items(Device device) {
        return new ArrayList<>(
                (List<?>) device.space.document("notes").toPlain().get("items"));
    }

    @Test
    void f13ClocksThatAreWrongOrJumpDoNotReorder() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        a.put("k", "first");
        fleet.sync();
        fleet.clock.advance(Duration.ofDays(-400));
        b.put("k", "second");
        fleet.sync();
        assertThat(a.space.document("notes").toPlain()).containsEntry("k", "second");
        fleet.clock.advance(Duration.ofDays(900));
        a.put("k", "third");
        fleet.clock.advance(Duration.ofDays(-500));
        fleet.sync();
        assertThat(b.space.document("notes").toPlain()).containsEntry("k", "third");
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
        b.put("k", "fourth");
        fleet.clock.advance(Duration.ofSeconds(3));
        b.space.duties();
        fleet.clock.advance(Duration.ofSeconds(30));
        b.space.duties();
        assertThat(b.space.status().outbox().changes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix", "osx", "windows"})
    void f20NamesSurviveEveryFileSystem(String system) {
        Configuration configuration = switch (system) {
            case "osx" -> Configuration.osX();
            case "windows" -> Configuration.windows();
            default -> Configuration.unix();
        };
        fleet = new Fleet(states, configuration);
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        edit(a, "names");
        a.sealAll();
        List<String> files = a.files();
        assertThat(files).allMatch(path -> path.equals(path.toLowerCase(Locale.ROOT)) && path.length() <= 120);
        String segment = last(a.files("/changes/"));
        b.put(segment.toUpperCase(Locale.ROOT), a.read(segment));
        b.space.refresh();
        assertThat(b.text()).contains("names");
        fleet.sync();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
    }

    @Test
    void f21MovedAndRenamedFilesHaveTheSameEffect() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        edit(a, "moved");
        a.sealAll();
        String segment = last(a.files("/changes/"));
        b.put("attic/renamed by a person.bin", a.read(segment));
        assertThat(b.space.refresh().changedAnything()).isTrue();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
        assertThat(b.status("attic/renamed by a person.bin").state()).isEqualTo(FileState.MISPLACED);
        assertThat(b.files()).contains("attic/renamed by a person.bin");
    }

    @Test
    void f23FourFaultsHaveFourStatuses() {
        Device a = devices("a", "b");
        Device b = fleet.devices().get(1);
        Fleet others = new Fleet(states.resolve("others"));
        Device stranger = others.create("stranger");
        edit(stranger, "elsewhere");
        stranger.sealAll();
        edit(a, "here");
        a.sealAll();
        byte[] good = a.read(last(a.files("/changes/")));
        String hash = b.space.stateHash();
        b.put("flipped.cairn", flipped(good, good.length / 2));
        b.put("tampered.cairn", fixDigest(flipped(good, good.length / 2)));
        b.put("foreign.cairn", stranger.read(last(stranger.files("/changes/"))));
        b.put("newer.cairn", fixDigest(with(good, 9, 7)));
        b.put("key.cairn", fixDigest(with(good, 67, 9)));
        b.space.refresh();
        assertThat(b.status("flipped.cairn").state()).isEqualTo(FileState.INCOMPLETE);
        assertThat(b.status("tampered.cairn").reason()).isEqualTo("TAMPERED");
        assertThat(b.status("foreign.cairn").reason()).isEqualTo("FOREIGN_SPACE");
        assertThat(b.status("newer.cairn").state()).isEqualTo(FileState.TOO_NEW);
        assertThat(b.status("key.cairn").state()).isEqualTo(FileState.WAITING);
        assertThat(b.space.stateHash()).isEqualTo(hash);
        assertThat(b.files()).contains("flipped.cairn", "tampered.cairn", "foreign.cairn", "newer.cairn", "key.cairn");
        others.close();
    }

    @Test
    void f24AFullDiskKeepsTheChangeInTheOutbox() {
        fleet = new Fleet(
                states, Configuration.unix().toBuilder().setMaxSize(200 << 10).build());
        Device a = fleet.create("a");
        edit(a, "before");
        assertThat(a.space.flush()).isTrue();
        a.fillDisk();
        edit(a, "while full");
        assertThat(a.space.flush()).isFalse();
        assertThat(a.space.status().outbox().changes()).isEqualTo(1);
        assertThat(a.space.status().advice()).anyMatch(line -> line.startsWith("not published yet: 1"));
        a.restart();
        assertThat(a.text()).contains("while full");
        a.delete("ballast");
        fleet.clock.advance(Duration.ofMinutes(10));
        a.space.duties();
        assertThat(a.space.status().outbox().changes()).isZero();
        assertThat(a.space.status().outbox().problem()).isEmpty();
    }

    @Test
    void theFolderShowsNoPlaintext() {
        Device a = devices("very secret device name", "b");
        String title = "A title nobody may read";
        a.space.commit("message in the clear?", tx -> {
            tx.on("document name in the clear?").map().put("key in the clear?", title);
            tx.on("document name in the clear?").text("body").insert(0, "prose in the clear? ".repeat(10));
        });
        a.sealAll();
        fleet.sync();
        for (String path : a.files()) {
            String bytes = new String(a.read(path), StandardCharsets.ISO_8859_1);
            assertThat(bytes)
                    .doesNotContain("in the clear")
                    .doesNotContain("nobody may read")
                    .doesNotContain("very secret")
                    .doesNotContain("AAAAAAAAAAAA");
        }
        byte[] secrets = a.stateFile("keys");
        for (String path : a.files()) {
            byte[] file = a.read(path);
            for (int at = 0; at + 32 <= secrets.length - 32; at++) {
                assertThat(indexOf(file, Arrays.copyOfRange(secrets, at, at + 32)))
                        .as("32 bytes of the secrets' file at %d in %s", at, path)
                        .isNegative();
            }
        }
    }

    private Device devices(String first, String... more) {
        fleet = new Fleet(states);
        Device device = fleet.create(first);
        for (String name : more) {
            fleet.join(device, name);
        }
        fleet.sync();
        return device;
    }

    private static void edit(Device device, String words) {
        device.space.commit(tx -> tx.on("notes").text("body").append(words + "\n"));
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static String stem(String path) {
        return path.replaceFirst(".*/", "").replace(".cairn", "");
    }

    private static byte[] flipped(byte[] file, int at) {
        return with(file, at, file[at] ^ 1);
    }

    private static byte[] with(byte[] file, int at, int value) {
        byte[] copy = file.clone();
        copy[at] = (byte) value;
        return copy;
    }

    /** Makes the trailer fit the bytes again, as a forger would. */
    private static byte[] fixDigest(byte[] file) {
        int trailer = file.length - 48;
        byte[] digest = dev.cairn.format.Bytes.copyOf(file, 0, trailer).sha256().toArray();
        System.arraycopy(digest, 0, file, trailer, 32);
        return file;
    }

    private static int indexOf(byte[] file, byte[] part) {
        for (int at = 0; at + part.length <= file.length; at++) {
            if (file[at] == part[0] && Arrays.equals(file, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    /** What builds on a change further along a known branch came before it: it waited for ever. */
    @Test
    void whatWaitsForTheNextChangeOfACopiedMachineIsShownOnceThatIsThere() {
        fleet = new Fleet(states);
        Device owner = fleet.create("owner");
        Device author = fleet.join(owner, "author");
        Device reader = fleet.join(owner, "reader");
        Device machine = fleet.join(owner, "machine");
        machine.put("first", "both");
        fleet.sync();
        machine.space.close();
        Device copy = fleet.cloneOf(machine, "copy");
        machine.open();
        machine.put("second", "machine");
        machine.space.flush();
        copy.put("second", "copy");
        copy.space.flush();
        machine.copyHeadsTo(reader);
        copy.copyHeadsTo(reader);
        reader.space.refresh();
        copy.put("third", "copy");
        copy.space.flush();
        copy.copyHeadsTo(author);
        author.space.refresh();
        author.put("after", "the third");
        author.space.flush();
        author.copyHeadsTo(reader);
        reader.space.refresh();
        assertThat(reader.space.status().waiting()).isNotEmpty();
        copy.copyHeadsTo(reader);
        reader.space.refresh();
        assertThat(reader.space.status().waiting()).isEmpty();
        assertThat(reader.space.document("notes").map().entries()).containsKeys("third", "after");
    }

    /** This device has the other content of the number on which a change builds. */
    @Test
    void whatBuildsOnTheOtherBranchOfACopiedMachineWaitsForThatBranch() {
        Forked forked = new Forked();
        forked.machine.copyHeadsTo(forked.reader);
        forked.reader.space.refresh();
        forked.author.copyHeadsTo(forked.reader);
        forked.reader.space.refresh();
        forked.assertThatItWaits();
        forked.reader.restart();
        forked.assertThatItWaits();
        forked.copy.copyHeadsTo(forked.reader);
        forked.reader.space.refresh();
        forked.assertThatAllIsShown();
    }

    /** The number on which a change builds was not there when that came, and then comes with another content. */
    @Test
    void whatWaitsForAChangeOfACopiedMachineIsNotShownWithTheOtherMachinesChangeOfThatNumber() {
        Forked forked = new Forked();
        forked.author.copyHeadsTo(forked.reader);
        forked.reader.space.refresh();
        forked.assertThatItWaits();
        forked.machine.copyHeadsTo(forked.reader);
        forked.reader.space.refresh();
        forked.assertThatItWaits();
        forked.reader.restart();
        forked.assertThatItWaits();
        forked.copy.copyHeadsTo(forked.reader);
        forked.reader.space.refresh();
        forked.assertThatAllIsShown();
    }

    /** A copied machine goes two ways after one change, and an author who has only the copy's builds on that. */
    private final class Forked {
        private final Device author;
        private final Device reader;
        private final Device machine;
        private final Device copy;
        private final WriterId forkedWriter;

        private Forked() {
            fleet = new Fleet(states);
            Device owner = fleet.create("owner");
            author = fleet.join(owner, "author");
            reader = fleet.join(owner, "reader");
            machine = fleet.join(owner, "machine");
            machine.put("first", "both");
            fleet.sync();
            forkedWriter = machine.space.status().self().writers().get(0);
            machine.space.close();
            copy = fleet.cloneOf(machine, "copy");
            machine.open();
            machine.put("second", "machine");
            machine.space.flush();
            copy.put("second", "copy");
            copy.space.flush();
            copy.copyHeadsTo(author);
            author.space.refresh();
            author.put("after", "the copy's");
            author.space.flush();
        }

        private void assertThatItWaits() {
            assertThat(reader.space.document("notes").map().entries()).doesNotContainKey("after");
            assertThat(reader.space.status().waiting())
                    .extracting(SpaceStatus.Waiting::missingWriter, SpaceStatus.Waiting::missingSeq)
                    .containsExactly(tuple(forkedWriter, 2L));
        }

        private void assertThatAllIsShown() {
            fleet.sync();
            assertThat(reader.space.document("notes").map().entries()).containsKeys("second", "after");
            fleet.devices()
                    .forEach(device ->
                            assertThat(device.space.status().waiting()).isEmpty());
            assertThat(fleet.devices())
                    .allMatch(device -> device.space.stateHash().equals(reader.space.stateHash()));
        }
    }
}
