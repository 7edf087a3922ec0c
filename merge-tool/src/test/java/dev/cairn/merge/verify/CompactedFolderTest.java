package dev.cairn.merge.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.merge.Ward;
import dev.cairn.merge.Ward.Patient;
import dev.cairn.merge.verify.VerifyReport.Finding;
import dev.cairn.merge.verify.VerifyReport.Level;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder from which segments have gone says so, and hides nothing. */
class CompactedFolderTest {
    @TempDir
    Path root;

    private Patient desk;
    private Patient phone;

    @BeforeEach
    void twoDevicesWithSegments() throws IOException {
        Ward ward = new Ward(root);
        desk = ward.create("desk");
        phone = ward.join(desk, "phone");
        desk.fill(2);
        phone.clock.advance(Duration.ofDays(3));
        phone.fill(1);
        meet();
    }

    private void meet() throws IOException {
        for (int i = 0; i < 2; i++) {
            desk.carryTo(phone);
            phone.use(space -> {});
            phone.carryTo(desk);
            desk.use(space -> {});
        }
    }

    private VerifyReport verify(Path folder) throws IOException {
        Optional<FolderKeys> keys = Optional.of(FolderKeys.load(desk.folder, desk.options()));
        return new Verification(folder, FolderOptions.direct(Clock.systemUTC()), keys, Runnable::run, bytes -> {})
                .run();
    }

    private static List<Finding> faults(VerifyReport report) {
        return report.findings().stream()
                .filter(finding -> finding.level() == Level.FAULT)
                .toList();
    }

    /** Lets both agree, and the days pass, until the segments have gone; the folder is clean all the time. */
    private void compact() throws IOException {
        desk.use(space -> space.compaction().checkpoint((done, total) -> {}));
        long changes = verify(desk.folder).changes();
        for (int day = 0; day < 14; day++) {
            desk.clock.advance(Duration.ofHours(24));
            phone.clock.advance(Duration.ofHours(24));
            meet();
            assertThat(faults(verify(desk.folder))).as("day %d", day).isEmpty();
            assertThat(faults(verify(phone.folder))).as("day %d", day).isEmpty();
        }
        assertThat(desk.files("/changes/")).isEmpty();
        assertThat(phone.files("/changes/")).isEmpty();
        assertThat(changes).isPositive();
    }

    @Test
    void aFolderIsCleanWhileItsSegmentsGo() throws IOException {
        compact();
        assertThat(verify(desk.folder).writers()).isEqualTo(2);
        desk.put("after", 1);
        phone.put("after too", 2);
        meet();
        assertThat(faults(verify(desk.folder))).isEmpty();
    }

    @Test
    void theOnlyDeviceOfASpaceLeavesACleanFolder() throws IOException {
        Patient alone = new Ward(root.resolve("alone")).create("alone");
        alone.fill(2);
        alone.use(space -> {
            var made = space.compaction().checkpoint((done, total) -> {});
            assertThat(space.compaction().confirmAlone(made.digest())).isTrue();
            for (int i = 0; i < 6; i++) {
                space.refresh();
                space.flush();
            }
        });
        assertThat(alone.files("/changes/")).isEmpty();
        Optional<FolderKeys> keys = Optional.of(FolderKeys.load(alone.folder, alone.options()));
        VerifyReport report = new Verification(
                        alone.folder, FolderOptions.direct(Clock.systemUTC()), keys, Runnable::run, bytes -> {})
                .run();
        assertThat(faults(report)).isEmpty();
        long stored = count(alone);
        assertThat(report.changes()).isEqualTo(stored);
    }

    private static long count(Patient patient) {
        long[] changes = new long[1];
        patient.use(space -> changes[0] = space.status().changes());
        return changes[0];
    }

    @Test
    void changesAreCountedWhereverTheyAre() throws IOException {
        compact();
        assertThat(verify(desk.folder).changes()).isEqualTo(count(desk));
    }

