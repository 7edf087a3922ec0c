package dev.cairn.system.syncthing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.cli.Cairn;
import dev.cairn.simulation.syncthing.SyncthingDaemons;
import dev.cairn.simulation.syncthing.SyncthingOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault of Markdown notes between two real Syncthing daemons, whose conflict copies {@code cairn merge} merges. */
final class SyncthingVaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PLAN = """
            # Plan

            Buy milk.

            ## Monday

            - write the report
            - call Anna

            ## Tuesday

            - swim
            """;

    @TempDir
    private Path root;

    /** What a command said. */
    private record Said(int status, JsonNode json) {}

    @Test
    void realConflictsOfARealVaultAreMergedAndNothingIsLost() throws IOException {
        SyncthingFleet.requireSyncthing();
        Path a = Files.createDirectories(root.resolve("a/vault"));
        Path b = Files.createDirectories(root.resolve("b/vault"));
        try (SyncthingDaemons daemons = SyncthingDaemons.start(
                List.of(a, b), SyncthingOptions.scanningOnDemand().withVersionsKept(5))) {
            writeFirstNotes(daemons, a);
            editOnBoth(daemons, a, b);
            List<Path> copies = conflictCopies(b);
            assertThat(conflictCopies(a)).isEqualTo(copies).hasSize(4);
            SortedMap<String, String> before = texts(b);

            Said tried = merge(b, "--dry-run");
            assertThat(texts(b)).isEqualTo(before);
            Said merged = merge(b);
            assertThat(merged.json().get("counts")).isEqualTo(tried.json().get("counts"));
            assertThat(merged.status()).isEqualTo(1); // two notes need a person
            checkTexts(b, before);
            checkBases(merged.json());
            assertThat(conflictCopies(b)).isEqualTo(copies);
            SortedMap<String, String> after = texts(b);
            merge(b);
            assertThat(texts(b)).isEqualTo(after);

            carry(daemons);
            assertThat(texts(a)).isEqualTo(after);
            merge(b, "--delete");
            carry(daemons);
            assertThat(conflictCopies(a)).isEqualTo(conflictCopies(b)).hasSize(2);
            assertThat(texts(a)).isEqualTo(texts(b));
        }
    }

    /** Notes which were synced once and edited once, so that Syncthing keeps the first version of those at b. */
    private static void writeFirstNotes(SyncthingDaemons daemons, Path a) throws IOException {
        Files.createDirectories(a.resolve("journal"));
        for (String note : List.of("plan.md", "journal/clash.md")) {
            Files.writeString(a.resolve(note), PLAN);
        }
        Files.writeString(a.resolve("journal/list.md"), "- eggs\n- bread\n");
        Files.writeString(a.resolve("fresh.md"), "# Fresh\n");
        Files.writeString(a.resolve("untouched.md"), "nobody edits this\n");
        carry(daemons);
        for (String note : List.of("plan.md", "journal/clash.md")) {
            Files.writeString(a.resolve(note), PLAN.replace("milk", "milk and tea"));
        }
        carry(daemons);
    }

    /** Edits on both sides while they are apart. */
    private static void editOnBoth(SyncthingDaemons daemons, Path a, Path b) throws IOException {
        daemons.pause(0);
        edit(a, "plan.md", "call Anna", "call Anna and Bert");
        edit(b, "plan.md", "- swim", "- swim\n- read");
        edit(b, "plan.md", "# Plan", "# Our plan");
        edit(a, "journal/clash.md", "Buy milk and tea.", "Buy coffee.");
        edit(b, "journal/clash.md", "Buy milk and tea.", "Buy nothing.");
        edit(b, "journal/list.md", "- bread\n", "- bread\n- salt\n- rice\n");
        edit(a, "journal/list.md", "- eggs\n", "- tea\n- eggs\n");
        edit(a, "fresh.md", "# Fresh\n", "# Fresh\n\nfrom a\n");
        edit(b, "fresh.md", "# Fresh\n", "# Fresh\n\nfrom b\n");
        daemons.scan();
        daemons.resume(0);
        carry(daemons);
    }

    private static void edit(Path vault, String note, String from, String to) throws IOException {
        String text = Files.readString(vault.resolve(note));
        assertThat(text).contains(from);
        Files.writeString(vault.resolve(note), text.replace(from, to));
    }

    private static void carry(SyncthingDaemons daemons) {
        daemons.scan();
        daemons.awaitIdle(PATIENCE);
    }

    private static void checkTexts(Path vault, SortedMap<String, String> before) throws IOException {
        String tea = PLAN.replace("milk", "milk and tea");
        assertThat(vault.resolve("plan.md"))
                .hasContent(tea.replace("call Anna", "call Anna and Bert")
                        .replace("- swim", "- swim\n- read")
                        .replace("# Plan", "# Our plan"));
        // what was edited in the same place stays as the sync tool has left it
        assertThat(texts(vault))
                .containsEntry("journal/clash.md", before.getOrDefault("journal/clash.md", ""))
                .containsEntry("journal/list.md", "- tea\n- eggs\n- bread\n- salt\n- rice\n")
                .containsEntry("untouched.md", "nobody edits this\n");
        assertThat(Files.readString(vault.resolve("journal/clash.md"))).containsAnyOf("Buy coffee.", "Buy nothing.");
        assertThat(Files.readString(vault.resolve("fresh.md"))).containsAnyOf("from a", "from b");
    }

    /** Where Syncthing kept an earlier version that is what both sides began with. */
    private static void checkBases(JsonNode report) {
        for (JsonNode copy : report.get("copies")) {
            boolean kept = List.of("plan.md", "journal/clash.md")
                    .contains(copy.get("original").asText());
            boolean merged = copy.get("outcome").asText().equals("merged");
            assertThat(copy.get("tool").asText()).containsIgnoringCase("syncthing");
            assertThat(copy.get("deleted").asBoolean()).isFalse();
            assertThat(copy.path("base").asText("").contains(".stversions")).isEqualTo(kept && merged);
        }
    }

    private static List<Path> conflictCopies(Path vault) throws IOException {
        try (Stream<Path> all = Files.walk(vault)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains(".sync-conflict-"))
                    .map(vault::relativize)
                    .filter(file -> !file.toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** All notes and copies by path, without the folders of tools. */
    private static SortedMap<String, String> texts(Path vault) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.walk(vault)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = vault.relativize(file).toString();
                if (!name.startsWith(".")) {
                    texts.put(name, Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static Said merge(Path vault, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("merge", "--conflicts", vault.toString(), "--json"));
        words.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Cairn.run(
                words.toArray(String[]::new),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                Map.of("HOSTNAME", "here"));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        return new Said(status, new ObjectMapper().readTree(out.toByteArray()));
    }
}
