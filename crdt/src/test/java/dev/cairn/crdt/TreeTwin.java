package dev.cairn.crdt;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hand-written changes of two trees, "t" and "u", by authors of whom some mean no good; and what they come to according
 * to the specification, worked out from all of them at once.
 */
final class TreeTwin {
    private static final List<String> TREES = List.of("t", "u");

    /** An operation; {@code above} is empty at the top, {@code node} for a node which this makes. */
    record Operation(char kind, int tree, Optional<TreeNodeId> above, Optional<TreeNodeId> node, byte key) {}

    /** A change with its operations; an author who knows of nothing makes the trees first. */
    record Change(int actor, TestRun.Change sent, Set<ChangeId> past, List<Operation> operations) {
        TreeNodeId id(int operation) {
            return new TreeNodeId(sent.id().actor(), sent.id().seq(), operation + first(past));
        }
    }

    private static int first(Set<ChangeId> past) {
        return past.isEmpty() ? TREES.size() : 0;
    }

    final List<Change> changes = new ArrayList<>();
    private final List<Set<ChangeId>> seen = new ArrayList<>();
    private final Random random;

    TreeTwin(long seed, int actors, int size) {
        random = new Random(seed);
        for (int i = 0; i < actors; i++) {
            seen.add(new HashSet<>());
        }
        while (changes.size() < size) {
            int actor = random.nextInt(actors);
            if (random.nextInt(3) == 0) {
                seen.get(actor).addAll(seen.get(random.nextInt(actors)));
            } else {
                change(actor);
            }
        }
    }

    // ---- random changes

    private void change(int actor) {
        ActorId id = new ActorId(5, actor);
        Set<ChangeId> past = Set.copyOf(seen.get(actor));
        long seq = 1;
        long lamport = 0;
        List<ChangeId> parents = new ArrayList<>();
        for (Change known : changes) {
            if (past.contains(known.sent.id())) {
                lamport = Math.max(lamport, known.sent.lamport());
                seq += known.actor == actor ? 1 : 0;
                if (known.actor != actor) {
                    parents.removeIf(
                            parent -> parent.actor().equals(known.sent.id().actor()));
                    parents.add(known.sent.id());
                }
            }
        }
        parents.sort(null);
        ChangeId change = new ChangeId(id, seq);
        List<Operation> operations = operations(change, past);
        TestRun.Change sent = new TestRun.Change(
                change,
                lamport + 1,
                0,
                parents,
                encode(change, past, operations).sink().copy());
        changes.add(new Change(actor, sent, past, operations));
        seen.get(actor).add(change);
    }

