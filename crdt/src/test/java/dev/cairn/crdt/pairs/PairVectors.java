package dev.cairn.crdt.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.oracle.TwinCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The vectors under {@code crdt/vectors} and the tables of {@code docs/operations.md}: generated from the engine, then
 * committed. Run with {@code -Dcairn.vectors.write=true} to write them again.
 */
final class PairVectors {
    private static final Path ROOT = Path.of(System.getProperty("cairn.source", ".."));
    private static final Path VECTORS = ROOT.resolve("crdt/vectors");
    private static final Path PAGE = ROOT.resolve("docs/operations.md");
    private static final boolean WRITES = Boolean.getBoolean("cairn.vectors.write");

    private static List<Pair> pairs(Catalog.Group group) {
        List<Pair> pairs = new ArrayList<>();
        for (Catalog.Edit first : group.edits()) {
            for (Catalog.Edit second : group.edits()) {
                pairs.add(Pair.of(group, first, second));
            }
        }
        return pairs;
    }

    @Test
    void generating_the_vectors_gives_the_committed_files() {
        for (Catalog.Group group : Catalog.groups()) {
            same(VECTORS.resolve(group.name() + ".json"), VectorFile.of(group, pairs(group)));
        }
    }

    @Test
    void generating_the_tables_gives_the_committed_page() {
        StringBuilder page = new StringBuilder(Table.INTRODUCTION);
        for (Catalog.Group group : Catalog.groups()) {
            page.append(Table.of(group, pairs(group)));
        }
        same(PAGE, page.toString());
    }

    @Test
    void the_engine_gives_what_the_vectors_say_in_both_orders() {
        for (Catalog.Group group : Catalog.groups()) {
            for (VectorFile.Vector vector : VectorFile.read(read(VECTORS.resolve(group.name() + ".json")))) {
                List<Integer> reversed = List.of(0, 2, 1);
                DocumentSet straight = Pair.merged(vector.changes());
                DocumentSet other =
                        Pair.merged(reversed.stream().map(vector.changes()::get).toList());
                assertThat(VectorFile.readAgain(VectorFile.state(straight)))
                        .as(vector.name())
                        .isEqualTo(vector.expected());
                assertThat(VectorFile.readAgain(VectorFile.state(other)))
                        .as(vector.name())
                        .isEqualTo(vector.expected());
            }
        }
    }

    @Test
    void the_slow_twin_agrees_with_every_vector() {
        for (Catalog.Group group : Catalog.groups()) {
            for (VectorFile.Vector vector : VectorFile.read(read(VECTORS.resolve(group.name() + ".json")))) {
                TwinCheck.same(Pair.merged(vector.changes()), vector.changes());
            }
        }
    }

    private static void same(Path file, String text) {
        if (WRITES) {
            write(file, text);
        }
        assertThat(read(file)).as("%s", file).isEqualTo(text);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
