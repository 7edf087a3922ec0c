package dev.cairn.system.syncthing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real sync tool does to the folder; the numbers are those of ARCHITECTURE.md, Scenarios. */
final class SyncthingScenariosIT {
    @TempDir
    private Path root;

    @Test
    void f02_threeDevicesPublishAfterAPartition() throws IOException {
        try (SyncthingFleet fleet = SyncthingFleet.start(root, 3)) {
            fleet.space(0).commit(tx -> tx.on("secret-plan").text("body").insert(0, "middle"));
            fleet.converge();
            fleet.daemons().pause(0);
            fleet.daemons().pause(1);
            fleet.space(0).commit(tx -> tx.on("secret-plan").text("body").insert(0, "zero "));
            fleet.space(1).commit(tx -> tx.on("secret-plan").text("body").append(" one"));
            fleet.space(2).commit(tx -> tx.on("secret-plan").map().put("hidden-title", "two"));
            fleet.exchange();
            assertThat(fleet.spaces().stream().map(Space::stateHash)).doesNotHaveDuplicates();
            fleet.daemons().kill(0);
            fleet.reopen(1);
            fleet.daemons().start(0);
            fleet.daemons().resume(0);
            fleet.daemons().resume(1);
            fleet.reopen(2);
            fleet.converge();
            assertThat(fleet.space(1).document("secret-plan").text("body")).isEqualTo("zero middle one");
            assertNoConflictFileAndNoPlaintext(fleet, "secret-plan", "hidden-title", "middle", "device-0");
        }
    }

    @Test
    void f06_aHeadThatIsReplacedNeverMakesItsDeviceGone() throws IOException {
        try (SyncthingFleet fleet = SyncthingFleet.start(root, 2)) {
            fleet.space(0).commit(tx -> tx.on("n").counter("n").add(1));
            fleet.converge();
            Instant last = Instant.MIN;
            for (int i = 0; i < 25; i++) {
                if (i == 8) {
                    fleet.daemons().kill(0);
                    fleet.daemons().start(0);
                }
                if (i == 16) {
                    fleet.daemons().pause(1);
                    fleet.reopen(1);
                    last = assertStillThere(fleet.space(1), last);
                    fleet.daemons().resume(1);
                }
                fleet.space(0).commit(tx -> tx.on("n").counter("n").add(1));
                fleet.space(0).flush();
                fleet.daemons().scan(0);
                while (!fleet.daemons().isIdle()) {
                    fleet.space(1).refresh();
                    last = assertStillThere(fleet.space(1), last);
                }
                fleet.space(1).refresh();
                last = assertStillThere(fleet.space(1), last);
            }
            fleet.converge();
            assertThat(fleet.space(1).document("n").counter("n")).isEqualTo(26);
        }
    }

    private static Instant assertStillThere(Space reader, Instant last) {
        List<SpaceStatus.Device> others = reader.status().others();
        assertThat(others).hasSize(1);
        Optional<Instant> seen = others.get(0).lastSeen();
        assertThat(seen).isPresent();
        assertThat(seen.get()).isAfterOrEqualTo(last);
        assertThat(others.get(0).flagged()).isEmpty();
        return seen.get();
    }

    @Test
    void f08_deletesArriveAndTheOwnerPublishesAgain() throws IOException {
        try (SyncthingFleet fleet = SyncthingFleet.start(root, 2)) {
            commitAndSeal(fleet.space(0), 40);
            fleet.converge();
            String hash = fleet.space(0).stateHash();
            List<Path> published = changeFiles(fleet, 0);
            assertThat(published).isNotEmpty();
            fleet.daemons().stop(1);
            for (Path file : published) {
                Files.delete(fleet.folder(1).resolve(fleet.folder(0).relativize(file)));
            }
            fleet.daemons().start(1);
            fleet.carry();
            assertThat(published).noneMatch(Files::exists);
            fleet.reopen(1);
            fleet.spaces().forEach(Space::refresh);
            assertThat(fleet.spaces().stream().map(Space::stateHash)).containsOnly(hash);
            fleet.daemons().pause(0);
            fleet.spaces().forEach(Space::flush);
            fleet.daemons().scan();
            fleet.reopen(0);
            fleet.daemons().resume(0);
            fleet.exchange();
            fleet.converge();
            assertThat(published).allMatch(Files::exists);
            assertThat(fleet.space(1).stateHash()).isEqualTo(hash);
        }
    }

