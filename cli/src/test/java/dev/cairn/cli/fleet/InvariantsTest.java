package dev.cairn.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.fleet.FleetResult.Broken;
import dev.cairn.cli.fleet.Promises.Promise;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.replica.Version;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.fleet.Happening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checker that cannot fail proves nothing: each rule is shown a fault made by hand. */
final class InvariantsTest {
    @TempDir
    private Path directory;

    private final SortedMap<String, Space> spaces = new TreeMap<>();
    private final SortedMap<String, Path> folders = new TreeMap<>();
    private final Map<String, SortedSet<Integer>> shown = new HashMap<>();
    private final Set<String> happened = new TreeSet<>();
    private final Oracle oracle = new Oracle();

    @BeforeEach
    void aHealthyDevice() throws IOException {
        device("device-0");
        commit("device-0", 0);
        look();
    }

    private void device(String name) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("folders").resolve("of-" + folders.size()));
        folders.put(name, folder);
        spaces.put(name, Space.create(folder, SpaceOptions.inState(directory.resolve("state-" + name))));
    }

    private static <T> T of(Map<String, T> all, String device) {
        return Objects.requireNonNull(all.get(device));
    }

    private Space space() {
        return of(spaces, "device-0");
    }

    private void commit(String device, int number) {
        Space space = of(spaces, device);
        assertThat(oracle.begin(device)).isEqualTo(number);
        Version version = space.commit(oracle.messageOf(number), tx -> {
            tx.on("numbers").map().put("change-" + number, number);
            tx.on("numbers").counter("sum").add(1);
        });
        oracle.acknowledged(device, number, version, space);
        space.flush();
    }

    private void look() {
        spaces.forEach((device, space) -> shown.put(device, CairnApp.shown(space)));
    }

    @AfterEach
    void close() {
        spaces.values().forEach(Space::close);
    }

    private List<String> broken() {
        oracle.judgeTouched();
        return new CairnFleet(directory, List.of())
                        .check(new FleetView(
                                spaces, folders, shown, oracle.promises(), happened, Set.of(), oracle.noted()))
                        .stream()
                        .map(Broken::invariant)
                        .distinct()
                        .toList();
    }

    @Test
    void aHealthyFleetBreaksNothing() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void aDeviceThatStaysOutside() {
        folders.put("device-1", directory);
        assertThat(broken()).contains("everybody-joined");
    }

    @Test
    void twoStates() throws IOException {
        device("device-1");
        assertThat(broken()).contains("convergence");
    }

    @Test
    void aLostChange() {
        commit("device-0", 1);
        of(shown, "device-0").remove(1);
        assertThat(broken()).contains("no-acknowledged-change-lost");
    }

    @Test
    void halfAChange() {
        space().commit(tx -> tx.on("numbers").counter("sum").add(1));
        assertThat(broken()).containsExactly("all-or-nothing");
    }

    @Test
    void aChangeBeforeWhatItBuildsOn() {
        commit("device-0", 1);
        oracle.looked("device-1", new TreeSet<>(Set.of(1)));
        assertThat(broken()).contains("causal-order");
    }

    @Test
    void aDeviceThatForgets() {
        oracle.looked("device-1", new TreeSet<>(Set.of(0)));
        oracle.looked("device-1", new TreeSet<>());
        assertThat(broken()).containsExactly("monotonic-reads");
    }

    @Test
    void aBackupMayForgetAndNothingElse() {
        oracle.backedUp("device-1");
        oracle.looked("device-1", new TreeSet<>(Set.of(0)));
        oracle.restored("device-1");
        oracle.looked("device-1", new TreeSet<>());
        assertThat(broken()).isEmpty();
    }

    @Test
    void aSequenceNumberUsedTwice() {
        Version version = space().version();
        oracle.begin("device-0");
        oracle.promises().keep(1, new Promise("device-0", version, new BitSet()));
        of(shown, "device-0").add(1);
        assertThat(broken()).contains("no-sequence-number-reused");
        happened.add(Happening.CLONED.label());
        assertThat(broken()).as("and it is not flagged").contains("no-sequence-number-reused");
    }

    @Test
    void aFileOfAnotherWriter() {
        Path file = Path.of("/device-0/devices/aaaaaaaaaaaaaaaaaaaaaaaaaa/head-0.cairn");
        oracle.changing("device-0", DiskOperation.MOVE, file);
        assertThat(broken()).isEmpty();
        oracle.changing("device-1", DiskOperation.DELETE, file);
        assertThat(broken()).containsExactly("own-files-only");
    }

    @Test
    void aFileOfTheUser() {
        oracle.changing("device-0", DiskOperation.DELETE, Path.of("/device-0/photo.jpg"));
        assertThat(broken()).containsExactly("own-files-only");
    }

    @Test
    void readableWords() throws IOException {
        Files.writeString(of(folders, "device-0").resolve("x"), "the " + UserActs.WORD + " burns");
        assertThat(broken()).containsExactly("no-plaintext-in-the-folder");
        Files.delete(of(folders, "device-0").resolve("x"));
        Files.writeString(of(folders, "device-0").resolve(UserActs.DOCUMENT), "");
        assertThat(broken()).containsExactly("no-plaintext-in-the-folder");
    }

    @Test
    void tooManyFiles() throws IOException {
        Path own = of(folders, "device-0")
                .resolve("devices")
                .resolve(space().status().self().writers().get(0).toString());
        for (int i = 0; i < 100; i++) {
            Files.writeString(own.resolve("c" + i + ".cairn"), "");
        }
        assertThat(broken()).contains("bounded-files");
    }

    @Test
    void aRuleOfAnotherPart() {
        CairnFleet fleet = new CairnFleet(
                directory, List.of(FleetInvariant.of("one-leader", view -> List.of("two leaders in term 3"))));
        assertThat(fleet.check(
                        new FleetView(spaces, folders, shown, oracle.promises(), happened, Set.of(), oracle.noted())))
                .containsExactly(new Broken("one-leader", "two leaders in term 3"));
    }
}
