package dev.cairn.crdt;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.RegisterEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Some devices which edit the same documents at random and learn of one another's changes now and then. */
final class Fleet {
    final List<DocumentSet> devices = new ArrayList<>();
    final List<ActorId> actors = new ArrayList<>();
    final Map<ChangeId, TestRun.Change> changes = new LinkedHashMap<>();
    final Random random;
    private final boolean textOnly;

    /** Whether there are movable lists, trees and marks, too. */
    boolean everything;

    /** Whether lists hold scalars only. */
    boolean scalarLists;

    Fleet(long seed, int size, boolean textOnly) {
        this.random = new Random(seed);
        this.textOnly = textOnly;
        for (int i = 0; i < size; i++) {
            devices.add(DocumentSet.create());
            actors.add(new ActorId(random.nextLong(), i));
        }
    }

    static Fleet run(long seed, int size, int steps, boolean textOnly) {
        return new Fleet(seed, size, textOnly).steps(steps);
    }

    /** The same with movable lists, marks and trees, too. */
    static Fleet runWithEverything(long seed, int size, int steps, boolean textOnly) {
        Fleet fleet = new Fleet(seed, size, textOnly);
        fleet.everything = true;
        return fleet.steps(steps);
    }

    private Fleet steps(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        return this;
    }

    void step() {
        int device = random.nextInt(devices.size());
        if (random.nextInt(4) == 0) {
            pull(device, random.nextInt(devices.size()));
        } else {
            edit(device);
        }
    }

    /** Gives one device what another knows, or only a causally closed part of it. */
    void pull(int to, int from) {
        VersionVector known = devices.get(from).version();
        List<TestRun.Change> offered = new ArrayList<>();
        for (TestRun.Change change : changes.values()) {
            if (known.contains(change.id())) {
                offered.add(change);
            }
        }
        int some = random.nextBoolean() ? offered.size() : random.nextInt(offered.size() + 1);
        devices.get(to).integrate(TestRun.join(offered.subList(0, some)));
    }

    /** Gives all devices everything. */
    void pullAll() {
        devices.forEach(device -> device.integrate(causal()));
    }

    void edit(int device) {
        DocumentSet set = devices.get(device);
        ActorId actor = actors.get(device);
        EditSession session = set.begin(actor, set.version().of(actor) + 1, random.nextInt(1_000_000));
        int edits = 1 + random.nextInt(3);
        for (int i = 0; i < edits; i++) {
            editMap(session.on(random.nextInt(4) == 0 ? "zweites" : "a").map(), 0);
        }
        if (random.nextInt(12) == 0) {
            session.cancel();
            return;
        }
        LocalChange change = session.finish();
        if (!change.isEmpty()) {
            changes.put(change.change(), TestRun.Change.of(change));
        }
    }

    private void editMap(MapEditor map, int depth) {
        String key = String.valueOf((char) ('k' + random.nextInt(3)));
        int kind = textOnly ? 6 : random.nextInt(depth > 3 ? 3 : everything ? 17 : 13);
        switch (kind) {
            case 0, 1 -> map.put(key, scalar());
            case 2 -> map.remove(key);
            case 3, 4 -> editMap(map.map(key), depth + 1);
            case 5, 6, 7 -> editText(map.text(textOnly ? "text" : key));
            case 8 -> map.counter(key).add(random.nextInt(9) - 4);
            case 9 -> editRegister(map.register(key), depth + 1);
            case 13, 14 -> editMovableList(map.movableList(key), depth + 1);
            case 15, 16 -> editTree(map.tree(key), depth + 1);
            default -> editList(map.list(key), depth + 1);
        }
    }

    private void editRegister(RegisterEditor register, int depth) {
        switch (random.nextInt(depth > 3 ? 4 : everything ? 9 : 8)) {
            case 0, 1, 2 -> register.set(scalar());
            case 3 -> register.clear();
            case 4 -> editMap(register.map(), depth + 1);
            case 5 -> editText(register.text());
            case 6 -> register.counter().add(1);
            case 8 -> editMovableList(register.movableList(), depth + 1);
            default -> editList(register.list(), depth + 1);
        }
    }

    private void editTree(TreeEditor tree, int depth) {
        List<TreeNodeId> nodes = nodes(tree);
        TreeNodeId node = nodes.isEmpty() ? null : nodes.get(random.nextInt(nodes.size()));
        int kind = random.nextInt(10);
        if (node == null || kind < 3) {
            TreeNodeId made = node == null || random.nextInt(3) == 0 ? tree.add() : tree.add(node, 0);
            editMap(tree.data(made), depth + 1);
        } else if (kind < 5) {
            editMap(tree.data(node), depth + 1);
        } else if (kind < 7) {
            tree.remove(node);
            if (random.nextInt(3) == 0) {
                tree.move(node, 0);
            }
        } else {
            place(tree, node);
        }
    }

    private void place(TreeEditor tree, TreeNodeId node) {
        List<TreeNodeId> nodes = nodes(tree);
        TreeNodeId parent = nodes.get(random.nextInt(nodes.size()));
        if (random.nextInt(3) == 0 || isAbove(tree, node, parent)) {
            tree.move(node, random.nextInt(tree.rootCount()));
        } else {
            int siblings = tree.childCount(parent)
                    - (tree.parent(node).filter(parent::equals).isPresent() ? 1 : 0);
            tree.move(node, parent, random.nextInt(siblings + 1));
        }
    }

