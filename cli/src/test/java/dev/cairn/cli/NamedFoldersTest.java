package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders on the command line which are something else. */
class NamedFoldersTest {
    @TempDir
    Path root;

    private Desk desk;

    @BeforeEach
    void aSpace() {
        desk = new Desk(root, "desk");
        desk.run("init", ".");
    }

    @Test
    void aFileIsCalledAFile() throws IOException {
        String file = Files.writeString(root.resolve("file"), "x").toString();
        for (List<String> words : List.of(
                List.of("verify", file),
                List.of("verify", "--space", file),
                List.of("doctor", "--space", file),
                List.of("doctor", "--fix", "--space", file),
                List.of("merge", file),
                List.of("merge", "--conflicts", file),
                List.of("mirror", file),
                List.of("export", "--sqlite", file + "/export.db"),
                List.of("init", file),
                List.of("join", file, "code"),
                List.of("status", "--space", file),
                List.of("watch", "--space", file),
                List.of("set", "a", "b", "1", "--space", file))) {
            says(words, "a file, not a folder: " + file + ": name the folder", "folder_missing");
        }
        for (String command : List.of("status", "doctor", "ls")) {
            says(
                    List.of(command, "--state", file),
                    "the state directory " + file + " is a file: name a directory",
                    "state_unsupported");
        }
    }

    @Test
    void whatIsNotThereIsCalledSo() {
        String none = root.resolve("none").toString();
        for (List<String> words : List.of(
                List.of("verify", none),
                List.of("verify", "--space", none),
                List.of("merge", none),
                List.of("merge", "--conflicts", none),
                List.of("mirror", none),
                List.of("set", "a", "b", "1", "--space", none, "--state", none + "-state"))) {
            says(words, "no such folder: " + none + ": check the path", "folder_missing");
        }
    }

    private void says(List<String> words, String message, String code) {
        Desk.Said said = desk.tries(words.toArray(String[]::new));
        assertThat(said.status()).as("%s: %s", words, said).isEqualTo(3);
        assertThat(said.err()).as(words.toString()).isEqualTo("cairn: " + message + "\n");
        List<String> json = new ArrayList<>(words);
        json.add("--json");
        assertThat(desk.tries(json.toArray(String[]::new)).out())
                .as(words.toString())
                .contains("\"code\":\"" + code + "\"");
    }
}
