package dev.cairn.crdt.pairs;

import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The operations which are paired, by what they are made on. */
final class Catalog {
    /**
     * An edit.
     *
     * @param name as the table names it
     * @param edit gets the document and the name of the device, "A" or "B"
     */
    record Edit(String name, BiConsumer<DocumentEditor, String> edit) {}

    /**
     * Edits which two devices make on the same document.
     *
     * @param name the name of the vectors' file
     * @param title the title of the table
     * @param base makes the document which both know
     */
    record Group(String name, String title, Consumer<DocumentEditor> base, List<Edit> edits) {}

    private Catalog() {}

    static List<Group> groups() {
        return List.of(entry(), container(), register(), counter(), text(), marks(), list(), movableList(), tree());
    }

    private static Edit edit(String name, BiConsumer<DocumentEditor, String> edit) {
        return new Edit(name, edit);
    }

    private static Edit alike(String name, Consumer<DocumentEditor> edit) {
        return new Edit(name, (document, device) -> edit.accept(document));
    }

    private static Group entry() {
        return new Group(
                "map-entry",
                "Map: an entry `k` which holds 0",
                document -> document.map().put("k", 0),
                List.of(
                        edit("put", (document, device) -> document.map().put("k", device)),
                        alike("remove", document -> document.map().remove("k")),
                        edit(
                                "make a map",
                                (document, device) -> document.map("k").put(device, 1)),
                        edit(
                                "make a text",
                                (document, device) -> document.text("k").append(device)),
                        edit(
                                "make a counter",
                                (document, device) -> document.counter("k").add(1)),
                        edit(
                                "put another key",
                                (document, device) -> document.map().put(device, 1))));
    }

    private static Group container() {
        return new Group(
                "map-container",
                "Map: an entry `k` which holds a map with `x` = 0",
                document -> document.map("k").put("x", 0),
                List.of(
                        edit(
                                "edit inside",
                                (document, device) -> document.map("k").put(device, 1)),
                        edit(
                                "edit inside the same key",
                                (document, device) -> document.map("k").put("x", device)),
                        edit("put", (document, device) -> document.map().put("k", device)),
                        alike("remove", document -> document.map().remove("k")),
                        edit(
                                "make a text",
                                (document, device) -> document.text("k").append(device)),
                        edit("remove, make again", (document, device) -> {
                            document.map().remove("k");
                            document.map("k").put(device, 2);
                        })));
    }

    private static Group register() {
        return new Group(
                "register",
                "Register `r` which holds 0",
                document -> document.register("r").set(0),
                List.of(
                        edit("set", (document, device) -> document.register("r").set(device)),
                        alike("clear", document -> document.register("r").clear()),
                        edit(
                                "make a map",
                                (document, device) ->
                                        document.register("r").map().put(device, 1)),
                        edit(
                                "make a list",
                                (document, device) ->
                                        document.register("r").list().add(device)),
                        alike("remove the register", document -> document.map().remove("r"))));
    }

    private static Group counter() {
        return new Group(
                "counter",
                "Counter `c` of 10",
                document -> document.counter("c").add(10),
                List.of(
                        edit("add", (document, device) -> document.counter("c").add("A".equals(device) ? 1 : 2)),
                        edit(
                                "subtract",
                                (document, device) -> document.counter("c").add("A".equals(device) ? -1 : -2)),
                        alike("remove", document -> document.map().remove("c")),
                        edit("put", (document, device) -> document.map().put("c", device)),
                        alike("remove, make again", document -> {
                            document.map().remove("c");
                            document.counter("c").add(5);
                        })));
    }

    private static TextEditor text(DocumentEditor document) {
        return document.text("t");
    }

    private static Group text() {
        return new Group(
                "text",
                "Text `t` = abcd",
                document -> text(document).append("abcd"),
                List.of(
                        edit("insert at 0", (document, device) -> text(document).insert(0, device + device)),
                        edit("insert at 2", (document, device) -> text(document).insert(2, device + device)),
                        edit(
                                "insert at 2, backwards",
                                (document, device) ->
                                        text(document).insert(2, "2").insert(2, device)),
                        edit("append", (document, device) -> text(document).append(device + device)),
                        alike("delete bc", document -> text(document).delete(1, 2)),
                        alike("delete b", document -> text(document).delete(1, 1)),
                        edit(
                                "replace bc",
                                (document, device) ->
                                        text(document).delete(1, 2).insert(1, device)),
                        alike("delete all", document -> text(document).delete(0, 4)),
                        alike("remove the text", document -> document.map().remove("t"))));
    }