    private static boolean isAbove(TreeEditor tree, TreeNodeId node, TreeNodeId other) {
        Optional<TreeNodeId> at = Optional.of(other);
        while (at.isPresent() && !at.get().equals(node)) {
            at = tree.parent(at.get());
        }
        return at.isPresent();
    }

    private static List<TreeNodeId> nodes(TreeEditor tree) {
        List<TreeNodeId> nodes = new ArrayList<>(tree.roots());
        for (int i = 0; i < nodes.size(); i++) {
            nodes.addAll(tree.children(nodes.get(i)));
        }
        return nodes;
    }

    private Object scalar() {
        return switch (random.nextInt(7)) {
            case 0 -> random.nextInt(100);
            case 1 -> random.nextDouble();
            case 2 -> "s" + random.nextInt(10);
            case 3 -> new byte[] {1, (byte) random.nextInt()};
            case 4 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 5 -> random.nextBoolean();
            default -> "\ud83d\ude00" + random.nextInt(3);
        };
    }

    private void editText(TextEditor text) {
        int length = text.length();
        if (everything && length > 0 && random.nextInt(4) == 0) {
            int from = boundary(text.toString(), random.nextInt(length));
            int to = boundary(text.toString(), from + random.nextInt(length - from + 1));
            String key = random.nextBoolean() ? "bold" : "link";
            text.mark(from, to, key, random.nextInt(3) == 0 ? null : random.nextInt(2), any(Expand.values()));
        } else if (length == 0 || random.nextInt(3) > 0) {
            int position = boundary(text.toString(), random.nextInt(length + 1));
            text.insert(position, word());
            if (random.nextInt(4) == 0) {
                text.insert(position, word());
            }
        } else {
            int from = boundary(text.toString(), random.nextInt(length));
            int to = boundary(text.toString(), Math.min(length, from + 1 + random.nextInt(4)));
            text.delete(from, Math.max(0, to - from));
        }
    }

    private <T> T any(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static int boundary(String text, int position) {
        boolean inside = position > 0
                && position < text.length()
                && Character.isLowSurrogate(text.charAt(position))
                && Character.isHighSurrogate(text.charAt(position - 1));
        return inside ? position - 1 : position;
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            word.appendCodePoint(random.nextInt(6) == 0 ? 0x1f600 + random.nextInt(9) : 'a' + random.nextInt(26));
        }
        return word.toString();
    }

    private void editList(ListEditor list, int depth) {
        int size = list.size();
        int kind = random.nextInt(depth > 3 || scalarLists ? 6 : 10);
        int at = random.nextInt(size + 1);
        if (size > 0 && kind < 2) {
            int from = random.nextInt(size);
            list.delete(from, 1 + random.nextInt(Math.min(2, size - from)));
        } else if (size > 0 && kind == 2) {
            list.set(random.nextInt(size), scalar());
        } else if (kind < 6) {
            list.insert(at, scalar());
        } else if (size > 0 && kind < 9) {
            editElement(list, random.nextInt(size), depth);
        } else {
            switch (random.nextInt(everything ? 7 : 5)) {
                case 6 -> editTree(list.insertTree(at), depth + 1);
                case 0 -> editMap(list.insertMap(at), depth + 1);
                case 1 -> editText(list.insertText(at));
                case 2 -> list.insertCounter(at).add(3);
                case 3 -> editRegister(list.insertRegister(at), depth + 1);
                case 5 -> editMovableList(list.insertMovableList(at), depth + 1);
                default -> editList(list.insertList(at), depth + 1);
            }
        }
    }

    private void editMovableList(MovableListEditor list, int depth) {
        int size = list.size();
        int kind = size == 0 ? 9 : random.nextInt(12);
        if (kind < 4) {
            list.move(random.nextInt(size), random.nextInt(size));
        } else if (kind < 6) {
            list.set(random.nextInt(size), scalar());
        } else if (kind == 6 && depth < 4 && !scalarLists) {
            editMap(list.setMap(random.nextInt(size)), depth + 1);
        } else if (kind == 7) {
            int from = random.nextInt(size);
            list.delete(from, 1 + random.nextInt(size - from));
        } else if (kind < 10) {
            for (int i = 0; i < 3; i++) {
                list.insert(random.nextInt(list.size() + 1), scalar());
            }
        } else {
            editList(list, depth);
        }
    }

    private void editElement(ListEditor list, int at, int depth) {
        Node node = list.get(at);
        if (node instanceof MapView) {
            editMap(list.map(at), depth + 1);
        } else if (node instanceof MovableListView) {
            editMovableList(list.movableList(at), depth + 1);
        } else if (node instanceof ListView) {
            editList(list.list(at), depth + 1);
        } else if (node instanceof TextView) {
            editText(list.text(at));
        } else if (node instanceof CounterView) {
            list.counter(at).add(1 + random.nextInt(3));
        } else if (node instanceof RegisterView) {
            editRegister(list.register(at), depth + 1);
        } else if (node instanceof TreeView) {
            editTree(list.tree(at), depth + 1);
        } else {
            list.set(at, "t");
        }
    }

    /** All changes, each a run of its own, in an order that is causal. */
    List<TestRun> causal() {
        return changes.values().stream().map(TestRun::of).toList();
    }
}
