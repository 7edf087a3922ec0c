package dev.cairn.merge.folders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.folder.FolderOptions;
import dev.cairn.merge.Ward;
import dev.cairn.merge.Ward.Patient;
import dev.cairn.merge.folders.FolderMerge.Outcome;
import dev.cairn.merge.folders.Step.What;
import dev.cairn.merge.verify.Verification;
import dev.cairn.merge.verify.VerifyReport;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderMergeTest {
    private static final FolderOptions OPTIONS = FolderOptions.direct(Clock.systemUTC());

    @TempDir
    Path root;

    private Ward ward;
    private Patient desk;
    private Patient phone;

    @BeforeEach
    void twoDevicesWithChanges() throws IOException {
        ward = new Ward(root);
        desk = ward.create("desk");
        phone = ward.join(desk, "phone");
        desk.put("desk", 1);
        phone.put("phone", 2);
        desk.carryTo(phone);
        phone.carryTo(desk);
        desk.use(space -> {});
        phone.use(space -> {});
    }

    private static Outcome outcome(Path from, Path into, Optional<FolderKeys> keys, boolean dryRun) throws IOException {
        return new FolderMerge(from, into, keys, OPTIONS, Runnable::run, (done, total) -> {}).run(dryRun);
    }

    private MergeReport merge(Path from, Path into, boolean withKeys) throws IOException {
        Optional<FolderKeys> keys =
                withKeys ? Optional.of(FolderKeys.load(desk.folder, desk.options())) : Optional.empty();
        Outcome outcome = outcome(from, into, keys, false);
        assertThat(outcome).isInstanceOf(Outcome.Merged.class);
        return ((Outcome.Merged) outcome).report();
    }

    private VerifyReport verify(Path folder) throws IOException {
        Optional<FolderKeys> keys = Optional.of(FolderKeys.load(desk.folder, desk.options()));
        return new Verification(folder, OPTIONS, keys, Runnable::run, bytes -> {}).run();
    }

    private static Map<String, Integer> content(Path folder) throws IOException {
        Map<String, Integer> content = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                content.put(folder.relativize(path).toString(), Arrays.hashCode(Files.readAllBytes(path)));
            }
        }
        return content;
    }

    @Test
    void aBackupGoesIntoAnEmptyFolder() throws IOException {
        Path restored = Files.createDirectory(root.resolve("restored"));
        for (boolean withKeys : new boolean[] {false, true}) {
            Ward.delete(restored);
            Files.createDirectory(restored);
            MergeReport report = merge(desk.folder, restored, withKeys);
            assertThat(report.isComplete()).isTrue();
            assertThat(content(restored)).isEqualTo(content(desk.folder));
            assertThat(merge(desk.folder, restored, withKeys).written()).isZero();
        }
    }

    @Test
    void aDryRunOnlyTells() throws IOException {
        Path empty = Files.createDirectory(root.resolve("empty"));
        Outcome outcome = outcome(desk.folder, empty, Optional.empty(), true);
        assertThat(((Outcome.Merged) outcome).report().written())
                .isEqualTo(content(desk.folder).size());
        assertThat(content(empty)).isEmpty();
    }

    @Test
    void anOldBackupTakesNothingBack() throws IOException {
        Path backup = root.resolve("backup");
        Ward.copy(desk.folder, backup);
        desk.put("later", 3);
        desk.put("latest", 4);
        Map<String, Integer> before = content(desk.folder);
        assertThat(merge(backup, desk.folder, true).written()).isZero();
        assertThat(content(desk.folder)).isEqualTo(before);
    }

    @Test
    void aStickIsACourier() throws IOException {
        Path stick = Files.createDirectory(root.resolve("stick"));
        merge(desk.folder, stick, true);
        for (int trip = 0; trip < 4; trip++) {
            desk.put("desk" + trip, trip);
            phone.put("phone" + trip, trip);
            for (Patient each : List.of(desk, phone)) {
                each.clock.advance(Duration.ofHours(25));
                merge(stick, each.folder, true);
                each.use(space -> {});
                assertThat(merge(each.folder, stick, true).count(What.REPLACE_AND_KEEP))
                        .isZero();
            }
        }
        merge(stick, desk.folder, true);
        desk.use(space -> {
            assertThat(space.document("notes").map().entries().keySet()).contains("desk0", "desk3", "phone0", "phone3");
            assertThat(space.status().others().get(0).lacks()).isLessThan(3);
        });
        assertThat(desk.files("merged-")).isEmpty();
        assertThat(verify(desk.folder).isClean()).isTrue();
        assertThat(verify(stick).isClean()).isTrue();
    }

    @Test
    void whatIsDamagedIsRepairedAndNeverTaken() throws IOException {
        Path backup = root.resolve("backup");
        Ward.copy(desk.folder, backup);
        Path entry = desk.fileOf(phone, "/keys/");
        byte[] sound = Files.readAllBytes(entry);
        byte[] damaged = sound.clone();
        damaged[damaged.length / 2] ^= 4;
        Files.write(entry, damaged);
        MergeReport other = merge(desk.folder, backup, true);
        assertThat(other.count(What.REFUSED)).isEqualTo(1);
        assertThat(other.isComplete()).isFalse();
        assertThat(content(backup)).containsEntry(desk.folder.relativize(entry).toString(), Arrays.hashCode(sound));
        MergeReport report = merge(backup, desk.folder, true);
        assertThat(report.count(What.REPAIR)).isEqualTo(1);
        assertThat(Files.readAllBytes(entry)).isEqualTo(sound);
    }

    @Test
    void bothHistoriesOfACopiedDeviceAreKept() throws IOException {
        Patient clone = ward.new Patient("clone", root.resolve("clone"));
        Ward.copy(desk.folder, clone.folder);
        Ward.copy(desk.state, clone.state);
        desk.put("original", 3);
        clone.put("copy", 4);
        for (boolean withKeys : new boolean[] {true, false}) {
            Path into = root.resolve("into" + withKeys);
            Ward.copy(desk.folder, into);
            MergeReport report = merge(clone.folder, into, withKeys);
            assertThat(report.count(What.BESIDE) + report.count(What.REPLACE_AND_KEEP))
                    .isPositive();
            assertThat(merge(clone.folder, into, withKeys).written()).isZero();
            Ward.copy(into, phone.folder);
            phone.use(space ->
                    assertThat(space.document("notes").map().entries().keySet()).contains("original", "copy"));
        }
    }

    @Test
    void aConflictCopyGoesWhereItBelongs() throws IOException {
        Path into = root.resolve("into");
        Ward.copy(desk.folder, into);
        Path entry = desk.fileOf(phone, "/keys/");
        Path lost = into.resolve(desk.folder.relativize(entry).toString());
        Files.delete(lost);
        Path renamed = entry.resolveSibling("x (conflicted copy).cairn");
        Files.move(entry, renamed);
        assertThat(merge(desk.folder, into, true).count(What.COPY)).isEqualTo(1);
        assertThat(Files.exists(lost)).isTrue();
    }

    @Test
    void twoSpacesAreNotMerged() throws IOException {
        Patient other = ward.create("other");
        assertThat(outcome(other.folder, desk.folder, Optional.empty(), false)).isInstanceOf(Outcome.TwoSpaces.class);
        Optional<FolderKeys> keys = Optional.of(FolderKeys.load(desk.folder, desk.options()));
        assertThat(outcome(other.folder, desk.folder, keys, false)).isInstanceOf(Outcome.TwoSpaces.class);
        Path empty = Files.createDirectory(root.resolve("empty"));
        assertThat(outcome(empty, desk.folder, keys, false)).isInstanceOf(Outcome.NotASpace.class);
    }

    /** Invariant: whatever each of two copies has lost or has damaged, together they are the whole. */
    @Test
    void twoTornCopiesMakeAWholeOne() throws IOException {
        desk.fill(4);
        phone.fill(2);
        phone.carryTo(desk);
        desk.use(Space::refresh);
        VerifyReport whole = verify(desk.folder);
        assertThat(whole.isClean()).as(whole.findings().toString()).isTrue();
        List<String> names = List.copyOf(content(desk.folder).keySet());
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Path one = root.resolve("one" + seed);
            Path two = root.resolve("two" + seed);
            Ward.copy(desk.folder, one);
            Ward.copy(desk.folder, two);
            for (String name : names) {
                Path victim = (random.nextBoolean() ? one : two).resolve(name);
                switch (random.nextInt(4)) {
                    case 0 -> Files.delete(victim);
                    case 1 -> Files.write(victim, Arrays.copyOf(Files.readAllBytes(victim), 60));
                    case 2 -> Files.move(victim, victim.resolveSibling("moved " + victim.getFileName()));
                    default -> assertThat(victim).exists();
                }
            }
            boolean withKeys = random.nextBoolean();
            boolean marker = content(one)
                    .getOrDefault("cairn-space.json", 0)
                    .equals(content(desk.folder).get("cairn-space.json"));
            merge(two, one, withKeys);
            VerifyReport merged = verify(one);
            assertThat(merged.changes())
                    .as("seed %d %s", seed, merged.findings())
                    .isEqualTo(whole.changes());
            assertThat(merged.findings())
                    .as("seed %d", seed)
                    .noneMatch(finding -> finding.level() == VerifyReport.Level.FAULT
                            && !(finding.path().equals("cairn-space.json") && !marker)
                            && !finding.path().contains("moved "));
            assertThat(merge(two, one, withKeys).written()).as("seed %d", seed).isZero();
        }
    }
}
