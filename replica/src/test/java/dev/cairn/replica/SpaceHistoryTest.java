package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.history.TextPiece;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.Step;
import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceHistoryTest {
    @TempDir
    Path states;

    @SuppressWarnings("NullAway.Init")
    Fleet fleet;

    @BeforeEach
    void makeFleet() {
        fleet = new Fleet(states);
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    @Test
    void tellsWhatChangedBetweenTwoVersions() {
        Device a = fleet.create("a");
        Version first = a.space.commit("one", tx -> tx.on("notes").map().put("x", 1));
        Version second = a.space.commit("two", tx -> tx.on("other").text("body").insert(0, "hello"));
        Version third = a.space.commit("three", tx -> tx.on("notes").map().remove("x"));
        a.restart();
        assertThat(a.space.changesBetween(first, third))
                .extracting(LogEntry::message)
                .containsExactly("two", "three");
        assertThat(a.space.changesBetween(third, first)).isEmpty();
        LogEntry entry = a.space.changesBetween(Version.empty(), second).get(1);
        assertThat(entry.documents()).containsExactly("other");
        assertThat(entry.edits().values())
                .singleElement()
                .satisfies(did -> assertThat(did.inserted()).isEqualTo(5));
        assertThat(a.space.before(third.heads().get(0))).isEqualTo(second);
        assertThat(a.space.before(first.heads().get(0))).isEqualTo(Version.empty());
        assertThat(a.space.log("notes")).extracting(LogEntry::message).containsExactly("three", "one");
        assertThatThrownBy(() -> a.space.changesBetween(
                        first, Version.parse(third.toString().replace(".3", ".7"))))
                .isInstanceOf(SpaceException.class);
    }

    @Test
    void aLongHistoryIsHandedOverInOrderWithItsAuthors() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        Version start = a.space.version();
        for (Device device : List.of(a, b)) {
            device.space.batch(batch -> {
                for (int i = 0; i < 3000; i++) {
                    String message = device.name + i;
                    batch.commit(message, tx -> tx.on("notes").counter("n").add(1));
                }
            });
        }
        fleet.sync();
        List<LogEntry> handed = new ArrayList<>();
        long count = b.space.changesBetween(start, b.space.version(), handed::add);
        assertThat(count).isEqualTo(6000).isEqualTo(handed.size());
        assertThat(b.space.countBetween(start, b.space.version())).isEqualTo(6000);
        assertThat(handed).isEqualTo(b.space.changesBetween(start, b.space.version()));
        assertThat(handed).allSatisfy(entry -> assertThat(entry.message()).startsWith(entry.deviceName()));
        assertThat(handed).extracting(LogEntry::message).doesNotHaveDuplicates();
        assertThat(b.space.changesBetween(b.space.version(), start, handed::add))
                .isZero();
        assertThat(handed).hasSize(6000);
    }

    @Test
    void aConflictSettledOnOneDeviceIsSettledOnAll() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        a.put("x", "mine");
        b.put("x", "yours");
        fleet.sync();
        Conflict.Assignments conflict =
                (Conflict.Assignments) b.space.document("notes").conflicts().get(0);
        Version settled =
                b.space.resolve("notes", conflict, conflict.assignments().get(1));
        fleet.sync();
        assertThat(a.space.document("notes").conflicts()).isEmpty();
        assertThat(a.space.document("notes").at("x"))
                .contains(conflict.assignments().get(1).value());
        assertThat(a.space.version()).isEqualTo(settled);
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
    }

    @Test
    void tellsWhoWroteWhatAndWhatIsNew() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        Version first = a.space.commit(tx -> tx.on("notes").text("body").insert(0, "hello world"));
        fleet.sync();
        Cursor cursor = a.space.cursor("notes", 5, Cursor.Side.LEFT, "body");
        Version second = b.space.commit(tx -> tx.on("notes").text("body").insert(5, " brave"));
        fleet.sync();
        assertThat(a.space.blame("notes", "body"))
                .isInstanceOfSatisfying(
                        Blame.OfSequence.class,
                        blame -> assertThat(blame.runs())
                                .extracting(run -> Space.version(run.origin().change()))
                                .containsExactly(first, second, first));
        assertThat(a.space.diff("notes", first, second).entries().get("body"))
                .isEqualTo(new Difference.OfText(List.of(
                        new TextPiece(TextPiece.Kind.KEPT, 5, ""),
                        new TextPiece(TextPiece.Kind.INSERTED, 6, " brave"),
                        new TextPiece(TextPiece.Kind.KEPT, 6, ""))));
        assertThat(b.space.locate(Cursor.parse(cursor.toString())).map(Place::index))
                .contains(5);
    }

    @Test
    void takesBackOwnChangesAndLeavesThoseOfOthers() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        assertThat(b.space.undo()).isEmpty();
        a.space.commit(tx -> tx.on("notes").text("body").insert(0, "hello world"));
        fleet.sync();
        a.space.commit(tx -> tx.on("notes").text("body").delete(0, 6));
        Version typed = b.space.commit(tx -> tx.on("notes").text("body").insert(2, "XY"));
        fleet.sync();
        a.restart();
        Version undone = a.space.undo().orElseThrow();
        fleet.sync();
        assertThat(a.text()).isEqualTo("heXYllo world");
        assertThat(b.text()).isEqualTo(a.text());
        assertThat(a.space.changesBetween(typed, undone))
                .last()
                .satisfies(entry -> assertThat(entry.reversal()).isPresent());
        assertThat(a.space.redo()).isPresent();
        assertThat(a.space.redo()).isEmpty();
        assertThat(a.text()).isEqualTo("XYworld");
        assertThatThrownBy(() -> a.space.undo(typed.heads().get(0))).hasMessageContaining("another device's");
        assertThat(a.space.undo()).isPresent();
        assertThat(a.space.undo()).isPresent();
        assertThat(a.space.undo()).isEmpty();
        assertThat(a.text()).isEqualTo("XY");
        fleet.sync();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
    }

    @Test
    void restoresADocumentAsItWas() {
        Device a = fleet.create("a");
        Version first = a.space.commit(tx -> {
            tx.on("notes").text("body").insert(0, "hello world");
            tx.on("notes").map().put("x", 1);
            tx.on("notes").counter("n").add(5);
        });
        a.space.commit(tx -> {
            tx.on("notes").text("body").delete(0, 6).insert(5, "!");
            tx.on("notes").map().remove("x").put("y", 2);
            tx.on("notes").counter("n").add(-3);
        });
        a.restart();
        Version restored = a.space.restore("notes", first);
        assertThat(a.space.document("notes").toPlain())
                .isEqualTo(a.space.at(first).document("notes").toPlain());
        assertThat(a.space.restore("notes", first)).isEqualTo(restored);
    }

    private static String told(ChangeEvent event) {
        return event.conflicts().stream()
                .map(update -> update.document() + " +" + update.appeared().size() + " ~"
                        + update.changed().size() + " -" + update.settled().size() + " =" + update.open())
                .toList()
                .toString();
    }

    @Test
    void listenersAreToldWhatBecomesOfConflicts() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        a.put("old", "mine");
        b.put("old", "yours");
        fleet.sync();
        b.restart();
        List<String> events = new ArrayList<>();
        Subscription subscription = b.space.onChange(event -> events.add(event.origin() + " " + told(event)));
        a.put("x", "mine");
        b.put("x", "yours");
        fleet.sync();
        b.put("other", "value");
        Conflict.Assignments old =
                (Conflict.Assignments) b.space.document("notes").conflicts().get(0);
        b.space.resolve("notes", old, old.assignments().get(0));
        a.space.commit(tx -> tx.on("notes").map().put("x", 1));
        fleet.sync();
        subscription.close();
        assertThat(events)
                .containsExactly(
                        "LOCAL []",
                        "REMOTE [notes +1 ~0 -0 =2]",
                        "LOCAL []",
                        "LOCAL [notes +0 ~0 -1 =1]",
                        "REMOTE [notes +0 ~0 -1 =0]");
        assertThat(b.space.conflicts()).isEmpty();
    }

    @Test
    void lostEditsAreBroughtBackAfterARestart() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        a.space.commit(tx -> tx.on("notes").movableList("l").add("one").add("two"));
        fleet.sync();
        a.space.commit(tx -> tx.on("notes").movableList("l").delete(0, 1));
        b.space.commit(tx -> tx.on("notes").movableList("l").set(0, "ONE"));
        fleet.sync();
        a.restart();
        Conflict.LostEdits lost =
                (Conflict.LostEdits) a.space.document("notes").conflicts().get(0);
        assertThat(a.space.conflicts()).containsOnlyKeys("notes");
        a.space.restore("notes", lost);
        fleet.sync();
        assertThat(b.space.document("notes").toPlain().get("l")).isEqualTo(List.of("two", "ONE"));
        assertThat(b.space.conflicts()).isEmpty();
        assertThatThrownBy(() -> a.space.dismiss("notes", lost)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsWhatWasLeftWhenAChangeIsTakenBack() {
        Device a = fleet.create("a");
        Version first = a.space.commit(tx -> tx.on("notes").map().put("x", 1).put("y", 1));
        a.space.commit(tx -> tx.on("notes").map().put("x", 2));
        List<LeftAlone> left = new ArrayList<>();
        a.space.undo(first.heads().get(0), left::add);
        assertThat(left)
                .containsExactly(new LeftAlone("notes", List.of(new Step.Key("x")), LeftAlone.Reason.EDITED_SINCE));
        assertThat(a.space.document("notes").toPlain()).isEqualTo(Map.of("x", 2L));
    }
}
