package dev.cairn.replica.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.history.Linked.How;
import dev.cairn.replica.store.LocalStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkerTest {
    private static final WriterId WRITER = new WriterId(1, 2);
    private static final DeviceId DEVICE = new DeviceId(3, 4);
    private static final DeviceId OTHER_DEVICE = new DeviceId(5, 6);
    private static final ChainPoint ORIGIN = ChainPoint.origin(new SpaceId(7, 8), WRITER, Bytes.owning(new byte[32]));

    @TempDir
    Path directory;

    private LocalStore store;
    private Linker linker;
    private Lines lines;

    @BeforeEach
    void open() {
        store = LocalStore.open(directory.resolve("local.db"));
        lines = Lines.load(store);
        linker = new Linker(store, lines, new Chains(store));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static ChangeRun run(ChainPoint before, int count) {
        ChangeRun.Builder run = ChangeRun.builder(WRITER, before);
        for (int i = 1; i <= count; i++) {
            run.add(new Change(before.lamport() + i, i, List.of(), Optional.empty(), Bytes.of(i)));
        }
        return run.build();
    }

    private How link(DeviceId device, ChangeRun run) {
        return store.write(() -> linker.link(device, run, ORIGIN).how());
    }

    @Test
    void continuesWhereTheLineEnds() {
        ChangeRun all = run(ORIGIN, 6);
        assertThat(link(DEVICE, all.slice(4, 6))).isEqualTo(How.WAITS);
        assertThat(link(DEVICE, all.slice(0, 3))).isEqualTo(How.EXTENDS);
        assertThat(link(DEVICE, all.slice(1, 5))).isEqualTo(How.EXTENDS);
        assertThat(link(DEVICE, all.slice(0, 4))).isEqualTo(How.KNOWN);
        assertThat(lines.of(WRITER))
                .singleElement()
                .satisfies(line -> assertThat(line.end()).isEqualTo(all.pointAfter(4)));
    }

    /** Another process has read the later file, this one reads the earlier. */
    @Test
    void whatAnotherProcessLetWaitIsLinked() {
        ChangeRun all = run(ORIGIN, 6);
        Linker other = new Linker(store, Lines.load(store), new Chains(store));
        store.write(() -> other.link(DEVICE, all.slice(4, 6), ORIGIN));
        store.write(() -> {
            linker.begin();
            linker.link(DEVICE, all.slice(0, 4), ORIGIN);
            return linker.linkWaiting(WRITER, ORIGIN);
        });
        assertThat(lines.of(WRITER))
                .singleElement()
                .satisfies(line -> assertThat(line.end()).isEqualTo(all.after()));
    }

    @Test
    void anotherDeviceContinuesNobodysChain() {
        ChangeRun first = run(ORIGIN, 3);
        assertThat(link(DEVICE, first)).isEqualTo(How.EXTENDS);
        assertThat(link(OTHER_DEVICE, run(first.after(), 2))).isEqualTo(How.WAITS);
        assertThat(link(OTHER_DEVICE, run(first.pointAfter(0), 2))).isEqualTo(How.WAITS);
        assertThat(lines.of(WRITER))
                .singleElement()
                .satisfies(line -> assertThat(line.end()).isEqualTo(first.after()));
    }

    @Test
    void numbersThatDoNotFitTheChainFindNoPlace() {
        ChangeRun first = run(ORIGIN, 3);
        assertThat(link(DEVICE, first)).isEqualTo(How.EXTENDS);
        ChainPoint end = first.after();
        ChainPoint later = new ChainPoint(end.seq(), end.hash(), end.lamport() + 1, end.timeMillis());
        ChainPoint younger = new ChainPoint(end.seq(), end.hash(), end.lamport(), end.timeMillis() + 1);
        assertThat(link(DEVICE, run(later, 2))).isEqualTo(How.WAITS);
        assertThat(link(DEVICE, run(younger, 2))).isEqualTo(How.WAITS);
        assertThat(link(DEVICE, run(end, 2))).isEqualTo(How.EXTENDS);
    }

    @Test
    void twoContinuationsOfOneDeviceAreBranches() {
        ChangeRun first = run(ORIGIN, 3);
        assertThat(link(DEVICE, first)).isEqualTo(How.EXTENDS);
        ChangeRun.Builder other = ChangeRun.builder(WRITER, first.pointAfter(0));
        other.add(new Change(2, 9, List.of(), Optional.empty(), Bytes.of(99)));
        assertThat(link(DEVICE, other.build())).isEqualTo(How.BRANCHES);
        assertThat(linker.branched()).isTrue();
    }

    /** A third machine's file begins before the first fork and leaves one of the branches: nobody could read it. */
    @Test
    void aBranchOfABranchComesInAFileThatBeginsOnTheTrunk() {
        ChangeRun trunk = run(ORIGIN, 20);
        ChangeRun one = continued(trunk.pointAfter(16), 12, 50);
        ChangeRun two =
                ChangeRun.concat(List.of(trunk.slice(0, 17), one.slice(0, 2), continued(one.pointAfter(1), 3, 70)));
        List<Set<String>> actors = new ArrayList<>();
        for (List<ChangeRun> order :
                List.of(List.of(trunk, one, two), List.of(two, one, trunk), List.of(one, two, trunk))) {
            try (LocalStore fresh = LocalStore.open(directory.resolve(actors.size() + ".db"))) {
                for (int round = 0; round < 2; round++) {
                    for (ChangeRun run : order) {
                        Linker fresher = new Linker(fresh, Lines.load(fresh), new Chains(fresh));
                        fresh.write(() -> fresher.link(DEVICE, run, ORIGIN));
                    }
                }
                assertThat(fresh.runs().changes()).isEqualTo(20 + 12 + 3);
                actors.add(fresh.runs().lines().stream()
                        .map(line -> line.actor().toHex())
                        .collect(Collectors.toSet()));
            }
        }
        assertThat(actors).allMatch(actors.get(0)::equals);
        assertThat(actors.get(0)).hasSize(5);
    }

    private static ChangeRun continued(ChainPoint before, int count, int content) {
        ChangeRun.Builder run = ChangeRun.builder(WRITER, before);
        for (int i = 1; i <= count; i++) {
            run.add(new Change(before.lamport() + i, i, List.of(), Optional.empty(), Bytes.of(content + i)));
        }
        return run.build();
    }

    /** Otherwise a member who names somebody else's writer would keep the devices apart which see him first. */
    @Test
    void twoDevicesUnderOneWriterIdAreBranchesWhicheverComesFirst() {
        ChainPoint squatted = ChainPoint.origin(new SpaceId(7, 8), WRITER, Bytes.owning(new byte[] {1}));
        ChangeRun genuine = run(ORIGIN, 4);
        ChangeRun fake = run(squatted, 3);
        List<List<String>> actors = new ArrayList<>();
        for (boolean genuineFirst : new boolean[] {true, false}) {
            try (LocalStore fresh = LocalStore.open(directory.resolve(genuineFirst + ".db"))) {
                int[] order = genuineFirst ? new int[] {0, 1, 0, 1} : new int[] {1, 0, 1, 0};
                for (int which : order) {
                    Lines loaded = Lines.load(fresh);
                    Linker fresher = new Linker(fresh, loaded, new Chains(fresh));
                    fresh.write(() -> which == 0
                            ? fresher.link(DEVICE, genuine, ORIGIN)
                            : fresher.link(OTHER_DEVICE, fake, squatted));
                }
                assertThat(fresh.runs().changes()).isEqualTo(7);
                actors.add(fresh.runs().lines().stream()
                        .map(line -> line.actor().toHex())
                        .sorted()
                        .toList());
            }
        }
        assertThat(actors.get(0)).isEqualTo(actors.get(1)).hasSize(3);
    }

    /** One who began a chain under another's writer id twice gave two lines one name: nobody could read. */
    @Test
    void whoBeginsAnothersChainInSeveralWaysMakesBranchesInEveryOrder() {
        ChainPoint squatted = ChainPoint.origin(new SpaceId(7, 8), WRITER, Bytes.owning(new byte[] {1}));
        ChangeRun genuine = run(ORIGIN, 4);
        ChangeRun fake = run(squatted, 3);
        ChangeRun.Builder another = ChangeRun.builder(WRITER, squatted);
        another.add(new Change(1, 9, List.of(), Optional.empty(), Bytes.of(77)));
        another.add(new Change(2, 9, List.of(), Optional.empty(), Bytes.of(78)));
        List<ChangeRun> runs = List.of(genuine, fake.slice(0, 1), another.build(), fake.slice(1, 3), fake);
        List<List<String>> actors = new ArrayList<>();
        for (int[] order : new int[][] {{0, 1, 2, 3, 4}, {1, 2, 3, 0, 4}, {2, 4, 0, 1, 3}, {3, 2, 1, 0, 4}}) {
            try (LocalStore fresh = LocalStore.open(directory.resolve("order-" + actors.size() + ".db"))) {
                for (int round = 0; round < 2; round++) {
                    for (int which : order) {
                        Linker fresher = new Linker(fresh, Lines.load(fresh), new Chains(fresh));
                        DeviceId device = which == 0 ? DEVICE : OTHER_DEVICE;
                        ChainPoint origin = which == 0 ? ORIGIN : squatted;
                        fresh.write(() -> fresher.link(device, runs.get(which), origin));
                    }
                }
                assertThat(fresh.runs().changes()).isEqualTo(9);
                assertThat(Lines.load(fresh).branches(line -> true)).hasSize(3);
                actors.add(fresh.runs().lines().stream()
                        .map(line -> line.actor().toHex())
                        .sorted()
                        .toList());
            }
        }
        assertThat(actors.stream().distinct()).hasSize(1);
    }
}
