package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceTest {
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
    void keepsCommitsAcrossReopening() {
        Device a = fleet.create("a");
        Version version = a.space.commit("first", tx -> {
            tx.on("notes").map().put("title", "Groceries");
            tx.on("notes").text("body").insert(0, "milk\n");
            tx.on("notes").counter("opened").add(2);
        });
        String hash = a.space.stateHash();
        a.restart();
        assertThat(a.space.version()).isEqualTo(version);
        assertThat(a.space.stateHash()).isEqualTo(hash);
        assertThat(a.text()).isEqualTo("milk\n");
        assertThat(a.space.document("notes").counter("opened")).isEqualTo(2);
        assertThat(a.space.document("notes").toPlain()).containsEntry("title", "Groceries");
        assertThat(a.space.documents()).containsExactly("notes");
        assertThat(a.space.log()).singleElement().satisfies(entry -> {
            assertThat(entry.message()).isEqualTo("first");
            assertThat(entry.deviceName()).isEqualTo("a");
            assertThat(entry.documents()).containsExactly("notes");
        });
    }

    @Test
    void bringsAnEditToAnotherDevice() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        List<ChangeEvent> events = new ArrayList<>();
        b.space.onChange(events::add);
        a.put("title", "Groceries");
        fleet.sync();
        assertThat(b.space.document("notes").toPlain()).containsEntry("title", "Groceries");
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.documents()).containsExactly("notes"));
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
    }

    @Test
    void mergesConcurrentEdits() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        a.space.commit(tx -> tx.on("notes").text("body").insert(0, "hello world"));
        fleet.sync();
        a.space.commit(tx -> tx.on("notes").text("body").insert(5, " brave"));
        b.space.commit(tx -> tx.on("notes").text("body").append("!"));
        fleet.sync();
        assertThat(a.text()).isEqualTo("hello brave world!");
        assertThat(b.text()).isEqualTo(a.text());
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
        assertThat(b.space.version()).isEqualTo(a.space.version());
    }

    @Test
    void aThrowingEditHasNoEffect() {
        Device a = fleet.create("a");
        a.put("x", "1");
        Version before = a.space.version();
        assertThatThrownBy(() -> a.space.commit(tx -> {
                    tx.on("notes").map().put("x", "2");
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThat(a.space.version()).isEqualTo(before);
        assertThat(a.space.document("notes").toPlain()).containsEntry("x", "1");
        assertThat(a.space.commit(tx -> tx.on("notes"))).isEqualTo(before);
    }

    @Test
    void showsThePast() {
        Device a = fleet.create("a");
        a.put("x", "1");
        Version old = a.space.version();
        a.put("x", "2");
        assertThat(a.space.at(old).document("notes").toPlain()).containsEntry("x", "1");
        assertThat(a.space.at(Version.parse(old.toString())).documents()).containsExactly("notes");
        assertThatThrownBy(() ->
                        a.space.at(Version.parse(a.space.version().toString().replace(".2", ".9"))))
                .isInstanceOfSatisfying(
                        SpaceException.class, e -> assertThat(e.code().text()).isEqualTo("unknown_version"));
    }

    @Test
    void movesLongTailsIntoSegments() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        for (int i = 0; i < 40; i++) {
            String text = "paragraph " + i + " "
                    + new java.util.Random(i)
                            .ints(300, 32, 127)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
            for (int j = 0; j < 5; j++) {
                a.space.commit(tx -> tx.on("notes").text("body").append(text));
            }
            a.space.flush();
        }
        assertThat(a.files()).anyMatch(path -> path.contains("/changes/"));
        fleet.sync();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
        b.restart();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
    }
}
