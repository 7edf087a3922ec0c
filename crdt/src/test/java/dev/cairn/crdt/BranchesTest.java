package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.InvalidOperation;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer W which went on in two ways behind its change 2, as A and as B; A did so again, as A1 and A2. */
class BranchesTest {
    private static final ActorId W = new ActorId(1, 1);
    private static final ActorId A = new ActorId(7, 2);
    private static final ActorId B = new ActorId(-3, 3);
    private static final ActorId A1 = new ActorId(4, 4);
    private static final ActorId A2 = new ActorId(9, 5);
    private static final ActorId C = new ActorId(2, 6);
    private static final List<Branch> ONE_FORK = List.of(new Branch(A, W, 2), new Branch(B, W, 2));
    private static final List<Branch> TWO_FORKS =
            List.of(new Branch(A2, A, 2), new Branch(B, W, 2), new Branch(A, W, 2), new Branch(A1, A, 2));

    private final List<TestRun.Change> shared = new ArrayList<>();

    BranchesTest() {
        DocumentSet set = DocumentSet.create();
        shared.add(edit(set, W, map -> map.list("l").insertMap(0).put("of", "W")));
        shared.add(edit(set, W, map -> map.map("m").put("of", "W")));
    }

    private static TestRun.Change edit(DocumentSet set, ActorId actor, Consumer<MapEditor> edits) {
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 1000);
        edits.accept(session.on("d").map());
        return TestRun.Change.of(session.finish());
    }

    private static DocumentSet set(List<Branch> branches, List<TestRun.Change> changes) {
        DocumentSet set = DocumentSet.create(branches);
        integrate(set, changes);
        return set;
    }

    private static void integrate(DocumentSet set, List<TestRun.Change> changes) {
        assertThat(set.integrate(changes.stream().map(TestRun::of).toList()).refused())
                .isEmpty();
    }

    /** Two changes of the writer, which knows of no branch: it makes containers, and edits inside them. */
    private List<TestRun.Change> clone(String name) {
        DocumentSet set = set(List.of(), shared);
        List<TestRun.Change> changes = new ArrayList<>();
        changes.add(edit(set, W, map -> {
            map.list("l").insertMap(0).put("of", name);
            map.remove("m");
        }));
        changes.add(edit(set, W, map -> {
            map.list("l").map(0).put("more", name);
            map.map("m").put("of", name);
        }));
        changes.add(edit(set, W, map -> {
            map.list("l").map(0).put("yet", name);
            map.map("m").put("more", name);
        }));
        return changes;
    }

    /** Gives changes of one actor, in order, to a branch of it. */
    private static List<TestRun.Change> relabel(List<TestRun.Change> changes, Branch branch) {
        List<TestRun.Change> relabelled = new ArrayList<>();
        for (TestRun.Change change : changes) {
            long seq = change.id().seq() - branch.fork();
            List<ChangeId> parents = new ArrayList<>(change.parents());
            if (seq == 1) {
                parents.add(new ChangeId(branch.parent(), branch.fork()));
            }
            Collections.sort(parents);
            ChangeId id = new ChangeId(branch.actor(), seq);
            relabelled.add(new TestRun.Change(id, change.lamport(), change.time(), parents, change.operations()));
        }
        return relabelled;
    }

    private static List<ActorId> actorsOfIds(TestRun.Change change) {
        List<ActorId> actors = new ArrayList<>();
        byte[] bytes = new byte[change.operations().remaining()];
        change.operations().duplicate().get(bytes);
        OperationReader reader = new OperationReader();
        reader.reset(bytes, 0, bytes.length);
        while (reader.next()) {
            if (reader.kind() == Layout.ENTER_MADE || (reader.kind() == Layout.ENTER && reader.based())) {
                actors.add(new ActorId(reader.idActorHigh(), reader.idActorLow()));
            }
        }
        return actors;
    }

    private List<TestRun.Change> bothBranches() {
        List<TestRun.Change> all = new ArrayList<>(shared);
        all.addAll(relabel(clone("A"), ONE_FORK.get(0)));
        all.addAll(relabel(clone("B"), ONE_FORK.get(1)));
        return all;
    }

    private static List<Object> elements(DocumentSet set) {
        return new ArrayList<>((List<?>) set.document("d").toPlain().get("l"));
    }

    private static void assertSameInAnyOrder(
            DocumentSet expected, List<Branch> branches, List<TestRun.Change> changes) {
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            List<TestRun.Change> shuffled = new ArrayList<>(changes);
            Collections.shuffle(shuffled, random);
            DocumentSet set = set(branches, shuffled);
            assertThat(set.stateHash()).isEqualTo(expected.stateHash());
            assertThat(set.invalid()).isEmpty();
        }
    }

    @Test
    void whatAWriterEditedOnEitherBranchStaysInAnyOrder() {
        DocumentSet set = set(ONE_FORK, bothBranches());
        assertThat(set.invalid()).isEmpty();
        assertThat(elements(set))
                .containsExactlyInAnyOrder(
                        Map.of("of", "W"),
                        Map.of("of", "A", "more", "A", "yet", "A"),
                        Map.of("of", "B", "more", "B", "yet", "B"));
        for (Branch branch : ONE_FORK) {
            String name = branch.actor().equals(A) ? "A" : "B";
            Heads head = Heads.of(List.of(new ChangeId(branch.actor(), 3)));
            assertThat(set.documentAt("d", head).toPlain()).containsEntry("m", Map.of("of", name, "more", name));
        }
        assertSameInAnyOrder(set, ONE_FORK, bothBranches());
    }

    @Test
    void whoSawOneBranchWritesTheWritersIdWhetherItKnowsTheForkOrNot() {
        Consumer<MapEditor> edits = map -> map.list("l").map(0).put("by", "C");
        DocumentSet unaware = set(List.of(), shared);
        integrate(unaware, clone("A"));
        TestRun.Change before = edit(unaware, C, edits);
        DocumentSet aware = set(ONE_FORK, bothBranches().subList(0, 5));
        TestRun.Change after = edit(aware, C, edits);
        assertThat(after.operations()).isEqualTo(before.operations());
        assertThat(actorsOfIds(after)).containsExactly(W);
        List<TestRun.Change> all = bothBranches();
        all.add(after);
        DocumentSet set = set(ONE_FORK, all);
        assertThat(elements(set)).contains(Map.of("of", "A", "more", "A", "yet", "A", "by", "C"));
        assertSameInAnyOrder(set, ONE_FORK, all);
    }

    @Test
    void whoSawBothBranchesNamesTheBranch() {
        DocumentSet set = set(ONE_FORK, bothBranches());
        TestRun.Change change = edit(set, C, map -> {
            map.map("m").put("by", "C");
            for (int i = 0; i < 3; i++) {
                map.list("l").map(i).put("by", "C");
            }
        });
        assertThat(actorsOfIds(change)).hasSize(4).contains(W, A, B);
        assertThat(elements(set)).contains(Map.of("of", "W", "by", "C"));
        List<TestRun.Change> all = bothBranches();
        all.add(change);
        assertSameInAnyOrder(set, ONE_FORK, all);
    }

    @Test
    void anIdWithTwoMeaningsHasNone() {
        DocumentSet set = set(ONE_FORK, bothBranches());
        OperationWriter writer = new OperationWriter();
        writer.document(new byte[] {'d'}, 0, 1);
        writer.enterMade(ContainerType.MAP);
        writer.id(W.high(), W.low(), 3, 0);
        writer.remove(new byte[] {'o', 'f'}, 0, 2);
        writer.leave(1);
        writer.make(ContainerType.MAP, new byte[] {'m'}, 0, 1, true);
        writer.id(W.high(), W.low(), 3, 1);
        Heads heads = set.heads();
        TestRun.Change change = new TestRun.Change(
                new ChangeId(C, 1), 6, 0, heads.changes(), writer.sink().copy());
        Object before = set.document("d").toPlain();
        integrate(set, List.of(change));
        assertThat(set.document("d").toPlain()).isEqualTo(before);
        assertThat(set.invalid())
                .extracting(InvalidOperation::reason)
                .containsExactly("a container that is not there", "a base that is not there");
    }

    @Test
    void aBranchCanHaveBranches() {
        List<TestRun.Change> first = relabel(clone("A"), ONE_FORK.get(0));
        List<TestRun.Change> all = new ArrayList<>(bothBranches());
        all.remove(first.get(2));
        all.addAll(relabel(first.subList(2, 3), TWO_FORKS.get(3)));
        DocumentSet other = set(ONE_FORK, bothBranches().subList(0, 4));
        List<TestRun.Change> second = List.of(
                edit(other, A, map -> map.list("l").insertMap(0).put("of", "A2")),
                edit(other, A, map -> map.list("l").map(0).put("more", "A2")));
        assertThat(actorsOfIds(second.get(1))).containsExactly(W);
        all.addAll(relabel(second, TWO_FORKS.get(0)));
        DocumentSet set = set(TWO_FORKS, all);
        assertThat(elements(set))
                .containsExactlyInAnyOrder(
                        Map.of("of", "W"),
                        Map.of("of", "A", "more", "A", "yet", "A"),
                        Map.of("of", "B", "more", "B", "yet", "B"),
                        Map.of("of", "A2", "more", "A2"));
        assertSameInAnyOrder(set, TWO_FORKS, all);
    }

    @Test
    void aSetOpenedAtACheckpointReadsAndWritesTheSameIds() {
        DocumentSet whole = set(ONE_FORK, bothBranches());
        DocumentSet saved = set(ONE_FORK, bothBranches());
        DocumentSet opened = DocumentSet.open(
                saved.checkpoint(),
                saved::snapshot,
                () -> bothBranches().stream().map(TestRun::of).toList(),
                ONE_FORK);
        TestRun.Change change = edit(opened, C, map -> {
            map.map("m").put("by", "C");
            map.list("l").map(0).put("by", "C");
        });
        assertThat(actorsOfIds(change)).doesNotContain(W);
        integrate(whole, List.of(change));
        assertThat(opened.stateHash()).isEqualTo(whole.stateHash());
        assertThat(whole.invalid()).isEmpty();
        TestRun.Change concurrent = edit(
                set(ONE_FORK, bothBranches().subList(0, 5)),
                new ActorId(3, 7),
                map -> map.map("m").put("late", 1));
        integrate(opened, List.of(concurrent));
        integrate(whole, List.of(concurrent));
        assertThat(opened.stateHash()).isEqualTo(whole.stateHash());
        assertThat(opened.invalid()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void eachBranchReadsAsItWasWritten(long seed) {
        Fleet fleet = new Fleet(seed, 2, false);
        ActorId writer = fleet.actors.get(0);
        fleet.actors.set(1, writer);
        List<TestRun.Change> all = new ArrayList<>(edits(fleet, 0, 20));
        integrate(fleet.devices.get(1), all);
        long fork = fleet.devices.get(0).version().of(writer);
        List<Branch> branches = List.of(new Branch(A, writer, fork), new Branch(B, writer, fork));
        for (int i = 0; i < 2; i++) {
            all.addAll(relabel(edits(fleet, i, 40), branches.get(i)));
        }
        DocumentSet merged = set(branches, all);
        assertThat(merged.invalid()).isEmpty();
        for (int i = 0; i < 2; i++) {
            ActorId actor = branches.get(i).actor();
            Heads head = Heads.of(List.of(new ChangeId(actor, merged.version().of(actor))));
            assertThat(merged.documentAt("a", head).toPlain().toString())
                    .isEqualTo(nodesOf(branches.get(i), fleet.devices.get(i).document("a")));
        }
        fleet.devices.add(merged);
        fleet.actors.add(C);
        all.addAll(edits(fleet, 2, 40));
        assertSameInAnyOrder(merged, branches, all);
    }

    /** Returns a document of a branch with the names which nodes made there have on the branch. */
    private static String nodesOf(Branch branch, DocumentState state) {
        return Pattern.compile("id=([0-9a-f-]+)")
                .matcher(state.toPlain().toString())
                .replaceAll(found -> {
                    TreeNodeId id = TreeNodeId.parse(found.group(1));
                    boolean beyond = id.actor().equals(branch.parent()) && id.seq() > branch.fork();
                    return "id=" + (beyond ? new TreeNodeId(branch.actor(), id.seq() - branch.fork(), id.index()) : id);
                });
    }

    private static List<TestRun.Change> edits(Fleet fleet, int device, int count) {
        fleet.changes.clear();
        for (int i = 0; i < count; i++) {
            fleet.edit(device);
        }
        return List.copyOf(fleet.changes.values());
    }
}
