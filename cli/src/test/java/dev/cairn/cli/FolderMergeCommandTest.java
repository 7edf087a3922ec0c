package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cairn merge DIR}, and what a stick is good for. */
class FolderMergeCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    @Test
    void twoDevicesMeetOnAStick() throws IOException {
        Desk desk = new Desk(root, "desk");
        desk.run("init", ".");
        String code = JSON.readTree(desk.run("invite", "--json")).get("code").asText();
        Path stick = Files.createDirectory(root.resolve("stick"));
        Files.copy(desk.folder().resolve("cairn-space.json"), stick.resolve("cairn-space.json"));
        assertThat(desk.tries("merge", stick.toString()).status()).isEqualTo(3);
        Desk phone = new Desk(root, "phone");
        desk.run("set", "notes", "a", "1");
        Desk carrier = new Desk(root, "carrier");
        carrier.run("merge", desk.folder().toString(), "--space", stick.toString());
        carrier.run("merge", stick.toString(), "--space", phone.folder().toString());
        phone.run("join", ".", code);
        assertThat(phone.run("get", "notes", "a")).isEqualTo("1\n");
        phone.run("set", "notes", "b", "2");
        phone.run("merge", stick.toString(), "--both");
        JsonNode taken = JSON.readTree(desk.run("merge", stick.toString(), "--json"));
        assertThat(taken.get("newChanges").asLong()).isEqualTo(1);
        assertThat(taken.get("complete").asBoolean()).isTrue();
        assertThat(taken.get("withKeys").asBoolean()).isTrue();
        assertThat(desk.run("get", "notes", "b")).isEqualTo("2\n");
        JsonNode again = JSON.readTree(desk.run("merge", stick.toString(), "--json"));
        assertThat(again.get("written").asLong()).isZero();
        phone.run("set", "notes", "c", "3");
        phone.run("merge", stick.toString(), "--both");
        assertThat(desk.run("merge", stick.toString()))
                .contains("Wrote 1 file into ")
                .endsWith("1 change is new to this device.\n");
        assertThat(desk.run("merge", stick.toString()))
                .contains("Wrote 0 files into ")
                .endsWith("0 changes are new to this device.\n");
    }

    @Test
    void mistakesAreSaidInOneLine() {
        Desk desk = new Desk(root, "desk");
        desk.run("init", ".");
        Desk other = new Desk(root, "other");
        other.run("init", ".");
        Desk.Said foreign = desk.tries("merge", other.folder().toString(), "--json");
        assertThat(foreign.status()).isEqualTo(1);
        assertThat(foreign.out()).contains("other_space");
        assertThat(foreign.err()).hasLineCount(1);
        assertThat(desk.tries("merge", root.resolve("none").toString()).status())
                .isEqualTo(3);
        assertThat(desk.tries("merge", desk.folder().toString()).status()).isEqualTo(2);
        assertThat(desk.tries("merge", "a", "--output", "b").status()).isEqualTo(2);
        assertThat(desk.tries("merge", "a", "b").status()).isEqualTo(2);
        assertThat(desk.tries("merge", "a", "b", "c", "--both").status()).isEqualTo(2);
    }
}
