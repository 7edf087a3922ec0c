package dev.cairn.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.shell.Json;
import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class AssignmentProperties {
    private static final DocumentPath WHERE = DocumentPath.parse("a.b");

    private final DocumentSet documents = DocumentSet.create();
    private int seq;

    @Property(tries = 400)
    void aPlaceHoldsWhatWasAssignedLast(@ForAll("values") Object first, @ForAll("values") Object second) {
        assign(first);
        assertThat(held()).isEqualTo(json(first));
        assign(second);
        assertThat(held()).isEqualTo(json(second));
        assign(first);
        assertThat(held()).isEqualTo(json(first));
    }

    /** Each change goes on where the one before ended, and the last one comes soon. */
    @Property(tries = 300)
    void anAssignmentInPartsComesToTheSame(
            @ForAll("values") Object first,
            @ForAll("values") Object second,
            @ForAll @IntRange(min = 1, max = 600) int bytes) {
        assign(first);
        boolean finished = false;
        for (int changes = 1; !finished; changes++) {
            Allowance allowance = Allowance.ofOneChange(bytes);
            edit(editor -> Assignment.fill(Place.at(editor, WHERE), plain(second), allowance));
            finished = allowance.isFinished();
            assertThat(changes).isLessThan(500);
        }
        assertThat(held()).isEqualTo(json(second));
    }

    @Property(tries = 200)
    void aContainerThatIsEqualAlreadyIsNotTouched(@ForAll("containers") Object value) {
        assign(value);
        assertThat(assign(value).isEmpty()).isTrue();
    }

    @Property(tries = 200)
    void aListOfAnythingTakesElementsOneByOne(@ForAll("lists") List<Object> values) {
        assign(List.of());
        for (Object value : values) {
            edit(editor -> Assignment.assign(Place.at(editor, DocumentPath.parse("a.b.-")), plain(value)));
        }
        assertThat(held()).isEqualTo(json(values));
        for (int i = 0; i < values.size(); i++) {
            String element = "a.b." + i;
            edit(editor -> Assignment.assign(Place.at(editor, DocumentPath.parse(element)), Map.of("n", 1)));
            edit(editor -> Place.at(editor, DocumentPath.parse(element + ".n"))
                    .counter()
                    .add(2));
        }
        assertThat(held())
                .isEqualTo(json(values.stream().map(value -> Map.of("n", 2)).toList()));
    }

    @Property(tries = 200)
    void aRegisterStaysOneWhateverIsAssigned(@ForAll("values") Object first, @ForAll("values") Object second) {
        edit(editor -> editor.map("a").register("b"));
        assign(first);
        assertThat(held()).isEqualTo(json(first));
        assign(second);
        assertThat(held()).isEqualTo(json(second));
        assertThat(documents.document("doc").at("a", "b")).containsInstanceOf(RegisterView.class);
        assign(Map.of());
        edit(editor -> Place.at(editor, DocumentPath.parse("a.b.c")).put(Value.of(1)));
        assertThat(documents.document("doc").at("a", "b", "c")).contains(Value.of(1));
    }

    @Property(tries = 20)
    void nodesOfATreeAreReachedByTheirNames(@ForAll @IntRange(max = 300) int depth) {
        List<TreeNodeId> nodes = new ArrayList<>();
        edit(editor -> {
            editor.map().remove("t");
            nodes.add(editor.tree("t").add());
            for (int i = 0; i < depth; i++) {
                nodes.add(editor.tree("t").add(nodes.get(i), 0));
            }
        });
        String last = "t." + nodes.get(depth);
        edit(editor -> Assignment.assign(Place.at(editor, DocumentPath.parse(last)), Map.of("k", 1)));
        edit(editor -> Assignment.assign(Place.at(editor, DocumentPath.parse("t.-")), Map.of("k", 2)));
        edit(editor -> Place.at(editor, DocumentPath.parse(last + ".k")).put(Value.of(3)));
        DocumentState state = documents.document("doc");
        assertThat(DocumentPath.parse(last + ".k").find(state.root())).contains(Value.of(3));
        TreeView tree = (TreeView) state.at("t").orElseThrow();
        assertThat(tree.size()).isEqualTo(depth + 2);
        String json = Json.write(Plain.of(tree));
        assertThat(nodes).allMatch(node -> json.contains("\"id\":\"" + node + '"'));
        assertThat(json.contains("parent")).isEqualTo(depth > PlainTree.LEVELS_MAX);
        edit(editor -> Place.at(editor, DocumentPath.parse("t." + nodes.get(0))).remove());
        assertThat(((TreeView) documents.document("doc").at("t").orElseThrow()).size())
                .isEqualTo(1);
    }

    @Property(tries = 400)
    void aMovableListStaysOneAndMovesWhatIsElsewhere(
            @ForAll("lists") List<Object> first, @ForAll("lists") List<Object> second) {
        edit(editor -> editor.map("a").movableList("b"));
        assign(first);
        assertThat(held()).isEqualTo(json(first));
        assign(second);
        assertThat(held()).isEqualTo(json(second));
        assertThat(assign(second).isEmpty()).isTrue();
        assign(new ArrayList<>(first).subList(first.size() / 2, first.size()));
        assign(first);
        assertThat(held()).isEqualTo(json(first));
        assertThat(documents.document("doc").at("a", "b")).containsInstanceOf(MovableListView.class);
    }

    @Property(tries = 200)
    void anotherOrderIsReachedByMovesAlone(@ForAll("orders") List<Integer> order) {
        edit(editor -> editor.map("a").movableList("b"));
        assign(order.stream().sorted().toList());
        int length = assign(order).operations().remaining();
        assertThat(held()).isEqualTo(json(order));
        assertThat(length).isLessThanOrEqualTo(16 + 3 * (order.size() - longestAscending(order)));
    }

    private static int longestAscending(List<Integer> order) {
        int[] longest = new int[order.size()];
        int most = 0;
        for (int i = 0; i < longest.length; i++) {
            for (int j = 0; j < i; j++) {
                longest[i] = order.get(j) < order.get(i) ? Math.max(longest[i], longest[j]) : longest[i];
            }
            most = Math.max(most, ++longest[i]);
        }
        return most;
    }

    @Provide
    Arbitrary<List<Integer>> orders() {
        return Arbitraries.integers()
                .between(0, 99)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    private LocalChange assign(Object value) {
        return edit(editor -> Assignment.assign(Place.at(editor, WHERE), plain(value)));
    }

    private LocalChange edit(Consumer<DocumentEditor> edits) {
        EditSession session = documents.begin(new ActorId(1, 1), seq + 1L, 0);
        edits.accept(session.on("doc"));
        LocalChange change = session.finish();
        seq += change.isEmpty() ? 0 : 1;
        return change;
    }

    /** As the command line reads it. */
    private static Object plain(Object value) {
        return Objects.requireNonNull(Json.read(json(value)));
    }

    private static String json(Object value) {
        return Json.write(normal(value));
    }

    private String held() {
        Node node = WHERE.find(documents.document("doc").root()).orElseThrow();
        return Json.write(normal(Objects.requireNonNull(Plain.of(node))));
    }

    /** Maps sorted by key. */
    private static Object normal(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, entry) -> sorted.put(key.toString(), normal(entry)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(AssignmentProperties::normal).toList();
        }
        return value;
    }

    @Provide
    Arbitrary<Object> values() {
        return value(3);
    }

    @Provide
    Arbitrary<Object> containers() {
        return Arbitraries.oneOf(list(2), map(2));
    }

    @Provide
    Arbitrary<List<Object>> lists() {
        return value(1).list().ofMaxSize(6).map(ArrayList::new);
    }

    private static Arbitrary<Object> value(int depth) {
        Arbitrary<Object> scalar = Arbitraries.of(1L, -7L, 2.5, true, false, "", "milk", "\uD83C\uDFD4");
        return depth == 0 ? scalar : Arbitraries.oneOf(scalar, list(depth - 1), map(depth - 1));
    }

    private static Arbitrary<Object> list(int depth) {
        return value(depth).list().ofMaxSize(5).map(ArrayList::new);
    }

    private static Arbitrary<Object> map(int depth) {
        return Arbitraries.maps(Arbitraries.of("a", "b", "key", "d.e"), value(depth))
                .ofMaxSize(3)
                .map(HashMap::new);
    }
}
