package dev.cairn.crdt.oracle;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.RegisterEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A user who edits anything of any type through the engine's editors, of which the oracle learns from the bytes alone;
 * every edit must do to what is seen what its name says.
 */
final class FreeUser {
    private static final List<String> KEYS = List.of("a", "b", "c", "\uD835\uDCB3");
    private static final List<String> STRINGS = List.of("x", "yz", "\uD83E\uDEA8", "é\uD835\uDCB3");
    private static final List<Kind> KINDS =
            List.of(Kind.MAP, Kind.LIST, Kind.TEXT, Kind.COUNTER, Kind.MOVABLE_LIST, Kind.REGISTER, Kind.TREE);
    private static final int DEPTH_MAX = 4;

    private final EditSession session;
    private final RandomGenerator random;
    private final List<Kind> favourites;
    private final List<TreeNodeId> nodes;
    private final boolean marking;
    private final List<Map.Entry<String, Conflict.Assignments>> open = new ArrayList<>();

    /**
     * Makes a user of a session.
     *
     * @param favourites the types of the containers which are at the root
     * @param nodes all nodes of trees which anybody made
     */
    FreeUser(EditSession session, RandomGenerator random, List<Kind> favourites, List<TreeNodeId> nodes) {
        this.session = session;
        this.random = random;
        this.favourites = favourites;
        this.nodes = nodes;
        this.marking = favourites.equals(List.of(Kind.TEXT));
    }

