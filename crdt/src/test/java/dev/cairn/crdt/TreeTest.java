package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.InvalidOperation;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TreeTest {
    /** A device which edits the tree "t" of the document "d". */
    private static final class Device {
        final ActorId actor;
        DocumentSet set = DocumentSet.create();

        Device(int number) {
            actor = new ActorId(9, number);
        }

        TestRun.Change edit(Consumer<TreeEditor> edits) {
            EditSession session = set.begin(actor, set.version().of(actor) + 1, 0);
            edits.accept(session.on("d").tree("t"));
            LocalChange change = session.finish();
            return TestRun.Change.of(change);
        }

        void learn(TestRun.Change... changes) {
            for (TestRun.Change change : changes) {
                assertThat(set.integrate(List.of(TestRun.of(change))).refused()).isEmpty();
            }
        }

        DocumentState state() {
            return set.document("d");
        }

        TreeView tree() {
            return (TreeView) state().at("t").orElseThrow();
        }

        /** Returns the titles as "a(b c(d))". */
        String titles() {
            StringBuilder text = new StringBuilder();
            TreeView tree = tree();
            tree.walk(new TreeView.Walker() {
                @Override
                public void enter(TreeNodeId node, MapView data, int children) {
                    boolean first = text.length() == 0 || text.charAt(text.length() - 1) == '(';
                    text.append(first ? "" : " ")
                            .append(data.get("title")
                                    .map(title -> ((Value.Str) title).value())
                                    .orElse("?"));
                    text.append(children > 0 ? "(" : "");
                }

                @Override
                public void leave(TreeNodeId node) {
                    if (!tree.children(node).isEmpty()) {
                        text.append(')');
                    }
                }
            });
            return text.toString();
        }
    }

    private static TreeNodeId titled(TreeEditor tree, TreeNodeId node, String title) {
        tree.data(node).put("title", title);
        return node;
    }

    private final Device a = new Device(1);
    private final Device b = new Device(2);
    private final List<TreeNodeId> nodes = new ArrayList<>();

    /** Makes x, y and z at the top, and x1 below x; both devices know them. */
    private void start() {
        TestRun.Change made = a.edit(tree -> {
            for (String title : List.of("x", "y", "z")) {
                nodes.add(titled(tree, tree.add(), title));
            }
            nodes.add(titled(tree, tree.add(nodes.get(0)), "x1"));
        });
        b.learn(made);
    }

    private TreeNodeId x() {
        return nodes.get(0);
    }

    private TreeNodeId y() {
        return nodes.get(1);
    }

    private TreeNodeId z() {
        return nodes.get(2);
    }

    private TreeNodeId x1() {
        return nodes.get(3);
    }

    private void exchange(TestRun.Change ofA, TestRun.Change ofB) {
        a.learn(ofB);
        b.learn(ofA);
        assertThat(a.set.stateHash()).isEqualTo(b.set.stateHash());
        for (Device device : List.of(a, b)) {
            EngineCheckpoint checkpoint = device.set.checkpoint();
            DocumentSet opened = DocumentSet.open(
                    checkpoint,
                    name -> Objects.requireNonNull(checkpoint.changedSnapshots().get(name)),
                    List::of);
            assertThat(opened.stateHash()).isEqualTo(device.set.stateHash());
            assertThat(opened.document("d").conflicts())
                    .isEqualTo(device.state().conflicts());
        }
    }

    @Test
    void nodesAreMadeMovedTakenOutAndPutBack() {
        start();
        assertThat(a.titles()).isEqualTo("x(x1) y z");
        a.edit(tree -> tree.move(z(), 0).move(y(), x(), 0));
        assertThat(a.titles()).isEqualTo("z x(y x1)");
        a.edit(tree -> {
            assertThat(tree.indexOf(x1())).isEqualTo(1);
            assertThat(tree.parent(x1())).contains(x());
            assertThat(tree.parent(x())).isEmpty();
            tree.remove(x());
            assertThat(tree.contains(x1())).isFalse();
            assertThatThrownBy(() -> tree.data(x1())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tree.children(x())).isInstanceOf(IllegalArgumentException.class);
        });
        assertThat(a.titles()).isEqualTo("z");
        assertThat(a.state().conflicts()).isEmpty();
        a.edit(tree -> tree.move(x1(), 0));
        assertThat(a.titles()).isEqualTo("x1 z");
        a.edit(tree -> tree.move(x(), z(), 0));
        assertThat(a.titles()).isEqualTo("x1 z(x(y))");
        assertThat(a.tree().size()).isEqualTo(4);
    }

    @Test
    void aMoveToWhereANodeIsAlreadyIsNoChange() {
        start();
        assertThat(a.edit(tree -> tree.move(y(), 1)).operations().hasRemaining())
                .isFalse();
        assertThat(a.edit(tree -> tree.remove(x()).remove(x()).remove(x1()))
                        .operations()
                        .remaining())
                .isLessThan(40);
    }

    @Test
    void callsThatMakeNoSenseAreRefusedAndLeaveNoTrace() {
        start();
        TestRun.Change change = a.edit(tree -> {
            assertThatThrownBy(() -> tree.move(x(), x1(), 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tree.move(x(), x(), 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tree.add(4)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> tree.add(x(), 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> tree.move(x(), 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> tree.remove(new TreeNodeId(a.actor, 77, 0)))
                    .isInstanceOf(IllegalArgumentException.class);
        });
        assertThat(change.operations().hasRemaining()).isFalse();
    }

    @Test
    void aPathLeadsIntoTheMapOfANode() {
        start();
        assertThat(a.state().at("t", x(), "title")).contains(Value.of("x"));
        assertThat(a.state().at("t", new Step.TreeNode(x1()), "title")).contains(Value.of("x1"));
        assertThat(a.state().at("t", "title")).isEmpty();
        a.edit(tree -> tree.remove(x()));
        assertThat(a.state().at("t", x1())).isEmpty();
        assertThat(TreeNodeId.parse(x1().toString())).isEqualTo(x1());
        for (String wrong : List.of(
                "", "x", x1() + "0000000000", "0" + x1(), x1().toString().replace("-1-", "-0-"))) {
            assertThatThrownBy(() -> TreeNodeId.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTreeIsPlainJavaToo() {
        TestRun.Change made = a.edit(tree -> nodes.add(tree.add()));
        a.edit(tree -> nodes.add(titled(tree, tree.add(x()), "below")));
        assertThat(made.operations().hasRemaining()).isTrue();
        assertThat(a.state().toPlain())
                .isEqualTo(Map.of(
                        "t",
                        List.of(Map.of(
                                "id",
                                x().toString(),
                                "data",
                                Map.of(),
                                "children",
                                List.of(Map.of(
                                        "id",
                                        y().toString(),
                                        "data",
                                        Map.of("title", "below"),
                                        "children",
                                        List.of()))))));
    }

    @Test
    void ofTwoMovesWhichWouldMakeACircleOneDoesNothing() {
        start();
        exchange(a.edit(tree -> tree.move(x(), y(), 0)), b.edit(tree -> tree.move(y(), x(), 0)));
        assertThat(a.titles()).isEqualTo("y(x(x1)) z");
        assertThat(a.state().conflicts()).isEmpty();
        assertThat(a.set.invalid()).isEmpty();
    }

    @Test
    void ofTwoMovesOfOneNodeTheGreaterCounts() {
        start();
        exchange(a.edit(tree -> tree.move(x1(), y(), 0)), b.edit(tree -> tree.move(x1(), z(), 0)));
        assertThat(a.titles()).isEqualTo("x y z(x1)");
    }

    @Test
    void aNodeMovedAndTakenOutAtOnceIsWhereTheGreaterOneSays() {
        start();
        exchange(a.edit(tree -> tree.remove(x())), b.edit(tree -> tree.move(x(), y(), 0)));
        assertThat(a.titles()).isEqualTo("y(x(x1)) z");
        exchange(a.edit(tree -> tree.move(x(), z(), 0)), b.edit(tree -> tree.remove(x())));
        assertThat(a.titles()).isEqualTo("y z");
    }

    @Test
    void whatIsDoneBelowANodeThatIsTakenOutIsListedAsLost() {
        start();
        TestRun.Change moved = b.edit(tree -> tree.move(y(), x(), 0));
        exchange(a.edit(tree -> tree.remove(x())), moved);
        assertThat(a.titles()).isEqualTo("z");
        lost(x(), moved);
        // putting it back brings everything back, and nothing is lost any more
        TestRun.Change back = a.edit(tree -> tree.move(x(), 0));
        b.learn(back);
        assertThat(b.titles()).isEqualTo("x(y x1) z");
        assertThat(b.state().conflicts()).isEmpty();
        assertThat(a.set.stateHash()).isEqualTo(b.set.stateHash());
    }

    private void lost(TreeNodeId node, TestRun.Change... changes) {
        assertThat(a.state().conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.path()).containsExactly(new Step.Key("t"), new Step.TreeNode(node));
            assertThat(((Conflict.LostEdits) conflict).edits())
                    .extracting(Conflict.Edit::change)
                    .containsExactly(
                            List.of(changes).stream().map(TestRun.Change::id).toArray(ChangeId[]::new));
        });
    }

    @Test
    void anEditInTheMapOfANodeThatIsTakenOutIsListedAsLost() {
        start();
        TestRun.Change edited = b.edit(tree -> tree.data(x1()).map("deep").put("k", 1));
        exchange(a.edit(tree -> tree.remove(x())), edited);
        lost(x(), edited);
        // whoever takes it out again knows of it
        TestRun.Change again = b.edit(tree -> tree.move(x(), 0).remove(x()));
        a.learn(again);
        assertThat(a.state().conflicts()).isEmpty();
    }

    @Test
    void conflictsInsideNodesHaveTheNodeInTheirPath() {
        start();
        exchange(titles("a"), b.edit(tree -> tree.data(x1()).put("title", "b")));
        assertThat(a.state().conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.path())
                        .containsExactly(new Step.Key("t"), new Step.TreeNode(x1()), new Step.Key("title")));
        Conflict.Assignments conflict =
                (Conflict.Assignments) a.state().conflicts().get(0);
        EditSession session = a.set.begin(a.actor, a.set.version().of(a.actor) + 1, 0);
        session.on("d").resolve(conflict, conflict.assignments().get(1));
        session.finish();
        assertThat(a.state().conflicts()).isEmpty();
        assertThat(a.titles()).isEqualTo("x(a) y z");
    }

    private TestRun.Change titles(String title) {
        return a.edit(tree -> tree.data(x1()).put("title", title));
    }

    @Test
    void whatTwoDevicesPutAtOnePlaceDoesNotMix() {
        start();
        Function<String, Consumer<TreeEditor>> row = prefix -> tree -> {
            for (int i = 0; i < 5; i++) {
                titled(tree, tree.add(1 + i), prefix + i);
            }
        };
        exchange(a.edit(row.apply("a")), b.edit(row.apply("b")));
        assertThat(a.titles()).containsAnyOf("a0 a1 a2 a3 a4 b0 b1 b2 b3 b4", "b0 b1 b2 b3 b4 a0 a1 a2 a3 a4");
    }

    @Test
    void betweenTwoNodesThereIsRoomForAnyNumberOfOthers() {
        start();
        List<String> expected = new ArrayList<>(List.of("y", "z"));
        a.edit(tree -> {
            tree.remove(x());
            for (int i = 0; i < 2_000; i++) {
                // now behind the last one, now before it
                int at = 1 + i / 2;
                titled(tree, tree.add(at), "n" + i);
                expected.add(at, "n" + i);
            }
        });
        assertThat(a.titles()).isEqualTo(String.join(" ", expected));
    }

    @Test
    void treesAreInListsAndInMapsOfNodes() {
        EditSession session = a.set.begin(a.actor, 1, 0);
        DocumentEditor document = session.on("d");
        TreeEditor inList = document.list("l").insertTree(0);
        TreeNodeId outer = inList.add();
        TreeEditor inner = inList.data(outer).tree("inner");
        TreeNodeId node = inner.add();
        inner.data(node).text("words").insert(0, "hello");
        TestRun.Change change = TestRun.Change.of(session.finish());
        b.learn(change);
        assertThat(b.state().at("l", 0, outer, "inner", node, "words").orElseThrow())
                .hasToString("hello");
        assertThat(b.set.stateHash()).isEqualTo(a.set.stateHash());
        session = a.set.begin(a.actor, 2, 0);
        session.on("d").list("l").tree(0).remove(outer);
        b.learn(TestRun.Change.of(session.finish()));
        assertThat(((TreeView) b.state().at("l", 0).orElseThrow()).size()).isZero();
    }

    @Test
    void aVeryDeepTreeIsReadHashedAndCheckpointed() {
        int depth = 100_000;
        TestRun.Change change = a.edit(tree -> {
            TreeNodeId last = tree.add();
            for (int i = 1; i < depth; i++) {
                last = tree.add(last, 0);
                if (i % 1_000 == 0) {
                    tree.data(last).put("depth", i);
                }
            }
            nodes.add(last);
        });
        b.learn(change);
        assertThat(b.tree().nodes()).hasSize(depth);
        assertThat(b.tree().parent(x())).isPresent();
        exchange(
                a.edit(tree -> tree.data(x()).put("k", 1)),
                b.edit(tree -> tree.remove(tree.roots().get(0))));
        assertThat(a.tree().size()).isZero();
        assertThat(a.state().conflicts()).hasSize(1);
        assertThat(a.state().toPlain()).containsKey("t");
    }

    @Test
    void aDeepTreeInADeletedElementComesBackWhenTheDeletionIsTakenBack() {
        int depth = 20_000;
        EditSession session = a.set.begin(a.actor, 1, 0);
        TreeEditor made = session.on("d").list("l").insertTree(0);
        TreeNodeId last = made.add();
        for (int i = 1; i < depth; i++) {
            last = made.add(last);
        }
        made.data(last).put("k", "deep");
        session.finish();
        session = a.set.begin(a.actor, 2, 0);
        session.on("d").list("l").delete(0, 1);
        ChangeId deleted = session.finish().change();
        a.set.history();
        session = a.set.begin(a.actor, 3, 0);
        session.takeBack(deleted);
        session.finish();
        TreeView tree = (TreeView) a.state().at("l", 0).orElseThrow();
        assertThat(tree.size()).isEqualTo(depth);
        assertThat(tree.data(tree.nodes().get(depth - 1)).get("k")).contains(Value.of("deep"));
    }

    @Test
    void aTreeIsRestoredAsItWas() {
        start();
        Heads then = a.set.heads();
        a.edit(tree -> tree.move(z(), x(), 0).move(x(), y(), 0));
        a.edit(tree -> {
            tree.remove(x1());
            titled(tree, tree.add(y()), "new");
            titled(tree, y(), "Y");
        });
        assertThat(a.titles()).isEqualTo("Y(x(z) new)");
        a.set.history();
        EditSession session = a.set.begin(a.actor, a.set.version().of(a.actor) + 1, 0);
        session.restore("d", then);
        session.finish();
        assertThat(a.titles()).isEqualTo("x(x1) y z");
        assertThat(a.tree().roots()).containsExactly(x(), y(), z());
    }

    @Test
    void aNodeIsRestoredWithoutWhatCameBelowItLater() {
        start();
        Heads then = a.set.heads();
        a.edit(tree -> titled(tree, tree.add(y()), "new"));
        a.edit(tree -> tree.remove(y()));
        a.set.history();
        EditSession session = a.set.begin(a.actor, a.set.version().of(a.actor) + 1, 0);
        session.restore("d", then);
        session.finish();
        assertThat(a.titles()).isEqualTo("x(x1) y z");
    }

    // ---- what an honest device never writes

    private TestRun.Change written(int actor, List<TestRun.Change> parents, Consumer<OperationWriter> operations) {
        OperationWriter writer = new OperationWriter();
        writer.document(new byte[] {'d'}, 0, 1);
        operations.accept(writer);
        long lamport = parents.stream().mapToLong(TestRun.Change::lamport).max().orElse(0) + 1;
        List<ChangeId> ids = parents.stream().map(TestRun.Change::id).toList();
        return new TestRun.Change(
                new ChangeId(new ActorId(11, actor), 1),
                lamport,
                0,
                ids,
                writer.sink().copy());
    }

    private static void place(OperationWriter writer, int flags, int key, Runnable ids) {
        writer.place(flags);
        ids.run();
        writer.position(new byte[] {(byte) key});
    }

    private static void enter(OperationWriter writer) {
        writer.enter(ContainerType.TREE, new byte[] {'t'}, 0, 1, false);
    }

    @Test
    void whatMakesNoSenseDoesNothingAndIsReported() {
        start();
        TestRun.Change made = a.edit(tree -> nodes.add(tree.add()));
        TestRun.Change change = written(1, List.of(made), writer -> {
            enter(writer);
            ActorId actor = new ActorId(11, 1);
            place(writer, Layout.NEW_NODE, 1, () -> writer.ownId(0)); // 0: below itself
            place(writer, Layout.NEW_NODE, 1, () -> writer.ownId(2)); // 1: below one that is made later
            place(writer, Layout.NEW_NODE | Layout.AT_TOP, 1, () -> {}); // 2: good
            place(writer, Layout.NEW_NODE, 1, () -> writer.id(actor.high(), actor.low(), 1, 2)); // 3: own id spelt out
            place(writer, Layout.AT_TOP, 1, () -> writer.ownId(0)); // 4: was never made
            place(
                    writer,
                    0,
                    1,
                    () -> { // 5: a node below itself
                        writer.ownId(2);
                        writer.ownId(2);
                    });
            place(writer, Layout.NEW_NODE, 1, () -> writer.id(a.actor.high(), a.actor.low(), 77, 0)); // 6: unknown
            writer.drop();
            writer.id(1, 2, 3, 4); // 7: nobody knows that author
            place(writer, Layout.NEW_NODE, 1, () -> writer.ownId(2)); // 8: good
            writer.leave(1);
            writer.enterMade(ContainerType.LIST);
            writer.ownId(2);
            writer.delete(0, 1); // 9: a node has a map
            writer.leave(1);
            writer.enterMade(ContainerType.MAP);
            writer.ownId(1);
            writer.remove(new byte[] {'k'}, 0, 1); // 10: the map of no node
        });
        a.learn(change);
        assertThat(a.set.invalid()).extracting(InvalidOperation::index).containsExactly(0, 1, 3, 4, 5, 6, 7, 9, 10);
        assertThat(a.tree().size()).isEqualTo(7);
        assertThat(a.tree().children(new TreeNodeId(new ActorId(11, 1), 1, 2)))
                .containsExactly(new TreeNodeId(new ActorId(11, 1), 1, 8));
    }

    @Test
    void aNodeStaysInItsTree() {
        EditSession session = a.set.begin(a.actor, 1, 0);
        TreeNodeId one = session.on("d").tree("t").add();
        TreeNodeId other = session.on("d").tree("u").add();
        session.on("d").list("l").insertMap(0);
        TestRun.Change made = TestRun.Change.of(session.finish());
        TestRun.Change change = written(1, List.of(made), writer -> {
            enter(writer);
            place(writer, Layout.AT_TOP, 1, () -> id(writer, other));
            place(writer, Layout.NEW_NODE, 1, () -> id(writer, other));
            for (int i = 0; i < 6; i++) {
                TreeNodeId element = new TreeNodeId(a.actor, 1, i); // one of them the map in the list
                writer.drop();
                id(writer, element);
            }
        });
        a.learn(change);
        assertThat(a.set.invalid()).hasSize(7);
        assertThat(a.tree().contains(one)).isFalse();
        assertThat(((TreeView) a.state().at("u").orElseThrow()).nodes()).containsExactly(other);
    }

    private static void id(OperationWriter writer, TreeNodeId id) {
        writer.id(id.actor().high(), id.actor().low(), id.seq(), id.index());
    }

    @Test
    void betweenNodesOfOnePositionThereIsRoom() {
        start();
        TestRun.Change made = a.edit(tree -> tree.remove(x()));
        TestRun.Change change = written(1, List.of(made), writer -> {
            enter(writer);
            for (int i = 0; i < 40; i++) {
                place(writer, Layout.NEW_NODE | Layout.AT_TOP, 1, () -> {});
            }
        });
        a.learn(change);
        List<TreeNodeId> expected = new ArrayList<>(a.tree().roots());
        assertThat(expected).hasSize(42);
        TestRun.Change edit = a.edit(tree -> {
            for (int i = 20; i >= 0; i -= 5) {
                expected.add(i, tree.add(i));
            }
            TreeNodeId moved = expected.remove(30);
            tree.move(moved, 9);
            expected.add(9, moved);
        });
        assertThat(a.tree().roots()).isEqualTo(expected);
        b.learn(made, change, edit);
        assertThat(b.tree().roots()).isEqualTo(expected);
    }

    @Test
    void aPositionThatEndsIn0IsRefused() {
        TestRun.Change change = written(1, List.of(), writer -> {
            writer.make(ContainerType.TREE, new byte[] {'t'}, 0, 1, false);
            enter(writer);
            place(writer, Layout.NEW_NODE | Layout.AT_TOP, 0, () -> {});
        });
        assertThat(a.set.integrate(List.of(TestRun.of(change))).refused())
                .extracting(Integration.Refusal::reason)
                .containsExactly(Integration.Reason.OPERATIONS);
    }
}
