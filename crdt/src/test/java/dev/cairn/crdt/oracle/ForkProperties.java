package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.RecordedRun;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.TreeNodeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * A writer which was cloned, or restored from a backup, and went on in two ways under one id, and then one of these
 * once more: what it did means the same to the engine, in any order of arrival, and to the oracle.
 */
final class ForkProperties {
    private static final ActorId A = new ActorId(7, 2);
    private static final ActorId B = new ActorId(-3, 3);
    private static final ActorId A1 = new ActorId(1, 4);
    private static final ActorId A2 = new ActorId(-9, 5);
    private static final ActorId LATER = new ActorId(12, 6);

    private final List<LocalChange> all = new ArrayList<>();
    private final List<Branch> branches = new ArrayList<>();
    private final List<TreeNodeId> nodes = new ArrayList<>();
    private Oracle oracle = new Oracle();
    private List<Kind> favourites = List.of();
    private Fleet fleet = new Fleet(0);

    private DocumentSet engine(List<Branch> known, List<LocalChange> changes) {
        DocumentSet set = DocumentSet.create(known);
        assertThat(set.integrate(RecordedRun.runs(changes)).refused()).isEmpty();
        return set;
    }

    /** Makes a change of a user who knows those nodes of trees, and those which it makes. */
    private LocalChange write(DocumentSet set, ActorId actor, List<TreeNodeId> known, Random random) {
        EditSession session = set.begin(actor, set.version().of(actor) + 1, random.nextInt(1000));
        new FreeUser(session, random, favourites, known).edit(1 + random.nextInt(4));
        return session.finish();
    }

    /** Notes changes, in order, and what they mean by their bytes to an oracle which knows nothing else. */
    private void note(List<LocalChange> changes, Oracle author) {
        List<Change> twins = new ArrayList<>();
        for (LocalChange change : changes) {
            Interpreter.Meaning meaning = Interpreter.apply(change, author, new Forks(branches));
            assertThat(meaning.invalid()).as("operations that make no sense").isEmpty();
            twins.add(meaning.change());
        }
        all.addAll(changes);
        oracle.receive(twins);
    }

    /** Lets two clones of a writer go on, neither of which knows of the other, and tells them apart afterwards. */
    private void fork(ActorId writer, Branch one, Branch two, Random random) {
        List<LocalChange> known = List.copyOf(all);
        Oracle knownOracle = oracle.copy();
        List<Branch> knownBranches = List.copyOf(branches);
        List<TreeNodeId> knownNodes = List.copyOf(nodes);
        branches.add(one);
        branches.add(two);
        for (Branch branch : List.of(one, two)) {
            DocumentSet clone = engine(knownBranches, known);
            List<LocalChange> made = new ArrayList<>();
            List<TreeNodeId> seen = new ArrayList<>(knownNodes);
            int changes = 1 + random.nextInt(4);
            while (made.size() < changes) {
                LocalChange change = write(clone, writer, seen, random);
                if (!change.isEmpty()) {
                    made.add(relabel(change, branch));
                }
            }
            note(made, knownOracle.copy());
            seen.subList(knownNodes.size(), seen.size())
                    .forEach(node ->
                            nodes.add(new TreeNodeId(branch.actor(), node.seq() - branch.fork(), node.index())));
        }
    }

    private static LocalChange relabel(LocalChange change, Branch branch) {
        long seq = change.change().seq() - branch.fork();
        List<ChangeId> parents = new ArrayList<>(change.parents());
        if (seq == 1 && branch.fork() > 0) {
            parents.add(new ChangeId(branch.parent(), branch.fork()));
        }
        parents.sort(null);
        return new LocalChange(
                new ChangeId(branch.actor(), seq),
                change.lamport(),
                change.timeMillis(),
                parents,
                change.operations(),
                change.documents());
    }

    /** Lets somebody who knows everything go on, the writer of a branch too. */
    private void goOn(ActorId actor, Random random) {
        DocumentSet set = engine(branches, Fleet.shuffled(all, random));
        for (int i = 0; i < 2; i++) {
            LocalChange change = write(set, actor, nodes, random);
            if (!change.isEmpty()) {
                note(List.of(change), oracle.copy());
            }
        }
    }

    private void check(Random random) {
        ByteBuffer hash = engine(branches, all).stateHash();
        for (int i = 0; i < 3; i++) {
            DocumentSet set = DocumentSet.create(branches);
            List<LocalChange> shuffled = Fleet.shuffled(all, random);
            int batch = 1 + random.nextInt(shuffled.size() + 1);
            for (int from = 0; from < shuffled.size(); from += batch) {
                List<LocalChange> part = shuffled.subList(from, Math.min(shuffled.size(), from + batch));
                set.integrate(RecordedRun.runs(part));
                set.stateHash();
            }
            Checks.same(set, oracle);
            assertThat(set.stateHash()).isEqualTo(hash);
        }
    }

    private long known(ActorId actor) {
        return oracle.clock().of(actor);
    }

    private void live(List<Integer> before, int seed, List<Kind> kinds) {
        all.clear();
        branches.clear();
        favourites = kinds;
        fleet = new Fleet(2);
        for (int each : before) {
            Random random = new Random(each);
            Fleet.Device device = fleet.devices.get(random.nextInt(2));
            if (random.nextInt(4) > 0) {
                device.write(session -> new FreeUser(session, random, favourites, fleet.nodes).edit(2));
            } else {
                device.receive(fleet.some(random));
            }
        }
        Random random = new Random(seed);
        fleet.settle(random);
        fleet.all().forEach(made -> all.add(made.engine()));
        nodes.clear();
        nodes.addAll(fleet.nodes);
        oracle = fleet.devices.get(0).oracle.copy();
        ActorId writer = fleet.devices.get(0).actor;

        fork(writer, new Branch(A, writer, known(writer)), new Branch(B, writer, known(writer)), random);
        check(random);
        goOn(random.nextBoolean() ? A : LATER, random);
        fork(A, new Branch(A1, A, known(A)), new Branch(A2, A, known(A)), random);
        check(random);
        goOn(random.nextBoolean() ? A2 : LATER, random);
        goOn(B, random);
        check(random);
    }

    @Property(tries = 60)
    void every_type(@ForAll @Size(max = 15) List<Integer> before, @ForAll int seed) {
        live(before, seed, List.of(Kind.TREE, Kind.LIST, Kind.MOVABLE_LIST, Kind.REGISTER));
    }

    @Property(tries = 40)
    void one_type(@ForAll @Size(max = 15) List<Integer> before, @ForAll int seed, @ForAll @IntRange(max = 3) int type) {
        live(
                before,
                seed,
                List.of(List.of(Kind.TREE, Kind.LIST, Kind.MOVABLE_LIST, Kind.TEXT)
                        .get(type)));
    }
}