    /** Lets the user settle some of those conflicts. */
    FreeUser knowing(DocumentState state) {
        for (Conflict conflict : state.conflicts()) {
            if (conflict instanceof Conflict.Assignments assignments) {
                open.add(Map.entry(state.name(), assignments));
            }
        }
        return this;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private Value value() {
        return chance(10) ? Value.NULL : chance(30) ? Value.of(any(STRINGS)) : Value.of(random.nextInt(10));
    }

    /** Makes some edits. */
    void edit(int edits) {
        for (int i = 0; i < edits; i++) {
            DocumentEditor document = session.on(any(Fleet.DOCUMENTS));
            MapEditor root = document.map();
            if (!open.isEmpty() && chance(8)) {
                resolve();
                continue;
            }
            if (chance(90)) {
                String key = any(KEYS);
                in(root, key, favourites.get(KEYS.indexOf(key) % favourites.size()), 1);
            } else {
                in(root, 1);
            }
        }
    }

    /** Settles a conflict that was there when the session began, unless an edit did since. */
    private void resolve() {
        Map.Entry<String, Conflict.Assignments> chosen = any(List.copyOf(open));
        open.remove(chosen);
        try {
            session.on(chosen.getKey())
                    .resolve(chosen.getValue(), any(chosen.getValue().assignments()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return; // what was to be chosen is gone
        }
    }

    private void in(MapEditor map, int depth) {
        String key = any(KEYS);
        if (chance(20)) {
            map.remove(key);
        } else if (chance(40) || depth >= DEPTH_MAX) {
            map.put(key, value());
        } else {
            in(map, key, KINDS.get((KEYS.indexOf(key) + depth) % KINDS.size()), depth);
        }
    }

    private void in(MapEditor map, String key, Kind kind, int depth) {
        switch (kind) {
            case MAP -> in(map.map(key), depth + 1);
            case LIST -> in(map.list(key), depth + 1);
            case TEXT -> in(map.text(key));
            case COUNTER -> in(map.counter(key));
            case MOVABLE_LIST -> in(map.movableList(key), depth + 1);
            case REGISTER -> in(map.register(key), depth + 1);
            case TREE -> in(map.tree(key), depth + 1);
        }
    }

    private void in(RegisterEditor register, int depth) {
        if (chance(15)) {
            register.clear();
        } else if (chance(40) || depth >= DEPTH_MAX) {
            register.set(value());
        } else {
            switch (any(KINDS)) {
                case MAP -> in(register.map(), depth + 1);
                case LIST -> in(register.list(), depth + 1);
                case TEXT -> in(register.text());
                case COUNTER -> in(register.counter());
                case MOVABLE_LIST -> in(register.movableList(), depth + 1);
                case TREE -> in(register.tree(), depth + 1);
                case REGISTER -> in(register.register(), depth + 1);
            }
        }
    }

    private static List<String> words(ListEditor list) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            words.add(Picture.words(Picture.read(list.get(i))));
        }
        return words;
    }

    private static void expect(List<String> expected, ListEditor list) {
        if (!words(list).equals(expected)) {
            throw new AssertionError("expected " + expected + ", found " + words(list));
        }
    }

    private void in(ListEditor list, int depth) {
        List<String> expected = words(list);
        int size = list.size();
        int index = size == 0 ? 0 : random.nextInt(size);
        if (size > 0 && chance(40) && inElement(list, index, list.get(index), depth + 1)) {
            return;
        }
        if (size > 0 && chance(25)) {
            int count = Math.min(1 + random.nextInt(3), size - index);
            list.delete(index, count);
            expected.subList(index, index + count).clear();
            expect(expected, list);
        } else if (list instanceof MovableListEditor movable && size > 0 && chance(60)) {
            inMovable(movable, index, expected, depth);
        } else if (depth < DEPTH_MAX && chance(30)) {
            insertContainer(list, random.nextInt(size + 1), depth + 1);
        } else {
            int at = random.nextInt(size + 1);
            Value value = value();
            list.insert(at, value);
            expected.add(at, Picture.words(Picture.read(value)));
            expect(expected, list);
        }
    }

    private void inMovable(MovableListEditor list, int index, List<String> expected, int depth) {
        if (chance(60)) {
            int to = random.nextInt(list.size());
            list.move(index, to);
            expected.add(to, expected.remove(index));
            expect(expected, list);
        } else if (chance(60) || depth >= DEPTH_MAX) {
            Value value = value();
            list.set(index, value);
            expected.set(index, Picture.words(Picture.read(value)));
            expect(expected, list);
        } else {
            switch (random.nextInt(5)) {
                case 0 -> in(list.setMap(index), depth + 1);
                case 1 -> in(list.setList(index), depth + 1);
                case 2 -> in(list.setText(index));
                case 3 -> in(list.setCounter(index));
                default -> in(list.setMovableList(index), depth + 1);
            }
        }
    }

    private void insertContainer(ListEditor list, int index, int depth) {
        switch (any(KINDS)) {
            case MAP -> in(list.insertMap(index), depth);
            case LIST -> in(list.insertList(index), depth);
            case TEXT -> in(list.insertText(index));
            case COUNTER -> in(list.insertCounter(index));
            case MOVABLE_LIST -> in(list.insertMovableList(index), depth);
            case TREE -> in(list.insertTree(index), depth);
            case REGISTER -> in(list.insertRegister(index), depth);
        }
    }

    /** Edits inside an element if that is a container. */
    private boolean inElement(ListEditor list, int index, Node element, int depth) {
        if (element instanceof MapView) {
            in(list.map(index), depth);
        } else if (element instanceof MovableListView) {
            in(list.movableList(index), depth);
        } else if (element instanceof ListView) {
            in(list.list(index), depth);
        } else if (element instanceof TextView) {
            in(list.text(index));
        } else if (element instanceof CounterView) {
            in(list.counter(index));
        } else if (element instanceof RegisterView) {
            in(list.register(index), depth);
        } else if (element instanceof TreeView) {
            in(list.tree(index), depth);
        } else {
            return false;
        }
        return true;
    }

    private void in(TextEditor text) {
        StringBuilder expected = new StringBuilder(text.toString());
        int length = expected.codePointCount(0, expected.length());
        int index = random.nextInt(length + 1);
        int at = expected.offsetByCodePoints(0, index);
        if (index < length && chance(marking ? 50 : 10)) {
            mark(text, at, expected.offsetByCodePoints(at, 1 + random.nextInt(length - index)));
            return;
        }
        if (index < length && chance(35)) {
            int to = expected.offsetByCodePoints(at, 1 + random.nextInt(Math.min(4, length - index)));
            text.delete(at, to - at);
            expected.delete(at, to);
        } else {
            String inserted = any(STRINGS);
            text.insert(at, inserted);
            expected.insert(at, inserted);
        }
        if (!text.toString().contentEquals(expected) || text.length() != expected.length()) {
            throw new AssertionError("expected " + expected + ", found " + text);
        }
    }

    private void mark(TextEditor text, int start, int end) {
        String before = text.toString();
        String key = any(KEYS.subList(0, 2));
        Value value = chance(25) ? Value.NULL : value();
        text.mark(start, end, key, value, any(List.of(Expand.values())));
        boolean covered = text.marks().stream()
                .anyMatch(mark -> mark.key().equals(key)
                        && mark.start() <= start
                        && mark.end() >= end
                        && mark.value().equals(value));
        boolean touched = text.marks().stream()
                .anyMatch(mark -> mark.key().equals(key) && mark.start() < end && mark.end() > start);
        check(value.equals(Value.NULL) ? !touched : covered, "not marked as wanted: " + text.marks());
        check(text.toString().equals(before), "marking changed the text");
    }

    private void in(TreeEditor tree, int depth) {
        List<TreeNodeId> inside = new ArrayList<>();
        tree.roots().forEach(root -> collect(tree, root, inside));
        int what = random.nextInt(100);
        if (inside.isEmpty() || what < 30) {
            addNode(tree, inside, depth);
        } else if (what < 55) {
            moveNode(tree, inside, any(chance(20) ? nodes : inside));
        } else if (what < 70) {
            TreeNodeId node = any(inside);
            tree.remove(node);
            check(!tree.contains(node), "removed node is there");
        } else {
            in(tree.data(any(inside)), depth);
        }
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    private static void collect(TreeEditor tree, TreeNodeId node, List<TreeNodeId> nodes) {
        nodes.add(node);
        tree.children(node).forEach(child -> collect(tree, child, nodes));
    }

    private void addNode(TreeEditor tree, List<TreeNodeId> inside, int depth) {
        TreeNodeId made;
        if (inside.isEmpty() || chance(30)) {
            int index = random.nextInt(tree.rootCount() + 1);
            made = tree.add(index);
            check(tree.roots().get(index).equals(made), "not added where it was wanted");
        } else {
            TreeNodeId parent = any(inside);
            int index = random.nextInt(tree.childCount(parent) + 1);
            made = tree.add(parent, index);
            check(tree.children(parent).get(index).equals(made), "not added where it was wanted");
        }
        nodes.add(made);
        if (chance(40)) {
            in(tree.data(made), depth);
        }
    }

    private void moveNode(TreeEditor tree, List<TreeNodeId> inside, TreeNodeId node) {
        TreeNodeId parent = any(inside);
        boolean top = chance(25);
        List<TreeNodeId> expected = new ArrayList<>(top ? tree.roots() : tree.children(parent));
        expected.remove(node);
        int index = random.nextInt(expected.size() + 1);
        expected.add(index, node);
        try {
            if (top) {
                tree.move(node, index);
            } else {
                tree.move(node, parent, index);
            }
        } catch (IllegalArgumentException e) {
            return; // below itself, or of another tree
        }
        check((top ? tree.roots() : tree.children(parent)).equals(expected), "not moved where it was wanted");
        check(tree.contains(node), "moved out");
    }

    private void in(CounterEditor counter) {
        long before = counter.value();
        long delta = random.nextInt(-3, 4);
        counter.add(delta);
        if (counter.value() != before + delta) {
            throw new AssertionError(before + " + " + delta + " = " + counter.value());
        }
    }

    /** Returns what the editors of a document show. */
    static String seen(EditSession session, String document) {
        MapEditor root = session.on(document).map();
        StringBuilder seen = new StringBuilder();
        for (String key : root.keys()) {
            Optional<Node> node = root.get(key);
            seen.append(key)
                    .append('=')
                    .append(Picture.words(Picture.read(node.orElseThrow())))
                    .append('\n');
        }
        return seen.toString();
    }

    /** Returns what a reader sees of a document, in the same words. */
    static String seen(DocumentSet set, String document) {
        StringBuilder seen = new StringBuilder();
        set.document(document)
                .root()
                .entries()
                .forEach((key, node) -> seen.append(key)
                        .append('=')
                        .append(Picture.words(Picture.read(node)))
                        .append('\n'));
        return seen.toString();
    }
}