    private static Group marks() {
        return new Group(
                "marks",
                "Text `t` = abcd, of which b and c are bold, and c and d a link that does not expand",
                document -> text(document)
                        .append("abcd")
                        .mark(1, 3, "bold", true, Expand.AFTER)
                        .mark(2, 4, "link", "x", Expand.NONE),
                List.of(
                        alike("bold a, b", document -> text(document).mark(0, 2, "bold", true, Expand.AFTER)),
                        edit(
                                "colour b, c",
                                (document, device) -> text(document).mark(1, 3, "colour", device, Expand.AFTER)),
                        edit("link b, c", (document, device) -> text(document).mark(1, 3, "link", device, Expand.NONE)),
                        alike("unbold c", document -> text(document).unmark(2, 3, "bold", Expand.AFTER)),
                        edit(
                                "insert before b",
                                (document, device) -> text(document).insert(1, device)),
                        edit(
                                "insert behind c",
                                (document, device) -> text(document).insert(3, device)),
                        edit("append", (document, device) -> text(document).append(device)),
                        alike("delete b, c", document -> text(document).delete(1, 2))));
    }

    private static Group list() {
        return new Group(
                "list",
                "List `l` = [1, 2, {x: 0}, 4]",
                document -> {
                    document.list("l").add(1).add(2);
                    document.list("l").insertMap(2).put("x", 0);
                    document.list("l").add(4);
                },
                List.of(
                        edit(
                                "insert at 1",
                                (document, device) -> document.list("l").insert(1, device)),
                        edit("set 1", (document, device) -> document.list("l").set(1, device)),
                        alike("delete 1", document -> document.list("l").delete(1, 1)),
                        edit(
                                "edit inside 2",
                                (document, device) -> document.list("l").map(2).put(device, 1)),
                        alike("delete 2", document -> document.list("l").delete(2, 1)),
                        alike("delete 0 to 3", document -> document.list("l").delete(0, 4))));
    }

    private static Group movableList() {
        return new Group(
                "movable-list",
                "Movable list `l` = [1, 2, {x: 0}, 4]",
                document -> {
                    document.movableList("l").add(1).add(2);
                    document.movableList("l").insertMap(2).put("x", 0);
                    document.movableList("l").add(4);
                },
                List.of(
                        edit(
                                "insert at 1",
                                (document, device) -> document.movableList("l").insert(1, device)),
                        alike(
                                "move 0 to the end",
                                document -> document.movableList("l").move(0, 3)),
                        alike(
                                "move 0 to 1",
                                document -> document.movableList("l").move(0, 1)),
                        alike(
                                "move 2 to 0",
                                document -> document.movableList("l").move(2, 0)),
                        edit(
                                "set 0",
                                (document, device) -> document.movableList("l").set(0, device)),
                        edit(
                                "set 2",
                                (document, device) -> document.movableList("l").set(2, device)),
                        edit(
                                "edit inside 2",
                                (document, device) ->
                                        document.movableList("l").map(2).put(device, 1)),
                        alike("delete 0", document -> document.movableList("l").delete(0, 1)),
                        alike("delete 2", document -> document.movableList("l").delete(2, 1))));
    }

    // ---- trees

    private static void node(MapEditor data, String name) {
        data.put("name", name);
    }

    private static TreeNodeId add(TreeEditor tree, String name) {
        TreeNodeId made = tree.add();
        node(tree.data(made), name);
        return made;
    }

    private static TreeNodeId find(TreeEditor tree, int... path) {
        TreeNodeId node = tree.roots().get(path[0]);
        for (int i = 1; i < path.length; i++) {
            node = tree.children(node).get(path[i]);
        }
        return node;
    }

    private static TreeNodeId p(TreeEditor tree) {
        return find(tree, 0);
    }

    private static TreeNodeId q(TreeEditor tree) {
        return find(tree, 1);
    }

    private static TreeNodeId c(TreeEditor tree) {
        return find(tree, 0, 0);
    }

    private static Edit inTree(String name, Consumer<TreeEditor> edit) {
        return alike(name, document -> edit.accept(document.tree("t")));
    }

    private static Group tree() {
        return new Group(
                "tree",
                "Tree `t` with P and Q at the top, and c below P",
                document -> {
                    TreeEditor tree = document.tree("t");
                    TreeNodeId p = add(tree, "P");
                    add(tree, "Q");
                    node(tree.data(tree.add(p)), "c");
                },
                List.of(
                        inTree("move c below Q", tree -> tree.move(c(tree), q(tree), 0)),
                        inTree("move c to the top", tree -> tree.move(c(tree), 0)),
                        inTree("move P below Q", tree -> tree.move(p(tree), q(tree), 0)),
                        inTree("move Q below P", tree -> tree.move(q(tree), p(tree), 0)),
                        edit("add below P", (document, device) -> {
                            TreeEditor tree = document.tree("t");
                            node(tree.data(tree.add(p(tree))), device);
                        }),
                        inTree("drop P", tree -> tree.remove(p(tree))),
                        inTree("drop c", tree -> tree.remove(c(tree))),
                        edit("edit inside c", (document, device) -> {
                            TreeEditor tree = document.tree("t");
                            tree.data(c(tree)).put(device, 1);
                        })));
    }
}
