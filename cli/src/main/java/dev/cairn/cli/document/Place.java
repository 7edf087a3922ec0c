package dev.cairn.cli.document;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.RegisterEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.util.Optional;

/**
 * Where a value is or will be in a document being edited: an entry of a map, an element of a list or a node of a tree.
 * The editors it gives replace what is there when that is of another type.
 */
public sealed interface Place {

    /** What is there now. */
    Optional<Node> get();

    /** Puts a scalar there. */
    void put(Value value);

    /** The map there, made if need be. */
    MapEditor map();

    /** The list there, made if need be. */
    ListEditor list();

    /** The movable list there, made if need be. */
    MovableListEditor movableList();

    /** The list of either kind there, a plain one made if need be. */
    default ListEditor anyList() {
        return get().filter(MovableListView.class::isInstance).isPresent() ? movableList() : list();
    }

    /** The text there, made if need be. */
    TextEditor text();

    /** The counter there, made if need be. */
    CounterEditor counter();

    /** The register there, made if need be. */
    RegisterEditor register();

    /** The tree there, made if need be. */
    TreeEditor tree();

    /** Removes what is there. */
    void remove();

    /** Whether a value is a register. */
    static boolean isRegister(Node node) {
        return node instanceof RegisterView;
    }

    /** The place itself, or what is inside the register there. */
    default Place throughRegister() {
        return get().filter(RegisterView.class::isInstance).isPresent() ? new Held(register()).throughRegister() : this;
    }

    /**
     * The place at the end of a path, which is not the root. Maps on the way are made if need be; what is on the way
     * and can hold nothing fails.
     */
    static Place at(DocumentEditor document, DocumentPath path) {
        Place place = new Entry(document.map(), path.segments().get(0));
        for (int i = 1; i < path.segments().size(); i++) {
            String segment = path.segments().get(i);
            place = place.throughRegister();
            Node parent = place.get().orElse(null);
            if (parent == null || parent instanceof MapView) {
                place = new Entry(place.map(), segment);
            } else if (parent instanceof ListView) {
                place = Element.of(place.anyList(), segment);
            } else if (parent instanceof TreeView) {
                place = Member.of(place.tree(), segment);
            } else {
                DocumentPath above = new DocumentPath(path.segments().subList(0, i));
                throw new Failure(
                        Exit.NO,
                        "wrong_type",
                        above + " is a " + Plain.type(parent) + ", which holds no '" + segment + "': remove it first");
            }
        }
        return place;
    }

    /** An entry of a map. */
    record Entry(MapEditor parent, String key) implements Place {
        @Override
        public Optional<Node> get() {
            return parent.get(key);
        }

        @Override
        public void put(Value value) {
            parent.put(key, value);
        }

        @Override
        public MapEditor map() {
            return parent.map(key);
        }

        @Override
        public ListEditor list() {
            return parent.list(key);
        }

        @Override
        public MovableListEditor movableList() {
            return parent.movableList(key);
        }

        @Override
        public TextEditor text() {
            return parent.text(key);
        }

        @Override
        public CounterEditor counter() {
            return parent.counter(key);
        }

        @Override
        public RegisterEditor register() {
            return parent.register(key);
        }

        @Override
        public TreeEditor tree() {
            return parent.tree(key);
        }

        @Override
        public void remove() {
            parent.remove(key);
        }
    }

    /** What a register holds. */
    record Held(RegisterEditor parent) implements Place {
        @Override
        public Optional<Node> get() {
            return parent.get();
        }

        @Override
        public void put(Value value) {
            parent.set(value);
        }

        @Override
        public MapEditor map() {
            return parent.map();
        }

        @Override
        public ListEditor list() {
            return parent.list();
        }

        @Override
        public MovableListEditor movableList() {
            return parent.movableList();
        }

        @Override
        public TextEditor text() {
            return parent.text();
        }

        @Override
        public CounterEditor counter() {
            return parent.counter();
        }

        @Override
        public RegisterEditor register() {
            return parent.register();
        }

        @Override
        public TreeEditor tree() {
            return parent.tree();
        }

        @Override
        public void remove() {
            parent.clear();
        }
    }

    /** An element of a list, or the place after the last. */
    record Element(ListEditor parent, int index) implements Place {

