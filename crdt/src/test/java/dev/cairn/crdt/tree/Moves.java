package dev.cairn.crdt.tree;

import dev.cairn.crdt.graph.Base;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** Changes of several actors which move nodes, ready to be applied in any causal order. */
final class Moves {
    /** A move of a node to a place: a node, {@link MoveTree#TOP} or {@link MoveTree#OUT}. */
    record Move(int node, int target, int key) {}

    /** A change with its moves. */
    record Change(ChangeId id, List<ChangeId> parents, long lamport, List<Move> moves) {}

    final List<Change> changes = new ArrayList<>();
    private final Map<ChangeId, Change> byId = new HashMap<>();
    private final Map<ChangeId, Map<Integer, Long>> past = new HashMap<>();
    private final List<Map<Integer, Long>> seen = new ArrayList<>();
    int nodes;

    Moves(int actors) {
        for (int i = 0; i < actors; i++) {
            seen.add(new HashMap<>());
        }
    }

    /** Lets an actor make a change on top of what it knows. */
    Change change(int actor, List<Move> moves) {
        Map<Integer, Long> known = seen.get(actor);
        long seq = known.getOrDefault(actor, 0L) + 1;
        List<ChangeId> parents = new ArrayList<>();
        long lamport = seq == 1 ? 0 : at(byId, id(actor, seq - 1)).lamport;
        for (int other = 0; other < seen.size(); other++) {
            if (other != actor && known.getOrDefault(other, 0L) > 0) {
                ChangeId parent = id(other, at(known, other));
                lamport = Math.max(lamport, at(byId, parent).lamport);
                parents.add(parent);
            }
        }
        known.put(actor, seq);
        boolean news = seq == 1 || parents.stream().anyMatch(parent -> !knewAlready(id(actor, seq - 1), parent));
        Change change = new Change(id(actor, seq), news ? parents : List.of(), lamport + 1, List.copyOf(moves));
        byId.put(change.id, change);
        changes.add(change);
        past.put(change.id, new HashMap<>(known));
        return change;
    }

    private boolean knewAlready(ChangeId change, ChangeId parent) {
        return at(past, change).getOrDefault((int) parent.actor().low(), 0L) >= parent.seq();
    }

