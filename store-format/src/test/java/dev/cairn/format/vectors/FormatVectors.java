package dev.cairn.format.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The language-neutral vectors under {@code store-format/vectors}.
 *
 * <p>They are generated, with fixed keys and salts, by the catalogs beside this class. Run with the system property
 * {@code cairn.vectors.write=true} to write them anew after a catalog has changed.
 */
final class FormatVectors {
    private static final Path DIRECTORY =
            Path.of(System.getProperty("cairn.vectors", "vectors")).toAbsolutePath();
    private static final List<String> OURS = List.of(
            "cbor",
            "checkpoint",
            "cobblestone",
            "columns",
            "election",
            "envelope",
            "head",
            "marker",
            "name",
            "segment",
            "signature");

    static List<VectorFile> generated() {
        List<VectorFile> all = new ArrayList<>(EnvelopeCatalog.vectors());
        all.addAll(SegmentCatalog.vectors());
        all.addAll(ColumnCatalog.vectors());
        all.addAll(HeadCatalog.vectors());
        all.addAll(CheckpointCatalog.vectors());
        all.addAll(ElectionCatalog.vectors());
        all.addAll(SmallCatalog.vectors());
        return all;
    }

    private static Path path(VectorFile vector) {
        return DIRECTORY.resolve(vector.path() + ".vec");
    }

    @Test
    void generatingThemAgainGivesTheSameFiles() throws IOException {
        TreeSet<Path> expected = new TreeSet<>();
        for (VectorFile vector : generated()) {
            assertThat(expected.add(path(vector)))
                    .as("one vector " + vector.path())
                    .isTrue();
            if (Boolean.getBoolean("cairn.vectors.write")) {
                Files.createDirectories(path(vector).getParent());
                Files.writeString(path(vector), vector.text());
            }
            assertThat(path(vector)).hasContent(vector.text());
        }
        TreeSet<Path> found = new TreeSet<>();
        for (String directory : OURS) {
            try (Stream<Path> files = Files.list(DIRECTORY.resolve(directory))) {
                files.forEach(found::add);
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> eachGivesItsOutcome() {
        return generated().stream()
                .map(generated -> DynamicTest.dynamicTest(generated.path(), () -> {
                    VectorFile vector = VectorFile.parse(generated.path(), Files.readString(path(generated)));
                    assertThat(VectorJudge.outcome(vector)).isEqualTo(vector.field("expect"));
                }));
    }
}
