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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;

/** Makes every edit of a sequential trace a change of its own: encoded and encrypted, or committed to a space. */
public final class PerChangeWorkload implements Workload {
    @Override
    public String summary() {
        return "FILE --edits 20000 --runs 7: every edit of a sequential trace encoded and encrypted by itself; the "
                + "first so many as durable commits of a space; and all of them as commits of one batch";
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
        boolean match = space(file, "a durable commit of a space each", history, edits, 1, author::commit, report);
        return space(file, "a commit of a batch each", history, history.size(), runs, author::commitBatch, report)
                && match;
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

    /** Makes edits in a new space, again and again, and checks the text if they are all that the history has. */
    private static boolean space(
            Path file,
            String measured,
            EditingHistory history,
            int edits,
            int runs,
            ObjIntConsumer<Space> making,
            Consumer<Row> report)
            throws IOException {
        Path root = Files.createTempDirectory("cairn-bench");
        Deque<Space> made = new ArrayDeque<>();
        try {
            Timing timing = Timing.of(runs, () -> space(root, made), space -> making.accept(space, edits));
            String text = made.getLast().document(HistoryEncoder.DOCUMENT).text(HistoryEncoder.TEXT);
            Row row = row(file, measured, edits, timing).with("directory", String.valueOf(root.getParent()));
            boolean whole = edits == history.size() && history.end.isPresent();
            boolean match = !whole || text.equals(history.end.get());
            report.accept(whole ? row.with("match", match) : row);
            return match;
        } finally {
            made.forEach(Space::close);
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static Space space(Path root, Deque<Space> made) {
        try {
            if (!made.isEmpty()) {
                made.removeLast().close();
            }
            Path own = Files.createTempDirectory(root, "space");
            Path folder = Files.createDirectory(own.resolve("folder"));
            made.add(Space.create(folder, SpaceOptions.inState(own.resolve("state"))));
            return made.getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