    @Test
    void f09_aFolderRolledBackIsTheUnionAgain() throws IOException {
        try (SyncthingFleet fleet = SyncthingFleet.start(root, 2)) {
            commitAndSeal(fleet.space(0), 5);
            fleet.converge();
            Path backup = copy(fleet.folder(1), root.resolve("backup"));
            commitAndSeal(fleet.space(0), 5);
            commitAndSeal(fleet.space(1), 5);
            fleet.converge();
            Set<String> before = names(fleet, 0);
            String hash = fleet.space(0).stateHash();

            fleet.daemons().kill(1);
            replace(fleet.folder(1), backup);
            fleet.daemons().start(1);
            fleet.carry();
            fleet.reopen(0);
            fleet.spaces().forEach(Space::refresh);
            assertThat(fleet.spaces().stream().map(Space::stateHash)).containsOnly(hash);

            fleet.daemons().pause(1);
            fleet.reopen(1);
            fleet.exchange();
            fleet.daemons().kill(0);
            fleet.daemons().start(0);
            fleet.daemons().resume(1);
            fleet.converge();
            assertThat(names(fleet, 0)).containsAll(segments(before));
            assertThat(names(fleet, 1)).containsAll(segments(before));
            assertThat(fleet.space(1).stateHash()).isEqualTo(hash);
        }
    }

    @Test
    void f18_aBurstOfTenThousandChangesIsPackedAndArrives() throws IOException {
        try (SyncthingFleet fleet = SyncthingFleet.start(root, 2)) {
            int before = fleet.files(1).size();
            List<Thread> authors = IntStream.range(0, 16)
                    .mapToObj(author -> new Thread(() -> commit(fleet.space(0), author, 625)))
                    .toList();
            fleet.daemons().pause(1);
            authors.forEach(Thread::start);
            fleet.daemons().kill(0);
            fleet.daemons().start(0);
            authors.forEach(SyncthingScenariosIT::join);
            fleet.reopen(1);
            fleet.daemons().resume(1);
            fleet.converge();
            assertThat(fleet.space(1).document("burst").counter("n")).isEqualTo(10_000);
            assertThat(fleet.files(1).size() - before).isLessThan(100);
        }
    }

    private static void commit(Space space, int author, int times) {
        for (int i = 0; i < times; i++) {
            int value = i;
            space.commit(tx -> {
                tx.on("burst").counter("n").add(1);
                tx.on("burst").map().put("author-" + author, value);
            });
        }
    }

    @Test
    void f25_nobodyHasMyLastChangesIsSaid() throws IOException {
        try (SyncthingFleet fleet = SyncthingFleet.start(root, 2)) {
            fleet.space(0).commit(tx -> tx.on("n").counter("n").add(1));
            fleet.converge();
            fleet.space(1).commit(tx -> tx.on("reply").map().put("seen", true));
            fleet.converge();
            assertThat(fleet.space(0).status().advice()).noneMatch(line -> line.contains("nobody has"));
            Files.writeString(fleet.folder(0).resolve(".stignore"), "devices\n");
            fleet.daemons().restart(0);
            IntStream.range(0, 3)
                    .forEach(i ->
                            fleet.space(0).commit(tx -> tx.on("n").counter("n").add(1)));
            fleet.exchange();
            assertThat(fleet.space(1).document("n").counter("n")).isEqualTo(1);
            SpaceStatus status = fleet.space(0).status();
            assertThat(status.advice()).anyMatch(line -> line.contains("nobody has") && line.contains("3"));
            assertThat(status.others().get(0).lacks()).isEqualTo(3);
            Files.delete(fleet.folder(0).resolve(".stignore"));
            fleet.daemons().restart(0);
            fleet.converge();
            assertThat(fleet.space(1).document("n").counter("n")).isEqualTo(4);
        }
    }

