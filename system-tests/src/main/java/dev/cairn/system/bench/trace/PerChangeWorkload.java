package dev.cairn.system.bench.trace;

import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.system.bench.journal.SealedChanges;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Timing;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes every edit of a sequential trace a change of its own: encoded and encrypted, or committed to a space. */
public final class PerChangeWorkload implements Workload {
    @Override
    public String summary() {
        return "FILE --edits 20000 --runs 7: every edit of a sequential trace encoded and encrypted by itself; and the "
                + "first so many as commits of a space";
    }

    @Override
    public Set<String> options() {
        return Set.of("edits", "runs");
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException {
        Path file = Path.of(arguments.words().get(0));
        Trace trace = TraceReader.read(file);
        if (trace.form() != Trace.Form.SEQUENTIAL) {
            throw new IllegalArgumentException(file + " is not a sequential trace");
        }
        int runs = arguments.number("runs", 7);
        EditingHistory history = trace.histories().get(0);
        Author author = new Author(history);
        report.accept(row(file, "edit, encode, encrypt", history.size(), encrypted(author, runs))
                .with("bytes", encrypt(author)));
        if (!history.start.isEmpty()) {
            throw new IllegalArgumentException(file + " starts with a text");
        }
        int edits = Math.min(history.size(), arguments.number("edits", 20_000));
        String expected = history.end.filter(end -> edits == history.size()).orElse("");
        return space(author, file, edits, expected, report);
    }

    private static Row row(Path file, String measured, int edits, Timing timing) {
        return Row.of("per-change")
                .with("trace", String.valueOf(file.getFileName()))
                .with("measured", measured)
                .with("edits", edits)
                .with("seconds", Statistics.seconds(timing.median()))
                .with("bestSeconds", Statistics.seconds(timing.best()))
                .with("cpuSeconds", Statistics.seconds(timing.cpu()))
                .with("runs", timing.runs())
                .with("opsPerSecond", Math.round(edits / timing.median()));
    }

    private static Timing encrypted(Author author, int runs) {
        return Timing.of(runs, () -> encrypt(author));
    }

    /** Makes the edits, each change encrypted as soon as it is made; the bytes of all. */
    private static long encrypt(Author author) {
        SealedChanges sealed = new SealedChanges();
        author.play(Granularity.PER_OP, sealed::add);
        return sealed.bytes();
    }

    private static boolean space(Author author, Path file, int edits, String expected, Consumer<Row> report)
            throws IOException {
        Path root = Files.createTempDirectory("cairn-bench");
        try {
            Path folder = Files.createDirectory(root.resolve("folder"));
            SpaceOptions options = SpaceOptions.inState(root.resolve("state"));
            try (Space space = Space.create(folder, options)) {
                long start = System.nanoTime();
                author.commit(space, edits);
                double seconds = (System.nanoTime() - start) / 1e9;
                String text = space.document(HistoryEncoder.DOCUMENT).text(HistoryEncoder.TEXT);
                Row row = Row.of("per-change")
                        .with("trace", String.valueOf(file.getFileName()))
                        .with("measured", "a commit of a space each")
                        .with("edits", edits)
                        .with("seconds", Statistics.seconds(seconds))
                        .with("opsPerSecond", Math.round(edits / seconds))
                        .with("directory", String.valueOf(root.getParent()));
                report.accept(expected.isEmpty() ? row : row.with("match", text.equals(expected)));
                return expected.isEmpty() || text.equals(expected);
            }
        } finally {
            try (Stream<Path> tree = Files.walk(root)) {
                List<Path> all = tree.sorted(Comparator.reverseOrder()).toList();
                for (Path each : all) {
                    Files.delete(each);
                }
            }
        }
    }
}
