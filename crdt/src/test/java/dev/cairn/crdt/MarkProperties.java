package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.TextRun;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Marks on a text, whoever makes them and whatever happens to the text around. */
class MarkProperties {
    private static final int DEVICES = 3;
    private static final List<Expand> EXPANDS = List.of(Expand.values());

    private static LocalChange edit(DocumentSet set, int device, Consumer<TextEditor> edits) {
        ActorId actor = new ActorId(device, device * 31L);
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 0);
        edits.accept(session.on("d").text("t"));
        return session.finish();
    }

    private static TextView text(DocumentSet set) {
        return (TextView) set.document("d").at("t").orElseThrow();
    }

    /** A mark, and whether it is on each character: the slow twin of anchors, for one author who deletes nothing. */
    private record Stroke(String key, Value value, Expand expand, List<Boolean> on) {
        /** A new character has the mark if both its neighbours have it, or one of them does and it expands there. */
        void inserted(int at) {
            boolean left = at > 0 && on.get(at - 1);
            boolean right = at < on.size() && on.get(at);
            on.add(at, (left && right) || (left && expand.after()) || (right && expand.before()));
        }
    }

    @Property(tries = 200)
    void typedTextHasTheMarksOfItsNeighboursThatExpand(@ForAll long seed) {
        Random random = new Random(seed);
        DocumentSet set = DocumentSet.create();
        List<Stroke> strokes = new ArrayList<>();
        edit(set, 0, text -> {
            for (int i = 0; i < 40; i++) {
                int length = text.length();
                if (length == 0 || random.nextInt(3) > 0) {
                    int at = random.nextInt(length + 1);
                    text.insert(at, String.valueOf((char) ('a' + i % 26)));
                    strokes.forEach(stroke -> stroke.inserted(at));
                } else {
                    stroke(text, random, strokes);
                }
            }
        });
        TextView text = text(set);
        for (int i = 0; i < text.length(); i++) {
            assertThat(marksAt(text, i)).as("character %d of %s", i, text).isEqualTo(expected(strokes, i));
        }
    }

    private static void stroke(TextEditor text, Random random, List<Stroke> strokes) {
        int length = text.length();
        int from = random.nextInt(length);
        int to = from + 1 + random.nextInt(length - from);
        String key = "k" + random.nextInt(2);
        Value value = random.nextInt(4) == 0 ? Value.NULL : Value.of(random.nextInt(2));
        Expand expand = any(random);
        text.mark(from, to, key, value, expand);
        List<Boolean> on = new ArrayList<>(Collections.nCopies(length, false));
        Collections.fill(on.subList(from, to), true);
        strokes.add(new Stroke(key, value, expand, on));
    }

    private static Map<String, Value> expected(List<Stroke> strokes, int index) {
        Map<String, Value> expected = new HashMap<>();
        for (Stroke stroke : strokes) {
            if (stroke.on.get(index)) {
                expected.put(stroke.key, stroke.value);
            }
        }
        expected.values().removeIf(Value.NULL::equals);
        return expected;
    }

    private static Map<String, Value> marksAt(TextView text, int index) {
        return text.marks().stream()
                .filter(mark -> mark.start() <= index && index < mark.end())
                .collect(Collectors.toMap(Mark::key, Mark::value));
    }

    @Property(tries = 150)
    void everyOrderAndEverySnapshotGivesTheSameMarks(@ForAll long seed) {
        Random random = new Random(seed);
        List<DocumentSet> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(DocumentSet.create());
        }
        List<TestRun> changes = new ArrayList<>();
        for (int step = 0; step < 50; step++) {
            int device = random.nextInt(DEVICES);
            if (random.nextInt(4) == 0) {
                devices.get(device).integrate(changes.subList(0, random.nextInt(changes.size() + 1)));
            } else {
                LocalChange change = edit(devices.get(device), device, text -> editAtRandom(text, random));
                if (!change.isEmpty()) {
                    changes.add(TestRun.of(change));
                }
            }
        }
        for (DocumentSet device : devices) {
            device.integrate(changes);
            checkEqual(device, devices.get(0));
        }
        List<TestRun> shuffled = new ArrayList<>(changes);
        Collections.shuffle(shuffled, random);
        DocumentSet other = DocumentSet.create();
        shuffled.forEach(change -> other.integrate(List.of(change)));
        checkEqual(other, devices.get(0));
        checkSnapshot(devices.get(0), random);
    }

    private static void editAtRandom(TextEditor text, Random random) {
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int length = text.toString().codePointCount(0, text.length());
            int from = random.nextInt(length + 1);
            int to = from + random.nextInt(length - from + 1);
            int start = text.toString().offsetByCodePoints(0, from);
            int end = text.toString().offsetByCodePoints(0, to);
            switch (random.nextInt(5)) {
                case 0, 1 -> text.insert(start, "x\uD83D\uDE00".substring(random.nextInt(2)));
                case 2 -> text.delete(start, end - start);
                case 3 -> text.mark(start, end, "k" + random.nextInt(2), random.nextInt(2), any(random));
                default -> text.unmark(start, end, "k0", any(random));
            }
        }
    }

    private static Expand any(Random random) {
        return EXPANDS.get(random.nextInt(EXPANDS.size()));
    }

    private static void checkSnapshot(DocumentSet set, Random random) {
        ByteBuffer snapshot = set.snapshot("d");
        DocumentSet opened = DocumentSet.open(set.checkpoint(), name -> snapshot, () -> {
            throw new AssertionError("nothing here is concurrent with the checkpoint");
        });
        checkEqual(opened, set);
        for (int i = 0; i < 8; i++) {
            LocalChange change = edit(opened, DEVICES, text -> editAtRandom(text, random));
            if (!change.isEmpty()) {
                set.integrate(List.of(TestRun.of(change)));
            }
            checkEqual(opened, set);
        }
    }

    private static void checkEqual(DocumentSet found, DocumentSet expected) {
        assertThat(found.stateHash()).isEqualTo(expected.stateHash());
        assertThat(found.document("d")).isEqualTo(expected.document("d"));
        assertThat(found.invalid()).isEmpty();
        found.document("d").at("t").ifPresent(text -> checkView((TextView) text));
    }

    /** Marks are inside, as long as they can be, and say the same as the runs. */
    private static void checkView(TextView text) {
        Map<String, Mark> last = new TreeMap<>();
        for (Mark mark : text.marks()) {
            assertThat(mark.start()).isBetween(0, mark.end() - 1);
            assertThat(mark.end()).isLessThanOrEqualTo(text.length());
            assertThat(mark.value()).isNotEqualTo(Value.NULL);
            Mark before = last.put(mark.key(), mark);
            if (before != null) {
                assertThat(before.end()).isLessThanOrEqualTo(mark.start());
                assertThat(before.end() == mark.start() && before.value().equals(mark.value()))
                        .isFalse();
            }
        }
        int at = 0;
        Map<String, Value> previous = null;
        for (TextRun run : text.runs()) {
            assertThat(run.text())
                    .isNotEmpty()
                    .isEqualTo(text.toString().substring(at, at + run.text().length()));
            assertThat(run.marks()).isEqualTo(marksAt(text, at)).isNotEqualTo(previous);
            at += run.text().length();
            previous = run.marks();
        }
        assertThat(at).isEqualTo(text.length());
    }

    @Property(tries = 50)
    void anOldVersionHasTheMarksOfThatTime(@ForAll long seed) {
        Random random = new Random(seed);
        DocumentSet set = DocumentSet.create();
        List<Object> states = new ArrayList<>();
        List<Heads> versions = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            edit(set, 0, text -> editAtRandom(text, random));
            states.add(set.document("d"));
            versions.add(set.heads());
        }
        for (int i = 0; i < versions.size(); i++) {
            assertThat(set.documentAt("d", versions.get(i))).isEqualTo(states.get(i));
        }
    }
}
