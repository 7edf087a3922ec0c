package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.version.ActorId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever devices do to one movable list: no element is there twice, and none is lost that nobody deleted. */
class MovableListProperties {
    private static final int DEVICES = 3;

    private static LocalChange edit(DocumentSet set, int device, Consumer<MovableListEditor> edits) {
        ActorId actor = new ActorId(device, device * 31L);
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 0);
        edits.accept(session.on("d").movableList("v"));
        return session.finish();
    }

    private static List<?> plain(DocumentSet set) {
        return (List<?>) set.document("d").toPlain().getOrDefault("v", List.of());
    }

    @Property(tries = 100)
    void movingIsRemovingAndInserting(@ForAll long seed) {
        Random random = new Random(seed);
        DocumentSet set = DocumentSet.create();
        List<Object> expected = new ArrayList<>();
        LocalChange change = edit(set, 0, list -> {
            for (int i = 0; i < 60; i++) {
                int size = expected.size();
                int kind = size == 0 ? 0 : random.nextInt(5);
                int at = random.nextInt(size + (kind < 2 ? 1 : 0));
                if (kind < 2) {
                    list.insert(at, (long) i);
                    expected.add(at, (long) i);
                } else if (kind == 2) {
                    list.delete(at, 1);
                    expected.remove(at);
                } else if (kind == 3) {
                    list.set(at, -i);
                    expected.set(at, (long) -i);
                } else {
                    int to = random.nextInt(size);
                    list.move(at, to);
                    expected.add(to, expected.remove(at));
                }
            }
        });
        assertThat(plain(set)).isEqualTo(expected);
        DocumentSet other = DocumentSet.create();
        other.integrate(List.of(TestRun.of(change)));
        assertThat(other.stateHash()).isEqualTo(set.stateHash());
    }

    /** Values are "number of the element:who assigned". */
    @Property(tries = 150)
    void everyElementIsThereOnceUnlessSomebodyDeletedIt(@ForAll long seed) {
        Random random = new Random(seed);
        List<DocumentSet> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(DocumentSet.create());
        }
        List<TestRun> changes = new ArrayList<>();
        Set<String> deleted = new TreeSet<>();
        int[] inserted = {0};
        for (int step = 0; step < 60; step++) {
            int device = random.nextInt(DEVICES);
            if (random.nextInt(4) == 0) {
                devices.get(device).integrate(changes.subList(0, random.nextInt(changes.size() + 1)));
                continue;
            }
            LocalChange change =
                    edit(devices.get(device), device, list -> editAtRandom(list, random, deleted, inserted));
            if (!change.isEmpty()) {
                changes.add(TestRun.of(change));
            }
        }
        for (DocumentSet device : devices) {
            device.integrate(changes);
            checkEqual(device, devices.get(0));
        }
        checkElements(devices.get(0), deleted, inserted[0]);
        checkOtherWays(devices.get(0), changes, random);
    }

    private static void editAtRandom(MovableListEditor list, Random random, Set<String> deleted, int[] inserted) {
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int size = list.size();
            int kind = size == 0 ? 0 : random.nextInt(12);
            if (kind < 3) {
                list.insert(random.nextInt(size + 1), inserted[0]++ + ":");
            } else if (kind < 4) {
                int at = random.nextInt(size);
                deleted.add(number(list.get(at)));
                list.delete(at, 1);
            } else if (kind < 6) {
                int at = random.nextInt(size);
                list.set(at, number(list.get(at)) + ":" + random.nextInt(100));
            } else {
                list.move(random.nextInt(size), random.nextInt(size));
            }
        }
    }

    private static String number(Object value) {
        String text = value.toString();
        return text.substring(text.indexOf('=') + 1, text.indexOf(':'));
    }

    private static void checkElements(DocumentSet set, Set<String> deleted, int inserted) {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < inserted; i++) {
            expected.add(String.valueOf(i));
        }
        expected.removeAll(deleted);
        List<String> shown =
                plain(set).stream().map(MovableListProperties::number).toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void checkOtherWays(DocumentSet expected, List<TestRun> changes, Random random) {
        List<TestRun> shuffled = new ArrayList<>(changes);
        Collections.shuffle(shuffled, random);
        DocumentSet oneByOne = DocumentSet.create();
        shuffled.forEach(change -> oneByOne.integrate(List.of(change)));
        checkEqual(oneByOne, expected);
        int cut = random.nextInt(changes.size() + 1);
        DocumentSet prefix = DocumentSet.create();
        prefix.integrate(changes.subList(0, cut));
        EngineCheckpoint checkpoint = prefix.checkpoint();
        DocumentSet opened = DocumentSet.open(
                checkpoint,
                name -> Objects.requireNonNull(checkpoint.changedSnapshots().get(name)),
                () -> changes.subList(0, cut));
        checkEqual(opened, prefix);
        opened.integrate(changes);
        checkEqual(opened, expected);
    }

    /** Editing goes on alike on top of a snapshot and on top of the history. */
    @Property(tries = 100)
    void aSnapshotKnowsAllThatLaterEditsNeed(@ForAll long seed) {
        Random random = new Random(seed);
        DocumentSet a = DocumentSet.create();
        DocumentSet b = DocumentSet.create();
        Set<String> deleted = new TreeSet<>();
        int[] inserted = {0};
        for (int i = 0; i < 4; i++) {
            List<TestRun> changes = new ArrayList<>();
            for (int j = 0; j < 3; j++) {
                changes.add(TestRun.of(edit(a, 0, list -> {
                    list.add(inserted[0]++ + ":");
                    editAtRandom(list, random, deleted, inserted);
                })));
                changes.add(TestRun.of(edit(b, 1, list -> {
                    list.add(inserted[0]++ + ":");
                    editAtRandom(list, random, deleted, inserted);
                })));
            }
            a.integrate(changes);
            b.integrate(changes);
        }
        ByteBuffer snapshot = a.snapshot("d");
        DocumentSet opened = DocumentSet.open(a.checkpoint(), name -> snapshot, () -> {
            throw new AssertionError("nothing here is concurrent with the checkpoint");
        });
        for (int i = 0; i < 10; i++) {
            LocalChange change = edit(opened, 2, list -> editAtRandom(list, random, deleted, inserted));
            if (!change.isEmpty()) {
                a.integrate(List.of(TestRun.of(change)));
            }
            checkEqual(opened, a);
        }
        checkElements(opened, deleted, inserted[0]);
    }

    private static void checkEqual(DocumentSet found, DocumentSet expected) {
        assertThat(found.stateHash()).isEqualTo(expected.stateHash());
        assertThat(found.document("d").conflicts())
                .isEqualTo(expected.document("d").conflicts());
        assertThat(found.invalid()).isEmpty();
    }
}