    static <K, V> V at(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static ChangeId id(int actor, long seq) {
        return new ChangeId(new ActorId(7, actor), seq);
    }

    /** Lets an actor see all that another has seen. */
    void see(int actor, int other) {
        seen.get(other).forEach((a, seq) -> seen.get(actor).merge(a, seq, Math::max));
    }

    /** Returns the nodes which an actor knows. */
    List<Integer> known(int actor) {
        List<Integer> nodes = new ArrayList<>();
        for (Change change : changes) {
            long upTo = seen.get(actor).getOrDefault((int) change.id.actor().low(), 0L);
            if (change.id.seq() <= upTo) {
                change.moves.forEach(move -> nodes.add(move.node));
            }
        }
        return nodes.stream().distinct().toList();
    }

    /** Makes random changes: new nodes, moves, nodes taken out, and actors who see what others did. */
    static Moves random(long seed, int actors, int size) {
        Random random = new Random(seed);
        Moves moves = new Moves(actors);
        while (moves.changes.size() < size) {
            int actor = random.nextInt(actors);
            if (random.nextInt(4) == 0) {
                moves.see(actor, random.nextInt(actors));
                continue;
            }
            List<Move> made = new ArrayList<>();
            List<Integer> known = new ArrayList<>(moves.known(actor));
            for (int i = random.nextInt(3); i >= 0; i--) {
                int key = 1 + random.nextInt(9);
                if (known.isEmpty() || random.nextInt(3) == 0) {
                    made.add(new Move(moves.nodes, somewhere(known, random), key));
                    known.add(moves.nodes++);
                } else {
                    int node = known.get(random.nextInt(known.size()));
                    int target = random.nextInt(6) == 0 ? MoveTree.OUT : somewhere(known, random);
                    made.add(new Move(node, target == node ? MoveTree.TOP : target, key));
                }
            }
            moves.change(actor, made);
        }
        return moves;
    }

    private static int somewhere(List<Integer> known, Random random) {
        return known.isEmpty() || random.nextInt(4) == 0 ? MoveTree.TOP : known.get(random.nextInt(known.size()));
    }

    /** Returns the changes in a random order in which everything follows its past. */
    List<Change> shuffled(Random random) {
        List<Change> rest = new ArrayList<>(changes);
        Collections.shuffle(rest, random);
        return causal(rest);
    }

    /** Returns the changes actor by actor, as far as what they need allows. */
    List<Change> byActor() {
        List<Change> rest = new ArrayList<>(changes);
        rest.sort(Comparator.comparing(Change::id));
        return causal(rest);
    }

    private List<Change> causal(List<Change> wanted) {
        Map<ChangeId, Change> done = new LinkedHashMap<>();
        while (done.size() < wanted.size()) {
            for (Change change : wanted) {
                boolean ready = change.parents.stream().allMatch(done::containsKey)
                        && (change.id.seq() == 1
                                || done.containsKey(new ChangeId(change.id.actor(), change.id.seq() - 1)));
                if (ready) {
                    done.putIfAbsent(change.id, change);
                }
            }
        }
        return List.copyOf(done.values());
    }

    /** The same tree in the engine, whose nodes are numbered as they come. */
    static final class Live {
        final EventGraph graph = new EventGraph(Base.NONE);
        final MoveTree tree = new MoveTree(graph, Integer::compare);
        final Map<Integer, Integer> numbers = new HashMap<>();
        final Map<Integer, Integer> names = new HashMap<>();

        void apply(Change change) {
            int lv = graph.add(graph.actor(change.id.actor()), change.parents, change.lamport, 0, 0, 0);
            for (Move move : change.moves) {
                int node = numbers.computeIfAbsent(move.node, name -> {
                    int number = tree.add();
                    names.put(number, name);
                    return number;
                });
                tree.move(lv, node, move.target < 0 ? move.target : at(numbers, move.target), move.key);
            }
        }

        /** Returns the nodes below a place, by their names and in their order. */
        Map<Integer, List<Integer>> picture() {
            Map<Integer, List<Integer>> picture = new HashMap<>();
            TreeShape in = tree.shape();
            for (int i = 0; i < in.size(); i++) {
                int parent = in.parent(i) < 0 ? MoveTree.TOP : at(names, in.node(in.parent(i)));
                picture.computeIfAbsent(parent, p -> new ArrayList<>()).add(at(names, in.node(i)));
            }
            return picture;
        }
    }

    /** The slow twin: takes all moves one after the other in the order in which they count. */
    static final class Twin {
        private final Map<Integer, Integer> parents = new HashMap<>();
        private final Map<Integer, int[]> places = new HashMap<>();

        Twin(List<Change> changes) {
            List<Change> sorted = new ArrayList<>(changes);
            sorted.sort(Comparator.comparingLong(Change::lamport).thenComparing(Change::id));
            int number = 0;
            for (Change change : sorted) {
                for (Move move : change.moves) {
                    number++;
                    if (!isAbove(move.node, move.target)) {
                        parents.put(move.node, move.target);
                        places.put(move.node, new int[] {move.key, number});
                    }
                }
            }
        }

        private boolean isAbove(int node, int other) {
            int at = other;
            while (at >= 0 && at != node) {
                at = Moves.at(parents, at);
            }
            return at == node;
        }

        Map<Integer, List<Integer>> picture() {
            Map<Integer, List<Integer>> picture = new HashMap<>();
            int[] nodes = parents.keySet().stream()
                    .sorted(Comparator.comparing(node -> at(places, node), Arrays::compare))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int node : nodes) {
                if (IntStream.iterate(node, n -> n >= 0, n -> at(parents, n))
                        .noneMatch(n -> at(parents, n) == MoveTree.OUT)) {
                    picture.computeIfAbsent(at(parents, node), p -> new ArrayList<>())
                            .add(node);
                }
            }
            return picture;
        }
    }
}