    @Test
    void f25_aReceiveOnlyFolderAndNobodyOnlineRetireNothing() throws IOException {
        try (SyncthingFleet fleet = SyncthingFleet.start(root, 2)) {
            commitAndSeal(fleet.space(0), 5);
            fleet.converge();
            answer(fleet);
            fleet.daemons().receiveOnly(0, true);
            commitAndSeal(fleet.space(0), 5);
            fleet.exchange();
            assertThat(changesNobodyHas(fleet)).isEqualTo(5);
            assertNothingIsRetired(fleet);

            fleet.daemons().receiveOnly(0, false);
            fleet.converge();
            answer(fleet);
            assertThat(changesNobodyHas(fleet)).isZero();

            fleet.daemons().stop(1);
            commitAndSeal(fleet.space(0), 5);
            fleet.exchange();
            assertThat(changesNobodyHas(fleet)).isEqualTo(5);
            assertNothingIsRetired(fleet);
            fleet.daemons().start(1);
            fleet.converge();
        }
    }

    /** The other device makes a change, whose head says what it has. */
    private static void answer(SyncthingFleet fleet) {
        fleet.space(1).commit(tx -> tx.on("reply").counter("n").add(1));
        fleet.converge();
    }

    private static long changesNobodyHas(SyncthingFleet fleet) {
        return fleet.space(0).status().others().get(0).lacks();
    }

    /** Makes a checkpoint and looks again and again: every segment stays. */
    private static void assertNothingIsRetired(SyncthingFleet fleet) {
        Set<String> before = names(fleet, 0);
        fleet.space(0).compaction().checkpoint((done, all) -> {});
        for (int round = 0; round < 3; round++) {
            fleet.exchange();
        }
        assertThat(names(fleet, 0)).containsAll(segments(before));
        assertThat(fleet.space(0).compaction().status().deleting()).isZero();
    }

    /** Commits more than a head holds, so that sealed segments are published. */
    private static void commitAndSeal(Space space, int times) {
        StringBuilder noise = new StringBuilder();
        java.util.SplittableRandom random = new java.util.SplittableRandom(times);
        for (int i = 0; i < 8_000; i++) {
            noise.append((char) (' ' + random.nextInt(90)));
        }
        for (int i = 0; i < times; i++) {
            int value = i;
            space.commit(tx -> tx.on("large-" + value).text("body").append(noise.toString()));
        }
        space.flush();
    }

    private static List<Path> changeFiles(SyncthingFleet fleet, int device) {
        return fleet.files(device).stream()
                .filter(file -> file.toString().contains("changes"))
                .toList();
    }

    private static Set<String> names(SyncthingFleet fleet, int device) {
        Set<String> names = new TreeSet<>();
        fleet.files(device)
                .forEach(file -> names.add(fleet.folder(device).relativize(file).toString()));
        return names;
    }

    private static List<String> segments(Set<String> names) {
        return names.stream().filter(name -> name.contains("changes")).toList();
    }

    private static void assertNoConflictFileAndNoPlaintext(SyncthingFleet fleet, String... secrets) throws IOException {
        for (int device = 0; device < fleet.spaces().size(); device++) {
            for (Path file : fleet.files(device)) {
                assertThat(file.getFileName().toString()).doesNotContain("sync-conflict");
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(file + bytes).doesNotContain(secrets);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        for (Path file : tree(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    private static void replace(Path folder, Path backup) throws IOException {
        List<Path> old = new ArrayList<>(tree(folder));
        old.sort(Comparator.reverseOrder());
        for (Path file : old) {
            if (!file.equals(folder)) {
                Files.delete(file);
            }
        }
        copy(backup, folder);
    }

    private static List<Path> tree(Path from) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            return walk.sorted().toList();
        }
    }
}