        static Element of(ListEditor parent, String segment) {
            int size = parent.size();
            int index = segment.equals("-") ? size : DocumentPath.index(segment);
            if (index < 0 || index > size) {
                throw Failure.notFound(
                        "no index '" + segment + "' in a list of " + size + ": the next one is - or " + size);
            }
            return new Element(parent, index);
        }

        @Override
        public Optional<Node> get() {
            return index < parent.size() ? Optional.of(parent.get(index)) : Optional.empty();
        }

        /** How an element comes to be a container of some kind. */
        private enum How {
            THERE,
            INSERT,
            ASSIGN
        }

        private How how(Kind wanted) {
            Optional<Node> there = get();
            if (there.isEmpty()) {
                return How.INSERT;
            }
            if (wanted.isKindOf(there.get())) {
                return How.THERE;
            }
            if (parent instanceof MovableListEditor) {
                return How.ASSIGN;
            }
            remove();
            return How.INSERT;
        }

        private MovableListEditor movable() {
            return (MovableListEditor) parent;
        }

        @Override
        public void put(Value value) {
            if (index < parent.size()) {
                parent.set(index, value);
            } else {
                parent.insert(index, value);
            }
        }

        @Override
        public MapEditor map() {
            return switch (how(Kind.map)) {
                case THERE -> parent.map(index);
                case INSERT -> parent.insertMap(index);
                case ASSIGN -> movable().setMap(index);
            };
        }

        @Override
        public ListEditor list() {
            return switch (how(Kind.list)) {
                case THERE -> parent.list(index);
                case INSERT -> parent.insertList(index);
                case ASSIGN -> movable().setList(index);
            };
        }

        @Override
        public MovableListEditor movableList() {
            return switch (how(Kind.movable)) {
                case THERE -> parent.movableList(index);
                case INSERT -> parent.insertMovableList(index);
                case ASSIGN -> movable().setMovableList(index);
            };
        }

        @Override
        public TextEditor text() {
            return switch (how(Kind.text)) {
                case THERE -> parent.text(index);
                case INSERT -> parent.insertText(index);
                case ASSIGN -> movable().setText(index);
            };
        }

        @Override
        public CounterEditor counter() {
            return switch (how(Kind.counter)) {
                case THERE -> parent.counter(index);
                case INSERT -> parent.insertCounter(index);
                case ASSIGN -> movable().setCounter(index);
            };
        }

        /** An element of a movable list has no register of its own: it is one. */
        @Override
        public RegisterEditor register() {
            if (how(Kind.register) == How.ASSIGN) {
                remove();
            }
            return how(Kind.register) == How.THERE ? parent.register(index) : parent.insertRegister(index);
        }

        @Override
        public TreeEditor tree() {
            if (how(Kind.tree) == How.ASSIGN) {
                remove();
            }
            return how(Kind.tree) == How.THERE ? parent.tree(index) : parent.insertTree(index);
        }

        @Override
        public void remove() {
            parent.delete(index, 1);
        }
    }

    /** A node of a tree, or one that is made when something is put there; it is always a map. */
    record Member(TreeEditor parent, Optional<TreeNodeId> node) implements Place {

        static Member of(TreeEditor parent, String segment) {
            if (segment.equals("-")) {
                return new Member(parent, Optional.empty());
            }
            TreeNodeId node = DocumentPath.node(segment)
                    .filter(parent::contains)
                    .orElseThrow(() -> Failure.notFound(
                            "no node '" + segment + "' in this tree: 'cairn get' shows their ids, - is a new one"));
            return new Member(parent, Optional.of(node));
        }

        @Override
        public Optional<Node> get() {
            return Optional.empty();
        }

        @Override
        public MapEditor map() {
            return parent.data(node.orElseGet(parent::add));
        }

        private static Failure wrong(String type) {
            return new Failure(Exit.NO, "wrong_type", "a node of a tree is a map and can not be a " + type);
        }

        @Override
        public void put(Value value) {
            throw wrong(Plain.type(value));
        }

        @Override
        public ListEditor list() {
            throw wrong("list");
        }

        @Override
        public MovableListEditor movableList() {
            throw wrong("movable list");
        }

        @Override
        public TextEditor text() {
            throw wrong("text");
        }

        @Override
        public CounterEditor counter() {
            throw wrong("counter");
        }

        @Override
        public RegisterEditor register() {
            throw wrong("register");
        }

        @Override
        public TreeEditor tree() {
            throw wrong("tree");
        }

        @Override
        public void remove() {
            node.ifPresent(parent::remove);
        }
    }
}