    /** Whoever takes away any one file that matters is found out. */
    @Test
    void noGapIsHidden() throws IOException {
        compact();
        desk.fill(1);
        meet();
        assertThat(faults(verify(desk.folder))).isEmpty();
        long changes = verify(desk.folder).changes();
        int noticed = 0;
        for (Path file : all(desk.folder)) {
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            VerifyReport report = verify(desk.folder);
            if (faults(report).isEmpty()) {
                // one of two heads, or a segment whose changes are in a head still
                assertThat(report.changes()).as(file.toString()).isEqualTo(changes);
                assertThat(file.toString()).containsAnyOf("/head-", "/changes/");
            } else {
                noticed++;
            }
            Files.write(file, content);
        }
        assertThat(noticed).isGreaterThan(6);
    }

    @Test
    void whatIsGoneIsCounted() throws IOException {
        desk.use(space -> space.compaction().checkpoint((done, total) -> {}));
        String own = desk.ownDirectory().getFileName().toString();
        for (int day = 0; desk.files(own + "/retired/").isEmpty(); day++) {
            assertThat(day).as("days without a list").isLessThan(14);
            desk.clock.advance(Duration.ofHours(24));
            phone.clock.advance(Duration.ofHours(24));
            meet();
        }
        delete("/parts/");
        assertThat(texts()).contains("lacks 1 of 1 part: it is used once all is there");
        List<Path> segments = desk.files(own + "/changes/");
        assertThat(segments).hasSizeGreaterThan(1);
        Files.delete(segments.get(0));
        assertThat(texts()).contains("lists a file which is gone, and the checkpoint that holds it is not there whole");
        Files.delete(segments.get(1));
        assertThat(texts())
                .contains("lists 2 files which are gone, and the checkpoint that holds them is not there whole");
    }

    private void delete(String part) throws IOException {
        for (Path file : desk.files(part)) {
            Files.delete(file);
        }
    }

    private List<String> texts() throws IOException {
        return faults(verify(desk.folder)).stream().map(Finding::text).toList();
    }

    @Test
    void everyByteOfEveryFileCounts() throws IOException {
        Patient small = new Ward(root.resolve("small")).create("small");
        small.put("a", 1);
        small.use(space -> {
            space.compaction().checkpoint((done, total) -> {});
            space.refresh();
        });
        small.use(Space::flush);
        Optional<FolderKeys> keys = Optional.of(FolderKeys.load(small.folder, small.options()));
        long flips = 0;
        for (Path file : small.files(".cairn")) {
            Path alone =
                    root.resolve("one").resolve(small.folder.relativize(file).toString());
            Files.createDirectories(alone.getParent());
            byte[] sound = Files.readAllBytes(file);
            Files.write(alone, sound);
            String path = small.folder.relativize(file).toString();
            assertThat(faultsOf(root.resolve("one"), path, keys)).as(path).isEmpty();
            for (int at = 0; at < sound.length; at++) {
                byte[] flipped = sound.clone();
                flipped[at] ^= (byte) (1 << (at & 7));
                Files.write(alone, flipped);
                assertThat(faultsOf(root.resolve("one"), path, keys))
                        .as("byte %d of %s", at, path)
                        .isNotEmpty();
                flips++;
            }
            Files.delete(alone);
        }
        assertThat(flips).isGreaterThan(3_000);
        Path marker = small.folder.resolve("cairn-space.json");
        Bytes sound = Bytes.copyOf(Files.readAllBytes(marker));
        for (int at = 0; at < sound.size(); at++) {
            byte[] flipped = sound.toArray();
            flipped[at] ^= (byte) (1 << (at & 7));
            Files.write(marker, flipped);
            VerifyReport report = new Verification(
                            small.folder, FolderOptions.direct(Clock.systemUTC()), keys, Runnable::run, bytes -> {})
                    .run();
            assertThat(report.isClean()).as("byte %d of the marker", at).isFalse();
        }
    }

    /** The faults of one file; that others are missing is another thing. */
    private static List<Finding> faultsOf(Path folder, String path, Optional<FolderKeys> keys) throws IOException {
        VerifyReport report = new Verification(
                        folder, FolderOptions.direct(Clock.systemUTC()), keys, Runnable::run, bytes -> {})
                .run();
        return faults(report).stream()
                .filter(finding -> finding.path().equals(path))
                .filter(finding -> !finding.code().equals("checkpoint_incomplete")
                        && !finding.code().equals("retired_uncovered"))
                .toList();
    }

    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
