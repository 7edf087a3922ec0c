package dev.cairn.replica.leaderonly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.view.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The vectors of SPEC.md, section 23.5: what a document says, and what the collection then holds. */
final class LedgerVectors {
    private static final Path VECTORS = Path.of("vectors", "leader-only");

    @TestFactory
    List<DynamicTest> vectors() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(VECTORS)) {
            for (Path file : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(lines)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(9);
        return tests;
    }

    /** {@code map KEY} selects a map, {@code KEY = VALUE} puts into it; then come the entries, then what is late. */
    private static void check(List<String> lines) {
        assertThat(lines.get(0)).startsWith("description: ");
        Drawn root = new Drawn();
        Drawn map = root;
        int at = 1;
        for (; !lines.get(at).equals("holds:"); at++) {
            String line = lines.get(at);
            if (line.startsWith("map ")) {
                map = root.map(line.substring(4));
            } else {
                map.put(line.substring(2, line.indexOf(" = ")), value(line.substring(line.indexOf(" = ") + 3)));
            }
        }
        Ledger ledger = Ledger.of(root);
        List<String> said = new ArrayList<>();
        ledger.entries().forEach((key, value) -> said.add("  " + key + " = " + plain(value)));
        said.add("late:");
        ledger.late()
                .forEach(late -> said.add(
                        "  " + late.name() + " " + late.state().toString().toLowerCase(Locale.ROOT)));
        assertThat(said).isEqualTo(lines.subList(at + 1, lines.size()));
    }

    private static String plain(Value value) {
        return value instanceof Value.Int number ? Long.toString(number.value()) : value.toString();
    }

    private static Object value(String text) {
        return text.matches("-?[0-9]+") ? (Object) Long.valueOf(text) : text.equals("true") ? (Object) true : text;
    }
}
