package dev.cairn.crdt.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.graph.Base;
import dev.cairn.crdt.graph.EventGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A sequence equals a tree of its units, in whatever order the changes of its authors come. */
class SequenceProperties {
    /** The changes of one history, applied one after the other to a sequence of its own. */
    private static final class Reader {
        final EventGraph graph = new EventGraph(Base.NONE);
        final List<SlowSequence.Removal> removals = new ArrayList<>();
        final Sequence sequence;

        Reader(boolean isText) {
            sequence = new Sequence(graph, isText ? null : this::removed);
        }

        private void removed(int content, int lv) {
            removals.add(new SlowSequence.Removal(content, graph.id(lv)));
        }

        boolean knows(SlowSequence.Change change) {
            return change.parents().stream()
                    .allMatch(parent -> graph.known(graph.actor(parent.actor())) >= parent.seq());
        }

        void apply(SlowSequence.Change change) {
            int actor = graph.actor(change.id().actor());
            int lv = graph.add(actor, change.parents(), change.lamport(), 0, 0, 0);
            assertThat(graph.seqOf(lv)).isEqualTo((int) change.id().seq());
            change.steps().forEach(step -> apply(step, lv));
            assertThat(sequence.lengthAt(lv)).isEqualTo(change.length());
            assertThat(sequence.insert(lv, change.length() + 1, 'x')).isFalse();
            assertThat(sequence.delete(lv, change.length(), 1)).isFalse();
            sequence.check();
        }

        private void apply(SlowSequence.Step step, int lv) {
            int at = step.position();
            int[] content = step.content().stream().mapToInt(unit -> unit).toArray();
            switch (step.kind()) {
                case INSERT ->
                    assertThat(
                                    content.length == 1
                                            ? sequence.insert(lv, at, content[0])
                                            : sequence.insert(lv, at, content, content.length))
                            .isTrue();
                case ANCHOR ->
                    assertThat(sequence.insertAnchor(
                                    lv, at, content[0], step.side() == null ? AnchorSide.LEFT : step.side()))
                            .isTrue();
                case DELETE -> assertThat(sequence.delete(lv, at, step.count())).isTrue();
                case TAKE -> assertThat(sequence.take(lv, at)).isEqualTo(content[0]);
                case LOOK -> assertThat(sequence.unitAt(lv, at)).isEqualTo(content[0]);
            }
        }
    }

    private static SlowSequence history(boolean isText, Random random) {
        int actors = 2 + random.nextInt(5);
        int rarely = 2 + random.nextInt(60);
        SlowSequence slow = new SlowSequence(isText, actors, random.nextInt(6), random.nextInt(4));
        for (int i = 0; i < 140; i++) {
            int actor = random.nextInt(actors);
            if (random.nextInt(rarely) == 0) {
                slow.see(actor, random.nextInt(actors));
            }
            slow.change(actor, random);
        }
        return slow;
    }

    /** Returns the changes in an order which respects causality; the picker names the next author to try. */
    private static Reader read(SlowSequence slow, boolean isText, Function<Integer, Integer> picker) {
        Map<Object, Deque<SlowSequence.Change>> queues = new HashMap<>();
        slow.changes.forEach(change -> queues.computeIfAbsent(change.id().actor(), any -> new ArrayDeque<>())
                .add(change));
        List<Deque<SlowSequence.Change>> authors = new ArrayList<>(queues.values());
        Reader reader = new Reader(isText);
        for (int left = slow.changes.size(); left > 0; ) {
            Deque<SlowSequence.Change> queue = authors.get(picker.apply(authors.size()));
            if (!queue.isEmpty() && reader.knows(queue.peek())) {
                reader.apply(queue.remove());
                left--;
            }
        }
        return reader;
    }

    /** Stays with an author as long as that one has something ready, now and then. */
    private static Function<Integer, Integer> sticky(Random random) {
        int[] last = {0};
        int often = 2 + random.nextInt(30);
        return authors -> last[0] = random.nextInt(often) == 0 ? random.nextInt(authors) : last[0] % authors;
    }

    private static List<Function<Integer, Integer>> orders(Random random) {
        return List.of(random::nextInt, sticky(random), sticky(random));
    }

    @Property(tries = 60)
    void texts_with_anchors_equal_the_tree(@ForAll long seed) {
        Random random = new Random(seed);
        SlowSequence slow = history(true, random);
        for (Function<Integer, Integer> order : orders(random)) {
            Sequence text = read(slow, true, order).sequence;
            assertThat(text.toArray()).isEqualTo(slow.content());
            assertText(text);
        }
    }

    /** Checks string, lengths, anchors and the conversion of indexes against the plain list of units. */
    private static void assertText(Sequence text) {
        StringBuilder string = new StringBuilder();
        List<String> anchors = new ArrayList<>();
        List<Integer> firstAt = new ArrayList<>(List.of(0));
        for (int position = 0; position < text.size(); position++) {
            int unit = text.get(position);
            if (unit < 0) {
                anchors.add(unit + "@" + string.length());
            } else {
                assertThat(text.behindAnchors(firstAt.get(string.length()))).isEqualTo(position);
                string.appendCodePoint(unit);
                for (int i = 1; i < Character.charCount(unit); i++) {
                    firstAt.add(-1);
                }
                firstAt.add(position + 1);
            }
        }
        assertThat(text.behindAnchors(firstAt.get(string.length()))).isEqualTo(text.size());
        assertThat(text.utf16Length()).isEqualTo(string.length());
        assertThat(text.text()).hasToString(string.toString());
        for (int index = 0; index <= string.length(); index++) {
            assertThat(text.fromUtf16(index)).isEqualTo(firstAt.get(index));
        }
        List<String> visited = new ArrayList<>();
        text.anchors((unit, index) -> visited.add(unit + "@" + index));
        text.text().anchors((unit, index) -> visited.add(unit + "@" + index));
        anchors.addAll(List.copyOf(anchors));
        assertThat(visited).isEqualTo(anchors);
    }

    @Property(tries = 60)
    void lists_equal_the_tree_and_know_what_was_where(@ForAll long seed) {
        Random random = new Random(seed);
        SlowSequence slow = history(false, random);
        for (Function<Integer, Integer> order : orders(random)) {
            Reader reader = read(slow, false, order);
            assertThat(reader.sequence.toArray()).isEqualTo(slow.content());
            assertThat(reader.removals).containsExactlyInAnyOrderElementsOf(slow.removals);
        }
    }
}
