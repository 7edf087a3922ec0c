package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.EngineCheckpoint;
import dev.cairn.crdt.RecordedRun;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Histories on which the engine once differed from the oracle, or two devices from one another. */
class DivergenceTest {
    private final Fleet fleet = new Fleet(4);
    private final Fleet.Device a = fleet.devices.get(0);
    private final Fleet.Device b = fleet.devices.get(1);
    private final Fleet.Device c = fleet.devices.get(2);
    private final Fleet.Device d = fleet.devices.get(3);

    /** Gives a device what others have made so far. */
    private void sync(Fleet.Device to, Fleet.Device... from) {
        for (Fleet.Device device : from) {
            to.receive(fleet.all(device.oracle));
        }
    }

    private void settle() {
        fleet.settle(new Random(1));
    }

    private static String content(Fleet.Device device) {
        return OracleReader.picture(device.oracle, Fleet.DOCUMENTS.get(0)).content();
    }

    private static List<String> conflicts(Fleet.Device device) {
        return OracleReader.picture(device.oracle, Fleet.DOCUMENTS.get(0)).conflicts();
    }

    @Test
    void a_change_on_top_of_a_checkpoint_keeps_its_parents_when_the_history_is_loaded() {
        c.commit(edit -> edit.root().put("k", 1));
        sync(a, c);
        a.checkpoint();
        a.restart();
        a.commit(edit -> edit.root().put("k", 2));
        b.commit(edit -> edit.root().put("k", 3));
        sync(a, b);
        assertThat(a.engine.heads().changes().stream().map(head -> head.actor()))
                .containsExactly(a.actor, b.actor);
        settle();
        assertThat(conflicts(a)).hasSize(1);
    }

    @Test
    void two_devices_which_put_a_text_back_in_the_place_of_a_map_get_the_same_one() {
        a.commit(edit -> edit.root().text("k").insert(0, "x"));
        a.commit(edit -> edit.root().map("k"));
        sync(b, a);
        a.commit(edit -> edit.root().text("k").insert(0, "1"));
        b.commit(edit -> edit.root().text("k").insert(0, "2"));
        settle();
        assertThat(content(a)).isEqualTo("{\"k\"=TEXT \"12\"}");
        assertThat(conflicts(a)).isEmpty();
    }

    @Test
    void edits_are_lost_inside_an_element_of_a_list_which_was_replaced() {
        a.commit(edit -> edit.root().list("k").insertText(0).insert(0, "x"));
        sync(b, a);
        b.commit(edit -> edit.root().put("k", 0));
        a.commit(edit -> edit.root().list("k").text(0).insert(1, "y"));
        settle();
        assertThat(conflicts(b)).singleElement().asString().startsWith("/k lost [" + a.actor + ":2@");
    }

    @Test
    void conflicts_stand_in_one_order_whatever_arrived_first() {
        a.commit(edit -> edit.root().text("k").insert(0, "x"));
        c.commit(edit -> edit.root().counter("k").add(1));
        sync(b, a, c);
        sync(d, c, a);
        b.commit(edit -> edit.root().remove("k"));
        a.commit(edit -> edit.root().text("k").insert(0, "y"));
        c.commit(edit -> edit.root().counter("k").add(2));
        settle();
        assertThat(conflicts(d)).hasSize(2);
    }

    @Test
    void a_document_is_reported_when_its_change_makes_the_history_load() {
        a.commit(edit -> edit.root().put("k", 1));
        b.commit(edit -> edit.root().put("k", 2));
        a.checkpoint();
        a.restart();
        assertThat(a.receive(fleet.all(b.oracle)).documents()).containsExactly(Fleet.DOCUMENTS.get(0));
    }

    @Test
    void a_document_changed_by_more_than_the_history_that_was_asked_for_is_in_the_next_checkpoint() {
        a.commit(edit -> edit.root().put("k", 1));
        EngineCheckpoint base = a.engine.checkpoint();
        a.commit(edit -> edit.root().put("k", 2));
        List<RecordedRun> more = runs(a);
        b.commit(edit -> edit.on(Fleet.DOCUMENTS.get(1)).put("k", 3));
        DocumentSet opened = DocumentSet.open(
                base, name -> Objects.requireNonNull(base.changedSnapshots().get(name)), () -> more);
        opened.integrate(runs(b));
        assertThat(opened.checkpoint().changedSnapshots()).containsKey(Fleet.DOCUMENTS.get(0));
    }

    private List<RecordedRun> runs(Fleet.Device device) {
        return RecordedRun.runs(
                fleet.all(device.oracle).stream().map(Fleet.Made::engine).toList());
    }
}
