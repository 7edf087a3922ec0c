package dev.cairn.crdt.sequence;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Some authors of one text or list, who hardly ever hear of one another: what they do, what each of them sees, and what
 * comes out. One node per unit, one list of deleters per node.
 */
final class SlowSequence {
    enum Kind {
        INSERT,
        ANCHOR,
        DELETE,
        TAKE,
        LOOK
    }

    /** What an author does, with what the author expects. */
    record Step(
            Kind kind,
            int position,
            int count,
            List<Integer> content,
            @Nullable AnchorSide side) {}

    record Change(ChangeId id, long lamport, List<ChangeId> parents, List<Step> steps, int length) {}

    /** A deletion of a negative unit by a change. */
    record Removal(int content, ChangeId by) {}

    /** A left child of its right parent if it has one, else a right child of its left origin. */
    private static final class Unit {
        final int actor;
        final int seq;
        final int index;
        final @Nullable Unit left;
        final int content;
        final int order;
        final List<Unit> leftChildren = new ArrayList<>();
        final List<Unit> rightChildren = new ArrayList<>();
        final List<int[]> deleters = new ArrayList<>();

        Unit(int actor, int seq, int index, @Nullable Unit left, int content, int order) {
            this.actor = actor;
            this.seq = seq;
            this.index = index;
            this.left = left;
            this.content = content;
            this.order = order;
        }

        boolean existsAt(int[] version) {
            return seq <= version[actor];
        }

        boolean isVisibleAt(int[] version) {
            return existsAt(version) && deleters.stream().noneMatch(by -> by[1] <= version[by[0]]);
        }
    }

    private static final Comparator<Unit> SIBLINGS = Comparator.<Unit>comparingInt(unit -> unit.order)
            .thenComparingInt(unit -> unit.actor)
            .thenComparingInt(unit -> unit.seq)
            .thenComparingInt(unit -> unit.index);

    final List<Change> changes = new ArrayList<>();
    final List<Removal> removals = new ArrayList<>();
    private final Unit root = new Unit(0, 0, 0, null, 0, 0);
    private final boolean isText;
    private final int deletesOfTen;
    private final int hotPosition;
    private final int[][] versions;
    private final int[][] told;
    private final long[] lamports;
    private int nextContent = 0x4E00;

    /** Returns authors who like to edit at one position. */
    SlowSequence(boolean isText, int actors, int deletesOfTen, int hotPosition) {
        this.hotPosition = hotPosition;
        this.isText = isText;
        this.deletesOfTen = deletesOfTen;
        versions = new int[actors][actors];
        told = new int[actors][actors];
        lamports = new long[actors];
    }

    static ActorId actorId(int actor) {
        return new ActorId(actor, 0);
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

    private List<Unit> visible(int[] version) {
        return order().stream().filter(unit -> unit.isVisibleAt(version)).toList();
    }

    int[] content() {
        int[] all = new int[versions.length];
        for (int actor = 0; actor < all.length; actor++) {
            all[actor] = versions[actor][actor];
        }
        return visible(all).stream().mapToInt(unit -> unit.content).toArray();
    }

    void see(int actor, int other) {
        for (int i = 0; i < versions.length; i++) {
            versions[actor][i] = Math.max(versions[actor][i], versions[other][i]);
        }
        lamports[actor] = Math.max(lamports[actor], lamports[other]);
    }

    /** Makes a change of some steps. */
    void change(int actor, Random random) {
        int[] version = versions[actor];
        List<ChangeId> parents = new ArrayList<>();
        for (int other = 0; other < versions.length; other++) {
            if (other != actor && version[other] > told[actor][other]) {
                parents.add(new ChangeId(actorId(other), version[other]));
                told[actor][other] = version[other];
            }
        }
        version[actor]++;
        ChangeId id = new ChangeId(actorId(actor), version[actor]);
        List<Step> steps = new ArrayList<>();
        int index = 0;
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            Step step = step(id, actor, version, index, random);
            index += step.kind == Kind.LOOK ? 0 : step.count;
            steps.add(step);
        }
        changes.add(new Change(
                id, ++lamports[actor], parents, steps, visible(version).size()));
    }

    private Step step(ChangeId id, int actor, int[] version, int index, Random random) {
        List<Unit> visible = visible(version);
        int position =
                random.nextInt(3) == 0 ? Math.min(hotPosition, visible.size()) : random.nextInt(visible.size() + 1);
        if (position < visible.size() && random.nextInt(10) < deletesOfTen) {
            return delete(id, visible, position, actor, version, random);
        }
        if (!isText && position < visible.size() && random.nextInt(4) == 0) {
            return new Step(Kind.LOOK, position, 1, List.of(visible.get(position).content), null);
        }
        if (isText && random.nextInt(3) == 0) {
            AnchorSide side = random.nextBoolean() ? AnchorSide.LEFT : AnchorSide.RIGHT;
            int anchor = -nextContent++;
            insert(actor, version, position, index, anchor, side == AnchorSide.LEFT ? 0 : 2);
            return new Step(Kind.ANCHOR, position, 1, List.of(anchor), side);
        }
        List<Integer> content = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int unit = unit(random);
            insert(actor, version, position + content.size(), index + content.size(), unit, 1);
            content.add(unit);
        }
        return new Step(Kind.INSERT, position, content.size(), content, null);
    }

    private int unit(Random random) {
        if (random.nextInt(5) > 0) {
            return nextContent++;
        }
        return isText ? 0x1F600 + random.nextInt(50) : -nextContent++;
    }

    private Step delete(ChangeId id, List<Unit> visible, int position, int actor, int[] version, Random random) {
        boolean take = !isText && random.nextInt(3) == 0;
        int count = take ? 1 : 1 + random.nextInt(Math.min(6, visible.size() - position));
        List<Unit> range = visible.subList(position, position + count);
        for (Unit unit : range) {
            if (!isText || unit.content >= 0) {
                unit.deleters.add(new int[] {actor, version[actor]});
            }
            if (!isText && !take && unit.content < 0) {
                removals.add(new Removal(unit.content, id));
            }
        }
        List<Integer> content = range.stream().map(unit -> unit.content).toList();
        return new Step(take ? Kind.TAKE : Kind.DELETE, position, count, content, null);
    }

    private void insert(int actor, int[] version, int position, int index, int content, int order) {
        List<Unit> existing =
                order().stream().filter(unit -> unit.existsAt(version)).toList();
        Unit left = root;
        int at = 0;
        for (int seen = 0; seen < position; at++) {
            left = existing.get(at);
            seen += left.isVisibleAt(version) ? 1 : 0;
        }
        Unit unit = new Unit(actor, version[actor], index, left, content, order);
        boolean leftChild = at < existing.size() && existing.get(at).left == left;
        List<Unit> siblings = leftChild ? existing.get(at).leftChildren : left.rightChildren;
        siblings.add(unit);
        siblings.sort(SIBLINGS);
    }
}
