package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.DocumentState;
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
                public void enter(TreeNodeId node, dev.cairn.crdt.view.MapView data, int children) {
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
                    .containsExactly(List.of(changes).stream()
                            .map(TestRun.Change::id)
                            .toArray(dev.cairn.crdt.version.ChangeId[]::new));
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
}
