package dev.cairn.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.fleet.FleetOptions.Company;
import dev.cairn.cli.fleet.FleetResult.Broken;
import dev.cairn.cli.fleet.Promises.Promise;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.Token;
import dev.cairn.replica.ElectionFolder;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.replica.Version;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.fleet.Happening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    private final List<Bytes> keys = new ArrayList<>();
    private final SortedMap<String, String> leaders = new TreeMap<>();
    private final Oracle oracle = new Oracle(Set.of(Company.LEADER));

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
                                spaces,
                                folders,
                                shown,
                                oracle.promises(),
                                happened,
                                Set.of(),
                                keys,
                                leaders,
                                oracle.noted()))
                        .stream()
                        .map(Broken::invariant)
                        .distinct()
                        .toList();
    }

    /** What one rule says, as the rules before it would have looked at the folder. */
    private List<String> broken(String rule) {
        FleetInvariant invariant = Stream.concat(
                        Invariants.ALL.stream(), Stream.of(new Newcomer(directory.resolve("scratch"))))
                .filter(each -> each.name().equals(rule))
                .findFirst()
                .orElseThrow();
        return invariant.broken(new FleetView(
                spaces, folders, shown, oracle.promises(), happened, Set.of(), keys, leaders, oracle.noted()));
    }

    /** A further device in the space of the first, which has its files. */
    private Space member(String name) throws IOException {
        String code = space().invite(InviteOptions.writer()).code();
        space().flush();
        Path folder = Files.createDirectories(directory.resolve("folders").resolve("of-" + folders.size()));
        folders.put(name, folder);
        copy("device-0", name);
        Space joined = ((JoinResult.Joined)
                        Space.join(folder, code, SpaceOptions.inState(directory.resolve("state-" + name))))
                .space();
        spaces.put(name, joined);
        joined.flush();
        copy(name, "device-0");
        space().refresh();
        return joined;
    }

    /** Copies what the other folder does not have, as it is. */
    private void copy(String from, String to) throws IOException {
        Path source = of(folders, from);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = of(folders, to).resolve(source.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void aDamagedFileNobodySpeaksOf() throws IOException {
        assertThat(broken("unverified-files-explained")).isEmpty();
        try (Stream<Path> files = Files.walk(of(folders, "device-0"))) {
            Path head = files.filter(file -> file.toString().contains("head-"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(head);
            bytes[bytes.length / 2] ^= 1;
            Files.write(head.resolveSibling("head-damaged.cairn"), bytes);
        }
        assertThat(broken("unverified-files-explained"))
                .singleElement()
                .asString()
                .contains("says nothing about", "head-damaged.cairn");
        space().refresh();
        assertThat(broken("unverified-files-explained"))
                .as("then the device says why")
                .isEmpty();
    }

    @Test
    void aFileThatWasNotTakenInAtTheFirstLook() throws IOException {
        Space other = member("device-1");
        assertThat(broken("idempotent-refresh")).isEmpty();
        other.commit(tx -> tx.on("numbers").map().put("late", 1));
        other.flush();
        copy("device-1", "device-0");
        assertThat(broken("idempotent-refresh")).containsExactly("device-0 changes by looking again at the same files");
        assertThat(broken("idempotent-refresh")).isEmpty();
    }

    @Test
    void aChangeThatWaitsForWhatIsNowhere() throws IOException {
        member("device-1");
        Space third = member("device-2");
        assertThat(broken("nothing-waits")).isEmpty();
        commit("device-1", 1);
        copy("device-1", "device-2");
        third.refresh();
        third.commit(tx -> tx.on("numbers").map().put("after it", 2));
        third.flush();
        WriterId writer = third.status().self().writers().get(0);
        Path own = Path.of("devices", writer.toString());
        try (Stream<Path> files = Files.list(of(folders, "device-2").resolve(own))) {
            for (Path head :
                    files.filter(file -> file.toString().contains("head-")).toList()) {
                Files.copy(
                        head,
                        of(folders, "device-0").resolve(own).resolve(head.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        space().refresh();
        assertThat(broken("nothing-waits")).singleElement().asString().startsWith("device-0 is waiting for");
        happened.add(Happening.BACKUP_RESTORED.label());
        assertThat(broken("nothing-waits")).as("which took nothing back").hasSize(1);
        oracle.promises().doubt(1);
        assertThat(broken("nothing-waits")).as("lost with the backup").isEmpty();
    }

    /** Its head has not come, whatever else has. */
    @Test
    void aDeviceOfWhichOthersHaveNeverHeard() throws IOException {
        Space other = member("device-1");
        assertThat(broken("everybody-is-heard-of")).isEmpty();
        String code = space().invite(InviteOptions.writer()).code();
        space().flush();
        copy("device-0", "device-1");
        Path folder = Files.createDirectories(directory.resolve("folders").resolve("silent"));
        folders.put("silent", folder);
        copy("device-1", "silent");
        spaces.put(
                "silent",
                ((JoinResult.Joined) Space.join(folder, code, SpaceOptions.inState(directory.resolve("state-silent"))))
                        .space());
        of(spaces, "silent").flush();
        copy("silent", "device-1");
        for (WriterId writer : of(spaces, "silent").status().self().writers()) {
            Path own = of(folders, "device-1").resolve("devices").resolve(writer.toString());
            Files.deleteIfExists(own.resolve("head-0.cairn"));
            Files.deleteIfExists(own.resolve("head-1.cairn"));
        }
        other.refresh();
        assertThat(broken("everybody-is-heard-of")).anyMatch(line -> line.startsWith("device-1 has never heard of"));
    }

    @Test
    void aDeviceWhichNoOwnerGaveUp() throws IOException {
        Space other = member("device-1");
        oracle.retiring().judgeGivenUp("device-0", space());
        assertThat(oracle.noted()).isEmpty();
        space().compaction().retire(other.device());
        oracle.retiring().judgeGivenUp("device-0", space());
        assertThat(oracle.noted()).containsOnlyKeys("given-up-by-the-owner");
    }

    @Test
    void aCopiedMachineThatKeepsItsName() throws IOException {
        oracle.cloned("device-0", "device-0-clone1");
        commit("device-0", 1);
        assertThat(oracle.begin("device-0-clone1")).isEqualTo(2);
        oracle.judgeWriters(spaces);
        spaces.put("device-0-clone1", space());
        oracle.judgeWriters(spaces);
        assertThat(oracle.noted()).as("one of them has written nothing").isEmpty();
        oracle.acknowledged("device-0-clone1", 2, space().version(), space());
        oracle.judgeWriters(spaces);
        spaces.remove("device-0-clone1");
        assertThat(oracle.noted()).containsOnlyKeys("one-machine-per-writer");
    }

    /** A copied device has gone on, and only one of the others has seen both ways. */
    @Test
    void devicesThatNameDifferentCulprits() throws IOException {
        member("device-1");
        of(spaces, "device-1").close();
        Path state = directory.resolve("state-device-1");
        Path copy = directory.resolve("state-copy");
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, copy.resolve(state.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path second = Files.createDirectories(directory.resolve("folders").resolve("copy"));
        folders.put("copy", second);
        copy("device-1", "copy");
        spaces.put("device-1", Space.open(of(folders, "device-1"), SpaceOptions.inState(state)));
        try (Space clone = Space.open(second, SpaceOptions.inState(copy))) {
            of(spaces, "device-1").commit(tx -> tx.on("numbers").map().put("one", 1));
            of(spaces, "device-1").flush();
            copy("device-1", "device-0");
            space().refresh();
            assertThat(broken("all-name-the-same")).isEmpty();
            clone.commit(tx -> tx.on("numbers").map().put("other", 2));
            clone.flush();
        }
        copy("copy", "device-0");
        space().refresh();
        assertThat(broken("all-name-the-same")).singleElement().asString().contains("do not agree");
    }

    @Test
    void twoDevicesThatLeadByOneToken() {
        Token token = new Token(0, 3, space().status().self().writers().get(0));
        Map<Token, String> now = new TreeMap<>();
        oracle.leads(now, "device-0", token);
        assertThat(broken()).isEmpty();
        oracle.leads(now, "device-1", token);
        assertThat(broken()).containsExactly("one-leader-per-token");
    }

    @Test
    void aDeviceThatLeadsAgainByAnOldToken() {
        WriterId writer = space().status().self().writers().get(0);
        oracle.leads(new TreeMap<>(), "device-0", new Token(0, 3, writer));
        oracle.leads(new TreeMap<>(), "device-0", new Token(0, 3, writer));
        assertThat(broken()).isEmpty();
        oracle.leads(new TreeMap<>(), "device-0", new Token(0, 2, writer));
        assertThat(broken()).containsExactly("tokens-only-grow");
    }

    @Test
    void devicesThatNameDifferentLeaders() {
        leaders.put("device-0", "0.1.a");
        leaders.put("device-1", "0.1.a");
        assertThat(broken()).isEmpty();
        leaders.put("device-1", "0.1.b");
        assertThat(broken()).containsExactly("equal-papers-name-one-leader");
    }

    /** Of two papers which copies wrote in one place some devices have seen one that is nowhere now. */
    @Test
    void devicesThatNameDifferentLeadersByTheirFoldersAlthoughOneIsACopy() throws IOException {
        member("device-1");
        happened.add("cloned");
        leaders.put("device-0", "0.1.a");
        leaders.put("device-1", "0.1.b");
        assertThat(broken("equal-papers-name-one-leader")).isEmpty();
        claim("device-0", 1);
        copy("device-0", "device-1");
        assertThat(broken("equal-papers-name-one-leader")).isEmpty();
        claim("device-1", 2);
        assertThat(broken("equal-papers-name-one-leader"))
                .singleElement()
                .asString()
                .contains("device-1=0.2.");
    }

    private void claim(String device, long term) {
        ElectionFolder folder = of(spaces, device).electionFolder();
        OrderKey order = new OrderKey(false, 1, 0, folder.writer());
        Claim claim = new Claim(0, term, Claim.Proof.GRACE, order, 1_000, Claim.Status.ACTIVE, Optional.empty());
        assertThat(folder.publish(1, claim).published()).isTrue();
    }

    /** The one segment goes, and then its copy too. */
    @Test
    void aSegmentThatGoesBeforeAnythingElseHoldsIt() throws IOException {
        space().commit(tx -> tx.on("scratch").text("body").insert(0, "long ".repeat(20_000)));
        space().flush();
        Path segment;
        try (Stream<Path> files = Files.walk(of(folders, "device-0"))) {
            segment = files.filter(file -> file.toString().contains("changes"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow();
        }
        Path copy = Files.copy(segment, segment.resolveSibling("copy.cairn"));
        Supplier<FolderKeys> keys = () ->
                FolderKeys.load(of(folders, "device-0"), SpaceOptions.inState(directory.resolve("state-device-0")));
        oracle.changing("device-0", DiskOperation.DELETE, segment);
        oracle.judgeWithdrawn("device-0", keys);
        assertThat(broken()).as("the copy holds it").isEmpty();
        Files.delete(copy);
        oracle.changing("device-0", DiskOperation.DELETE, segment);
        oracle.judgeWithdrawn("device-0", keys);
        assertThat(broken()).contains("nothing-withdrawn-uncovered");
    }

    /** A change in a segment of its own, with a checkpoint that holds it, and no head that does any more. */
    private Path retirable() throws IOException {
        assertThat(oracle.begin("device-0")).isEqualTo(1);
        Version version = space().commit(oracle.messageOf(1), tx -> {
            tx.on("numbers").map().put("change-1", 1);
            tx.on("numbers").counter("sum").add(1);
            tx.on("scratch").text("body").insert(0, "long ".repeat(20_000));
        });
        oracle.acknowledged("device-0", 1, version, space());
        space().flush();
        space().compaction().checkpoint((done, total) -> {});
        commit("device-0", 2);
        commit("device-0", 3);
        look();
        return file("changes");
    }

    private Path file(String part) throws IOException {
        try (Stream<Path> files = Files.walk(of(folders, "device-0"))) {
            return files.filter(file -> file.toString().contains(part))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private FolderKeys deviceKeys() {
        return FolderKeys.load(of(folders, "device-0"), SpaceOptions.inState(directory.resolve("state-device-0")));
    }

    @Test
    void aSegmentThatGoesWithoutAWord() throws IOException {
        Path segment = retirable();
        oracle.changing("device-0", DiskOperation.DELETE, segment);
        oracle.judgeWithdrawn("device-0", this::deviceKeys);
        assertThat(oracle.retiring().count().now().segments()).isEqualTo(1);
        assertThat(broken())
                .as("of a writer which wrote no head nothing is known")
                .isEmpty();
        oracle.changing("device-0", DiskOperation.MOVE, file("head-0"));
        oracle.changing("device-0", DiskOperation.DELETE, segment);
        oracle.judgeWithdrawn("device-0", this::deviceKeys);
        assertThat(broken()).containsExactly("withdrawn-as-announced");
    }

    @Test
    void aSegmentThatGoesBeforeAnotherDeviceHasIt() throws IOException {
        Path segment = retirable();
        ChangeRun gone = new Remains.Readers(deviceKeys())
                .segment(Bytes.owning(Files.readAllBytes(segment)))
                .orElseThrow();
        Agreements agreements = new Agreements(oracle.promises());
        agreements.acknowledged(1, space());
        BitSet none = new BitSet();
        assertThat(agreements.broken("device-0", gone, Map.of("device-1", none)))
                .as("its author knew of nobody else")
                .isEmpty();
        member("device-1").close();
        spaces.remove("device-1");
        agreements.acknowledged(1, space(), device -> "device-1");
        assertThat(agreements.broken("device-0", gone, Map.of("device-1", none)))
                .hasValueSatisfying(line -> assertThat(line).contains("device-1 lacks 1"));
        assertThat(agreements.broken("device-0", gone, Map.of()))
                .as("what does not run cannot be asked")
                .isEmpty();
        BitSet all = new BitSet();
        all.set(0, 4);
        agreements.shown("device-1", all);
        assertThat(agreements.broken("device-0", gone, Map.of("device-1", none)))
                .isEmpty();
    }

    /** A checkpoint goes, and the segments with what it held are gone already. */
    @Test
    void aCheckpointThatGoesBeforeAnotherHoldsWhatItHeld() throws IOException {
        Path segment = retirable();
        Path checkpoint = file("checkpoints");
        oracle.changing("device-0", DiskOperation.DELETE, checkpoint);
        oracle.judgeWithdrawn("device-0", this::deviceKeys);
        assertThat(broken()).as("the segment holds it").isEmpty();
        Files.delete(segment);
        oracle.changing("device-0", DiskOperation.DELETE, checkpoint);
        oracle.judgeWithdrawn("device-0", this::deviceKeys);
        assertThat(broken()).contains("nothing-withdrawn-uncovered");
    }

    /** What all show must be in the files, or who comes later never gets it. */
    @Test
    void aChangeThatIsInNoFile() throws IOException {
        assertThat(broken("a-newcomer-gets-everything")).isEmpty();
        space().commit(tx -> tx.on("scratch").text("body").insert(0, "long ".repeat(20_000)));
        space().flush();
        try (Stream<Path> files = Files.walk(of(folders, "device-0"))) {
            for (Path file : files.filter(file -> file.toString().contains("changes"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                Files.delete(file);
            }
        }
        assertThat(broken("a-newcomer-gets-everything"))
                .singleElement()
                .asString()
                .contains("another state");
    }

    @Test
    void aKeyInTheFolder() throws IOException {
        Bytes file = Bytes.owning(
                Files.readAllBytes(directory.resolve("state-device-0").resolve("keys")));
        keys.add(file);
        assertThat(broken()).isEmpty();
        Files.write(
                of(folders, "device-0").resolve("notes.txt"),
                file.slice(file.size() / 2, file.size() / 2 + 32).toArray());
        assertThat(broken()).containsExactly("no-key-in-the-folder");
    }

    @Test
    void aProcessThatFailsOnADiskThatWorks() {
        CairnFleet fleet = new CairnFleet(directory.resolve("runs"), List.of(), (device, known) -> {
            throw new IllegalStateException("planted");
        });
        FleetResult result = fleet.run(1, new FleetOptions("perfect", 2, Duration.ofMinutes(5), Set.of(), Set.of()));
        assertThat(result.broken()).singleElement().satisfies(rule -> {
            assertThat(rule.invariant()).isEqualTo("no-unexpected-failure");
            assertThat(rule.text()).contains("device-0", "planted");
        });
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

    /** The second device shows these changes, and knows all devices as members. */
    private void looked(Integer... numbers) {
        oracle.looked("device-1", new TreeSet<>(Set.of(numbers)), () -> Set.of("device-0", "device-1"));
    }

    @Test
    void aChangeBeforeWhatItBuildsOn() {
        commit("device-0", 1);
        looked(1);
        assertThat(broken()).contains("causal-order");
    }

    @Test
    void aDeviceThatForgets() {
        looked(0);
        looked();
        assertThat(broken()).containsExactly("monotonic-reads");
    }

    @Test
    void whatADeviceThatIsNoMemberWroteMayGo() {
        looked(0);
        oracle.looked("device-1", new TreeSet<>(), () -> Set.of("device-1"));
        assertThat(broken()).isEmpty();
    }

    @Test
    void aBackupMayForgetAndNothingElse() {
        oracle.backedUp("device-1");
        looked(0);
        oracle.restored("device-1");
        looked();
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

    /** Whoever leads may clean up behind a member that was given up, but deletes nothing of it but its segments. */
    @Test
    void aSegmentOfAnotherWriter() throws IOException {
        Space other = member("device-1");
        other.commit(tx -> tx.on("scratch").text("body").insert(0, "long ".repeat(20_000)));
        other.flush();
        copy("device-1", "device-0");
        Path segment = file("changes");
        Path head = file("devices/" + other.status().self().writers().get(0) + "/head-");
        Files.copy(segment, segment.resolveSibling("copy.cairn"));
        oracle.retiring().isNow("device-1", other.device());
        assertThat(oracle.retiring().giveUp(other.device())).as("it lives").isFalse();
        oracle.retiring().isNow("device-1", space().device());
        assertThat(oracle.retiring().giveUp(other.device())).isTrue();
        oracle.changing("device-1", DiskOperation.MOVE, segment);
        oracle.changing("device-0", DiskOperation.DELETE, segment);
        oracle.judgeWithdrawn("device-0", this::deviceKeys);
        oracle.judgeTouched();
        assertThat(oracle.noted()).isEmpty();
        oracle.changing("device-0", DiskOperation.DELETE, head);
        oracle.judgeTouched();
        assertThat(oracle.noted()).containsOnlyKeys("own-files-only");
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
        assertThat(fleet.check(new FleetView(
                        spaces, folders, shown, oracle.promises(), happened, Set.of(), keys, leaders, oracle.noted())))
                .containsExactly(new Broken("one-leader", "two leaders in term 3"));
    }
}
