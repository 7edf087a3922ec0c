package dev.cairn.crdt.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.graph.Base;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.view.KeyOrder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Names of documents are in the order of a tree set, whatever they begin with. */
class NameSetProperties {
    private static final String[] PIECES = {
        "a", "b", "note ", "\u0000", "\u007f", "é", "\uffff", "\ud800\udc00", "12345678"
    };

    private static String name(Random random) {
        StringBuilder name = new StringBuilder(random.nextBoolean() ? "note " : "x");
        for (int i = random.nextInt(6); i > 0; i--) {
            name.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return name.toString();
    }

    private static NameSet set(SortedSet<String> names) {
        return NameSet.EMPTY.changed(NameSet.EMPTY, names.toArray(String[]::new));
    }

    @Property(tries = 300)
    void holdsWhatATreeSetHolds(@ForAll Random random) {
        TreeSet<String> expected = new TreeSet<>(KeyOrder.INSTANCE);
        TreeSet<String> gone = new TreeSet<>(KeyOrder.INSTANCE);
        TreeSet<String> come = new TreeSet<>(KeyOrder.INSTANCE);
        for (int i = random.nextInt(30); i > 0; i--) {
            expected.add(name(random));
        }
        expected.stream().filter(name -> random.nextInt(4) == 0).forEach(gone::add);
        for (int i = random.nextInt(10); i > 0; i--) {
            come.add(name(random));
        }
        come.removeAll(expected);
        NameSet changed = set(expected).changed(set(gone), come.toArray(String[]::new));
        expected.removeAll(gone);
        expected.addAll(come);

        assertThat(List.copyOf(changed)).isEqualTo(List.copyOf(expected));
        assertThat(changed).isEqualTo(expected).hasSameHashCodeAs(expected);
        String one = name(random);
        String other = name(random);
        String least = KeyOrder.INSTANCE.compare(one, other) <= 0 ? one : other;
        String greatest = least.equals(one) ? other : one;
        assertThat(changed.contains(one)).isEqualTo(expected.contains(one));
        assertThat(List.copyOf(changed.headSet(one))).isEqualTo(List.copyOf(expected.headSet(one)));
        assertThat(List.copyOf(changed.tailSet(one))).isEqualTo(List.copyOf(expected.tailSet(one)));
        assertThat(List.copyOf(changed.tailSet(least).headSet(greatest)))
                .isEqualTo(List.copyOf(changed.subSet(least, greatest)))
                .isEqualTo(List.copyOf(expected.subSet(least, greatest)));
        if (!expected.isEmpty()) {
            assertThat(changed.first()).isEqualTo(expected.first());
            assertThat(changed.last()).isEqualTo(expected.last());
        }
    }

    @Property(tries = 100)
    void aTableNamesItsDocumentsInOrder(@ForAll Random random) {
        DocumentTable table = new DocumentTable(new EventGraph(Base.NONE), new ByteLog());
        List<String> added = new ArrayList<>();
        TreeSet<String> filled = new TreeSet<>(KeyOrder.INSTANCE);
        for (int i = 0; i < 60; i++) {
            String name = name(random);
            if (table.find(name) == null && random.nextInt(3) > 0) {
                table.addAtBase(name, () -> ByteBuffer.allocate(0));
                filled.add(name);
                added.add(name);
            } else if (table.find(name) == null) {
                table.findOrAdd(name);
                added.add(name);
            }
            assertThat(table.get(table.indexOf(name)).name()).isEqualTo(name);
            if (random.nextInt(5) == 0) {
                assertThat(List.copyOf(table.names())).isEqualTo(List.copyOf(filled));
            }
        }
        BitSet some = new BitSet();
        TreeSet<String> theirs = new TreeSet<>(KeyOrder.INSTANCE);
        for (int i = 0; i < added.size(); i++) {
            if (random.nextBoolean()) {
                some.set(i);
                theirs.add(added.get(i));
            }
        }
        if (theirs.size() < added.size()) {
            assertThat(List.copyOf(table.names(some))).isEqualTo(List.copyOf(theirs));
        }
        assertThat(table.indexOf("nobody")).isNegative();
    }

    @Example
    void nobodyChangesIt() {
        NameSet set = new NameSet("a", "b");
        assertThatThrownBy(() -> set.add("c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.subSet("b", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(NameSet.EMPTY::first).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(NameSet.EMPTY::last).isInstanceOf(NoSuchElementException.class);
        assertThat(set.contains(new Object())).isFalse();
    }
}