    private List<Operation> operations(ChangeId change, Set<ChangeId> past) {
        List<TreeNodeId> known = new ArrayList<>();
        for (Change other : changes) {
            for (int i = 0; i < other.operations.size() && past.contains(other.sent.id()); i++) {
                if (other.operations.get(i).kind == 'n') {
                    known.add(other.id(i));
                }
            }
        }
        List<Operation> operations = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(known.isEmpty() ? 2 : 10);
            TreeNodeId own = new TreeNodeId(change.actor(), change.seq(), i + first(past));
            Optional<TreeNodeId> above =
                    random.nextInt(4) == 0 || known.isEmpty() ? Optional.empty() : Optional.of(some(known, change));
            int tree = random.nextInt(15) == 0 ? 1 : 0;
            byte key = (byte) (1 + random.nextInt(5));
            if (kind < 3) {
                operations.add(new Operation('n', tree, above, Optional.empty(), key));
                known.add(own);
            } else {
                char what = kind < 6 ? 'p' : kind < 8 ? 'd' : 'e';
                operations.add(new Operation(what, tree, above, Optional.of(some(known, change)), key));
            }
        }
        return operations;
    }

    private TreeNodeId some(List<TreeNodeId> known, ChangeId change) {
        int kind = random.nextInt(40);
        if (kind == 0) {
            return new TreeNodeId(change.actor(), change.seq(), random.nextInt(7));
        }
        if (kind == 1) {
            return new TreeNodeId(new ActorId(5, random.nextInt(6)), 1 + random.nextInt(4), random.nextInt(7));
        }
        return known.get(random.nextInt(known.size()));
    }

    // ---- their encoding

    private static OperationWriter encode(ChangeId change, Set<ChangeId> past, List<Operation> operations) {
        OperationWriter writer = new OperationWriter();
        writer.document(new byte[] {'d'}, 0, 1);
        for (String tree : TREES.subList(0, first(past))) {
            writer.make(ContainerType.TREE, bytes(tree), 0, 1, false);
        }
        boolean inside = false;
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            if (inside) {
                writer.leave(1);
            }
            inside = true;
            if (operation.kind == 'e') {
                writer.enterMade(ContainerType.MAP);
                id(writer, change, operation.node.orElseThrow());
                byte[] key = bytes("k" + change + '-' + i);
                writer.put(key, 0, key.length);
                ValueCodec.write(writer.sink(), Value.of(i));
            } else {
                writer.enter(ContainerType.TREE, bytes(TREES.get(operation.tree)), 0, 1, false);
                write(writer, change, operation);
            }
        }
        return writer;
    }

    private static void write(OperationWriter writer, ChangeId change, Operation operation) {
        if (operation.kind == 'd') {
            writer.drop();
            id(writer, change, operation.node.orElseThrow());
            return;
        }
        writer.place(
                (operation.node.isEmpty() ? Layout.NEW_NODE : 0) | (operation.above.isEmpty() ? Layout.AT_TOP : 0));
        operation.above.ifPresent(above -> id(writer, change, above));
        operation.node.ifPresent(node -> id(writer, change, node));
        writer.position(new byte[] {operation.key});
    }

    private static void id(OperationWriter writer, ChangeId change, TreeNodeId id) {
        if (id.actor().equals(change.actor()) && id.seq() == change.seq()) {
            writer.ownId(id.index());
        } else {
            writer.id(id.actor().high(), id.actor().low(), id.seq(), id.index());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- what they come to

    /** A node at the end. */
    private static final class Spot {
        final int tree;
        final List<String> data = new ArrayList<>();
        String at = "out";
        byte key;
        int order;

        Spot(int tree) {
            this.tree = tree;
        }
    }

    /** What is expected of the document: its trees, what is lost by the node taken out, and what did nothing. */
    static final class Outcome {
        private final Map<TreeNodeId, Spot> nodes = new HashMap<>();
        private final Map<TreeNodeId, Set<ChangeId>> edits = new HashMap<>();
        private final Map<TreeNodeId, Set<ChangeId>> knowing = new HashMap<>();
        final Map<TreeNodeId, Set<ChangeId>> lost = new TreeMap<>();
        final Set<String> invalid = new TreeSet<>();
        private int order;

        Outcome(List<Change> some) {
            List<Change> sorted = new ArrayList<>(some);
            sorted.sort(Comparator.<Change>comparingLong(change -> change.sent.lamport())
                    .thenComparing(change -> change.sent.id()));
            for (Change change : sorted) {
                for (int i = 0; i < change.operations.size(); i++) {
                    apply(change, i);
                }
            }
            nodes.keySet().forEach(this::addLost);
        }

        private void apply(Change change, int index) {
            Operation operation = change.operations.get(index);
            boolean node = operation.node.isEmpty() || knows(change, operation.node.get(), index);
            boolean above = operation.kind == 'd'
                    || operation.kind == 'e'
                    || operation.above.isEmpty()
                    || knows(change, operation.above.get(), index);
            if (!node || !above || !fits(operation)) {
                invalid.add(change.sent.id() + " " + (index + first(change.past)));
                return;
            }
            TreeNodeId id = operation.node.orElse(change.id(index));
            switch (operation.kind) {
                case 'e' -> at(id).data.add("k" + change.sent.id() + '-' + index);
                case 'd' -> {
                    at(id).at = "out";
                    know(id, change, true);
                    return;
                }
                default -> place(id, change, operation);
            }
            edits.computeIfAbsent(id, key -> new HashSet<>()).add(change.sent.id());
        }

        private Spot at(TreeNodeId id) {
            return Objects.requireNonNull(nodes.get(id));
        }

        private boolean knows(Change change, TreeNodeId id, int index) {
            ChangeId made = new ChangeId(id.actor(), id.seq());
            boolean own = made.equals(change.sent.id());
            return nodes.containsKey(id)
                    && (own ? id.index() < index + first(change.past) : change.past.contains(made));
        }

        private boolean fits(Operation operation) {
            boolean node = operation.kind == 'e'
                    || operation.node.isEmpty()
                    || at(operation.node.get()).tree == operation.tree;
            boolean place = operation.kind == 'p' || operation.kind == 'n';
            boolean above = !place || operation.above.isEmpty() || at(operation.above.get()).tree == operation.tree;
            return node && above && !(operation.kind == 'p' && operation.node.equals(operation.above));
        }

        private void place(TreeNodeId id, Change change, Operation operation) {
            if (operation.node.isEmpty()) {
                nodes.put(id, new Spot(operation.tree));
            } else {
                know(id, change, false);
            }
            if (operation.above.isEmpty() || !chain(operation.above.get()).contains(id)) {
                Spot spot = at(id);
                spot.at = operation.above.map(TreeNodeId::toString).orElse("top");
                spot.key = operation.key;
                spot.order = ++order;
            }
        }

        private void know(TreeNodeId id, Change change, boolean itself) {
            Set<ChangeId> known = knowing.computeIfAbsent(id, key -> new HashSet<>());
            known.addAll(change.past);
            if (itself) {
                known.add(change.sent.id());
            }
        }

        /** Returns the node and all above it, from below. */
        private List<TreeNodeId> chain(TreeNodeId id) {
            List<TreeNodeId> chain = new ArrayList<>(List.of(id));
            for (String at = at(id).at;
                    !at.equals("top") && !at.equals("out");
                    at = at(chain.get(chain.size() - 1)).at) {
                chain.add(TreeNodeId.parse(at));
            }
            return chain;
        }

        private void addLost(TreeNodeId id) {
            List<TreeNodeId> chain = chain(id);
            TreeNodeId top = chain.get(chain.size() - 1);
            Set<ChangeId> left = new HashSet<>(edits.getOrDefault(id, Set.of()));
            chain.forEach(node -> left.removeAll(knowing.getOrDefault(node, Set.of())));
            if (at(top).at.equals("out") && !left.isEmpty()) {
                lost.computeIfAbsent(top, key -> new TreeSet<>()).addAll(left);
            }
        }

        /** Returns a tree, each node as its id, its keys and what is below it. */
        String tree(String name) {
            return below(TREES.indexOf(name), "top");
        }

        private String below(int tree, String at) {
            StringBuilder text = new StringBuilder();
            nodes.entrySet().stream()
                    .filter(node ->
                            node.getValue().tree == tree && node.getValue().at.equals(at))
                    .sorted(Comparator.<Map.Entry<TreeNodeId, Spot>>comparingInt(node -> node.getValue().key)
                            .thenComparingInt(node -> node.getValue().order))
                    .forEach(node -> text.append(node.getKey())
                            .append(new TreeSet<>(node.getValue().data))
                            .append('(')
                            .append(below(tree, node.getKey().toString()))
                            .append(')'));
            return text.toString();
        }
    }
}
