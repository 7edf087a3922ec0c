package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Taking changes back and making them again, alone and among the edits of others. */
class UndoProperties {
    private static LocalChange edit(Fleet fleet, int device, Consumer<EditSession> edits) {
        DocumentSet set = fleet.devices.get(device);
        ActorId actor = fleet.actors.get(device);
        set.history();
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 7);
        edits.accept(session);
        LocalChange change = session.finish();
        if (!change.isEmpty()) {
            fleet.changes.put(change.change(), TestRun.Change.of(change));
        }
        return change;
    }

    private static ChangeId undo(Fleet fleet, int device) {
        ChangeId change = fleet.devices
                .get(device)
                .history()
                .undoable(fleet.actors.get(device))
                .orElseThrow();
        edit(fleet, device, session -> session.takeBack(change));
        return change;
    }

    private static ChangeId redo(Fleet fleet, int device) {
        ChangeId change = fleet.devices
                .get(device)
                .history()
                .redoable(fleet.actors.get(device))
                .orElseThrow();
        edit(fleet, device, session -> session.makeAgain(change));
        return change;
    }

    private static List<Map<String, @Nullable Object>> shown(DocumentSet set) {
        return List.of(set.document("a").toPlain(), set.document("zweites").toPlain());
    }

    /** A fleet whose first device knows everything and then has made some changes of its own. */
    private static Fleet alone(long seed, boolean textOnly, List<List<Map<String, @Nullable Object>>> states) {
        Fleet fleet = new Fleet(seed, 3, textOnly);
        fleet.scalarLists = true;
        fleet.everything = true;
        for (int i = 0; i < 40; i++) {
            fleet.step();
        }
        DocumentSet set = fleet.devices.get(0);
        set.integrate(fleet.causal());
        for (int i = 0; i < 6; i++) {
            Heads before = set.heads();
            List<Map<String, @Nullable Object>> state = shown(set);
            fleet.edit(0);
            if (!set.heads().equals(before)) {
                states.add(state);
            }
        }
        states.add(shown(set));
        return fleet;
    }

    @Property(tries = 60)
    void takingBackOneAfterAnotherGoesThroughTheStatesBefore(@ForAll long seed, @ForAll boolean textOnly) {
        List<List<Map<String, @Nullable Object>>> states = new ArrayList<>();
        Fleet fleet = alone(seed, textOnly, states);
        DocumentSet set = fleet.devices.get(0);
        int last = states.size() - 1;
        for (int i = last - 1; i >= 0; i--) {
            undo(fleet, 0);
            assertThat(shown(set)).isEqualTo(states.get(i));
        }
        for (int i = 1; i <= last; i++) {
            redo(fleet, 0);
            assertThat(shown(set)).isEqualTo(states.get(i));
        }
        assertThat(set.history().redoable(fleet.actors.get(0))).isEmpty();
    }

    @Property(tries = 60)
    void anyWalkThroughUndoAndRedoShowsStatesAlreadySeen(@ForAll long seed, @ForAll boolean textOnly) {
        List<List<Map<String, @Nullable Object>>> states = new ArrayList<>();
        Fleet fleet = alone(seed, textOnly, states);
        Random random = new Random(seed);
        int at = states.size() - 1;
        for (int i = 0; i < 16; i++) {
            if (at > 0 && (at == states.size() - 1 || random.nextBoolean())) {
                undo(fleet, 0);
                at--;
            } else if (at < states.size() - 1) {
                redo(fleet, 0);
                at++;
            }
            assertThat(shown(fleet.devices.get(0))).isEqualTo(states.get(at));
        }
        DocumentSet other = DocumentSet.create();
        List<TestRun> runs = new ArrayList<>(fleet.causal());
        Collections.shuffle(runs, random);
        other.integrate(runs);
        assertThat(other.stateHash()).isEqualTo(fleet.devices.get(0).stateHash());
    }

    /** The same without the names of tree nodes, which a copied tree has others of. */
    private static @Nullable Object nameless(@Nullable Object plain) {
        if (plain instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(nameless(element)));
            return copy;
        }
        if (plain instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key, nameless(value)));
            if (copy.containsKey("children")) {
                copy.remove("id");
            }
            return copy;
        }
        return plain;
    }

    @Property(tries = 60)
    void restoringMakesTheDocumentAsItWas(@ForAll long seed, @ForAll boolean textOnly) {
        Fleet fleet = new Fleet(seed, 3, textOnly);
        fleet.everything = seed % 2 == 0;
        List<Heads> versions = new ArrayList<>(List.of(Heads.NONE));
        for (int i = 0; i < 40; i++) {
            fleet.step();
            versions.add(fleet.devices.get(i % 3).heads());
        }
        DocumentSet set = fleet.devices.get(0);
        set.integrate(fleet.causal());
        Random random = new Random(seed);
        for (int i = 0; i < 8; i++) {
            Heads version = versions.get(random.nextInt(versions.size()));
            edit(fleet, 0, session -> session.restore("a", version));
            assertThat(nameless(set.document("a").toPlain()))
                    .isEqualTo(nameless(set.documentAt("a", version).toPlain()));
            LocalChange second = edit(fleet, 0, session -> session.restore("a", version));
            assertThat(second.isEmpty() || fleet.everything).isTrue();
        }
    }

    /** Everybody types characters that nobody else types; only the first device deletes. */
    private static void type(Fleet fleet, int device, int[] next) {
        edit(fleet, device, session -> {
            TextEditor text = session.on("a").text("text");
            int length = text.length();
            if (device == 0 && length > 0 && fleet.random.nextBoolean()) {
                int from = fleet.random.nextInt(length);
                text.delete(from, 1 + fleet.random.nextInt(Math.min(5, length - from)));
                return;
            }
            StringBuilder typed = new StringBuilder();
            for (int i = 0; i <= fleet.random.nextInt(4); i++) {
                typed.append((char) (1000 * (device + 5) + next[device]++));
            }
            text.insert(fleet.random.nextInt(length + 1), typed.toString());
        });
    }

    private static String text(Fleet fleet, int device) {
        return fleet.devices
                .get(device)
                .document("a")
                .at("text")
                .map(Object::toString)
                .orElse("");
    }

    @Property(tries = 60)
    void takingBackEverythingOfMineLeavesEverythingOfOthers(@ForAll long seed) {
        Fleet fleet = new Fleet(seed, 3, true);
        int[] next = new int[3];
        type(fleet, 1, next);
        fleet.pullAll();
        for (int i = 0; i < 40; i++) {
            int device = fleet.random.nextInt(3);
            switch (fleet.random.nextInt(6)) {
                case 0, 1 -> fleet.pull(device, fleet.random.nextInt(3));
                case 2 -> {
                    if (fleet.devices
                            .get(0)
                            .history()
                            .undoable(fleet.actors.get(0))
                            .isPresent()) {
                        undo(fleet, 0);
                    }
                }
                case 3 -> {
                    if (fleet.devices
                            .get(0)
                            .history()
                            .redoable(fleet.actors.get(0))
                            .isPresent()) {
                        redo(fleet, 0);
                    }
                }
                default -> type(fleet, device, next);
            }
        }
        fleet.devices.get(0).integrate(fleet.causal());
        String before = text(fleet, 0);
        int undone = 0;
        List<String> states = new ArrayList<>();
        while (fleet.devices.get(0).history().undoable(fleet.actors.get(0)).isPresent()) {
            states.add(text(fleet, 0));
            undo(fleet, 0);
            undone++;
        }
        String after = text(fleet, 0);
        assertThat(after.chars().filter(c -> c / 1000 == 5)).isEmpty();
        assertThat(after.chars().filter(c -> c / 1000 == 6).distinct().count()).isEqualTo(next[1]);
        assertThat(after.chars().filter(c -> c / 1000 == 7).distinct().count()).isEqualTo(next[2]);
        assertThat(after.length()).isEqualTo(next[1] + next[2]);
        String ofOthers = before.replaceAll("[\u1388-\u176f]", "");
        assertThat(after.chars()
                        .filter(c -> ofOthers.indexOf(c) >= 0)
                        .mapToObj(c -> (char) c)
                        .toList())
                .isEqualTo(ofOthers.chars().mapToObj(c -> (char) c).toList());
        for (int i = 0; i < undone; i++) {
            redo(fleet, 0);
            assertThat(text(fleet, 0).chars().sorted().toArray())
                    .isEqualTo(states.get(undone - 1 - i).chars().sorted().toArray());
        }
        for (DocumentSet device : fleet.devices) {
            device.integrate(fleet.causal());
            assertThat(device.stateHash()).isEqualTo(fleet.devices.get(0).stateHash());
        }
    }

    @Property(tries = 60)
    void devicesConvergeWhoeverTakesBackWhat(@ForAll long seed) {
        Fleet fleet = new Fleet(seed, 3, false);
        fleet.everything = true;
        for (int i = 0; i < 60; i++) {
            int device = fleet.random.nextInt(3);
            History history = fleet.devices.get(device).history();
            int kind = fleet.random.nextInt(6);
            if (kind == 0 && history.undoable(fleet.actors.get(device)).isPresent()) {
                undo(fleet, device);
            } else if (kind == 1 && history.redoable(fleet.actors.get(device)).isPresent()) {
                redo(fleet, device);
            } else {
                fleet.step();
            }
        }
        List<TestRun> runs = new ArrayList<>(fleet.causal());
        for (DocumentSet device : fleet.devices) {
            Collections.shuffle(runs, fleet.random);
            device.integrate(runs);
            assertThat(device.stateHash()).isEqualTo(fleet.devices.get(0).stateHash());
            assertThat(device.invalid()).isEmpty();
        }
    }

    @Property(tries = 60)
    void typingBetweenUndosGoesOnFromTheStateThatIsShown(@ForAll long seed, @ForAll boolean textOnly) {
        Fleet fleet = new Fleet(seed, 1, textOnly);
        fleet.scalarLists = true;
        fleet.everything = true;
        DocumentSet set = fleet.devices.get(0);
        ArrayDeque<List<Map<String, @Nullable Object>>> undo = new ArrayDeque<>();
        ArrayDeque<List<Map<String, @Nullable Object>>> redo = new ArrayDeque<>();
        for (int i = 0; i < 60; i++) {
            List<Map<String, @Nullable Object>> state = shown(set);
            int kind = fleet.random.nextInt(5);
            if (kind < 2 && !undo.isEmpty()) {
                undo(fleet, 0);
                assertThat(shown(set)).isEqualTo(undo.pop());
                redo.push(state);
            } else if (kind == 2 && !redo.isEmpty()) {
                redo(fleet, 0);
                assertThat(shown(set)).isEqualTo(redo.pop());
                undo.push(state);
            } else {
                Heads before = set.heads();
                fleet.edit(0);
                if (!set.heads().equals(before)) {
                    undo.push(state);
                    redo.clear();
                }
            }
        }
    }
}
