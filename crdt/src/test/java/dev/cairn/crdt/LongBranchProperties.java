package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Long concurrent branches of one text, which fill many leaves of the replay's tree, equal a tree of characters. */
class LongBranchProperties {
    @Property(tries = 25)
    void theTextIsThatOfTheTree(@ForAll long seed) {
        Random random = new Random(seed);
        int actors = 2 + random.nextInt(4);
        int rarely = 2 + random.nextInt(120);
        LongBranches branches = new LongBranches(actors);
        for (int i = 0; i < 300; i++) {
            int actor = random.nextInt(actors);
            if (random.nextInt(rarely) == 0) {
                branches.see(actor, random.nextInt(actors));
            }
            branches.change(actor, random);
        }
        String expected = branches.text(branches.everything());
        for (int batch : new int[] {1, 7, 1000}) {
            List<TestRun> order = batch == 7 ? ConvergenceProperties.shuffled(branches.runs, random) : branches.runs;
            DocumentSet set = DocumentSet.create();
            for (int i = 0; i < order.size(); i += batch) {
                set.integrate(order.subList(i, Math.min(order.size(), i + batch)));
                set.document("d");
            }
            assertThat(set.document("d").at("t").orElseThrow()).hasToString(expected);
            assertThat(set.invalid()).isEmpty();
        }
    }

    /** Some authors of one text, who hardly ever hear of one another. */
    private static final class LongBranches {
        /**
         * A character of the tree: a left child of its right parent if it has one, else a right child of its left
         * origin.
         */
        private static final class Unit {
            final int actor;
            final int seq;
            final int index;
            final @Nullable Unit left;
            final int character;
            final List<Unit> leftChildren = new ArrayList<>();
            final List<Unit> rightChildren = new ArrayList<>();
            final List<int[]> deleters = new ArrayList<>();

            Unit(int actor, int seq, int index, @Nullable Unit left, int character) {
                this.actor = actor;
                this.seq = seq;
                this.index = index;
                this.left = left;
                this.character = character;
            }

            boolean existsAt(int[] version) {
                return seq <= version[actor];
            }

            boolean isVisibleAt(int[] version) {
                return existsAt(version) && deleters.stream().noneMatch(by -> by[1] <= version[by[0]]);
            }
        }

        private static final Comparator<Unit> BY_ID = Comparator.<Unit>comparingInt(unit -> unit.actor)
                .thenComparingInt(unit -> unit.seq)
                .thenComparingInt(unit -> unit.index);

        private final Unit root = new Unit(0, 0, 0, null, 0);
        private final List<TestRun> runs = new ArrayList<>();
        private final int[][] versions;
        private final long[][] lamports;

        private LongBranches(int actors) {
            versions = new int[actors][actors];
            lamports = new long[actors][1];
        }

        private List<Unit> order() {
            List<Unit> order = new ArrayList<>();
            Deque<Object> todo = new ArrayDeque<>();
            todo.push(root);
            while (!todo.isEmpty()) {
                Object next = todo.pop();
                if (next instanceof Unit unit) {
                    for (int i = unit.rightChildren.size() - 1; i >= 0; i--) {
                        todo.push(unit.rightChildren.get(i));
                    }
                    todo.push(List.of(unit));
                    for (int i = unit.leftChildren.size() - 1; i >= 0; i--) {
                        todo.push(unit.leftChildren.get(i));
                    }
                } else {
                    order.add((Unit) ((List<?>) next).get(0));
                }
            }
            order.remove(root);
            return order;
        }

        private String text(int[] version) {
            StringBuilder text = new StringBuilder();
            for (Unit unit : order()) {
                if (unit.isVisibleAt(version)) {
                    text.appendCodePoint(unit.character);
                }
            }
            return text.toString();
        }

        private Unit insert(int actor, int[] version, int position, int index, int character) {
            List<Unit> existing =
                    order().stream().filter(unit -> unit.existsAt(version)).toList();
            Unit left = root;
            int at = 0;
            for (int seen = 0; seen < position; at++) {
                left = existing.get(at);
                seen += left.isVisibleAt(version) ? 1 : 0;
            }
            Unit unit = new Unit(actor, version[actor], index, left, character);
            boolean leftChild = at < existing.size() && existing.get(at).left == left;
            List<Unit> siblings = leftChild ? existing.get(at).leftChildren : left.rightChildren;
            siblings.add(unit);
            siblings.sort(BY_ID);
            return unit;
        }

        private void change(int actor, Random random) {
            int[] version = versions[actor];
            version[actor]++;
            OperationWriter writer = new OperationWriter();
            writer.document(new byte[] {'d'}, 0, 1);
            if (version[actor] == 1) {
                writer.make(ContainerType.TEXT, new byte[] {'t'}, 0, 1, false);
            }
            writer.enter(ContainerType.TEXT, new byte[] {'t'}, 0, 1, false);
            int index = version[actor] == 1 ? 1 : 0;
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                index = operation(actor, version, writer, index, random);
            }
            long lamport = lamports[actor][0] + 1;
            lamports[actor][0] = lamport;
            List<ChangeId> parents = new ArrayList<>();
            for (int other = 0; other < versions.length; other++) {
                if (other != actor && version[other] > 0) {
                    parents.add(new ChangeId(actorId(other), version[other]));
                }
            }
            ChangeId id = new ChangeId(actorId(actor), version[actor]);
            runs.add(TestRun.of(
                    new TestRun.Change(id, lamport, 0, parents, writer.sink().copy())));
        }

        private int operation(int actor, int[] version, OperationWriter writer, int from, Random random) {
            List<Unit> visible =
                    order().stream().filter(unit -> unit.isVisibleAt(version)).toList();
            int position = random.nextInt(visible.size() + 1);
            int index = from;
            if (position < visible.size() && random.nextInt(3) == 0) {
                int count = 1 + random.nextInt(Math.min(5, visible.size() - position));
                for (int i = 0; i < count; i++) {
                    visible.get(position + i).deleters.add(new int[] {actor, version[actor]});
                }
                writer.delete(position, count);
                return index + count;
            }
            int count = 1 + random.nextInt(4);
            writer.insert(position, count);
            for (int i = 0; i < count; i++) {
                int character = 'a' + random.nextInt(26);
                writer.sink().octet(character);
                insert(actor, version, position + i, index++, character);
            }
            return index;
        }

        private static ActorId actorId(int actor) {
            return new ActorId(actor, 0);
        }

        private void see(int actor, int other) {
            for (int i = 0; i < versions.length; i++) {
                versions[actor][i] = Math.max(versions[actor][i], versions[other][i]);
            }
            lamports[actor][0] = Math.max(lamports[actor][0], lamports[other][0]);
        }

        private int[] everything() {
            int[] all = new int[versions.length];
            for (int actor = 0; actor < all.length; actor++) {
                all[actor] = versions[actor][actor];
            }
            return all;
        }
    }
}
