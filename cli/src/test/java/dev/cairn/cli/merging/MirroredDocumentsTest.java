package dev.cairn.cli.merging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.merge.mirror.Documents.Replacement;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirroredDocumentsTest {
    @TempDir
    Path root;

    @Test
    void theHistoryTellsWhetherADocumentWasMadeToSaySomething() throws IOException {
        Path folder = Files.createDirectory(root.resolve("folder"));
        try (Space space = Space.create(folder, SpaceOptions.inState(root.resolve("state")))) {
            MirroredDocuments documents = new MirroredDocuments(space, "notes/", "mirror");
            String start = documents.mark();
            assertThat(replace(documents, Optional.empty(), "one\n")).containsExactly(true);
            String middle = documents.mark();
            assertThat(documents.said("a", start, "one\n")).isTrue();
            assertThat(documents.said("a", middle, "one\n")).isFalse();

            String large = "line of a text which is larger than a change may be\n".repeat(40_000);
            assertThat(replace(documents, Optional.of("one\n"), large)).containsExactly(true);
            space.commit(tx -> tx.on("notes/a").map().text("text").insert(0, "later\n"));
            space.commit(tx -> tx.on("other").map().put("text", "one\n"));
            assertThat(documents.said("a", middle, large)).isTrue();
            assertThat(documents.said("a", middle, "one\n")).isFalse();
            assertThat(documents.said("other", start, "one\n")).isFalse();
            assertThat(replace(documents, Optional.of("not what it says"), "two\n"))
                    .containsExactly(false);
            assertThat(documents.said("a", start, "two\n")).isFalse();
            assertThat(documents.said("a", "aaaaaaaaaaaaaaaaaaaaaaaaaa.7", "one\n"))
                    .as("a version which this device never had")
                    .isFalse();
        }
    }

    private static List<Boolean> replace(MirroredDocuments documents, Optional<String> expected, String next) {
        return documents.replace(List.of(new Replacement("a", expected, Optional.of(next))));
    }
}
