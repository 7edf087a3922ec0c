package dev.cairn.system.bench.peer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs every case with every engine of the JVM, each in a process of its own, so that one which takes for ever can be
 * ended: that is reported, and the case is tried again at a tenth of the size. Ratios compare the time of the
 * processor, which other work on the machine disturbs least.
 */
public final class PeersWorkload implements Workload {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Smaller sizes than this are not tried when a larger one took too long. */
    private static final int SIZE_MIN = 500;

    @Override
    public String summary() {
        return "--paper FILE --friends FILE --limit 60 --engines cairn,automerge-java --cases all --runs 7: "
                + "the same work for other engines of the JVM; the two files are automerge-paper and friendsforever";
    }

    @Override
    public Set<String> options() {
        return Set.of("paper", "friends", "limit", "engines", "cases", "runs");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException, InterruptedException {
        int limit = arguments.number("limit", 60);
        int runs = arguments.number("runs", 7);
        List<String> engines =
                List.of(arguments.text("engines").orElse("cairn,automerge-java").split(","));
        Map<String, Optional<Path>> files = Map.of(
                PeerCase.PAPER, arguments.text("paper").map(Path::of),
                PeerCase.FRIENDS, arguments.text("friends").map(Path::of));
        boolean match = true;
        for (PeerCase each : cases(arguments)) {
            Optional<Path> file = files.getOrDefault(each.script(), Optional.empty());
            if (files.containsKey(each.script()) && file.isEmpty()) {
                continue;
            }
            Map<String, Double> speeds = new HashMap<>();
            for (String engine : engines) {
                Row row = measured(engine, each, file, limit, runs, report);
                if (row.fields().get("size") instanceof Number size
                        && row.fields().get("cpuSeconds") instanceof Number seconds) {
                    speeds.put(engine, size.doubleValue() / seconds.doubleValue());
                }
                match &= !Boolean.FALSE.equals(row.fields().get("match"));
                report.accept(compared(row, engine, speeds));
            }
        }
        return match;
    }

    private static Row compared(Row row, String engine, Map<String, Double> speeds) {
        Double own = speeds.get("cairn");
        Double theirs = speeds.get(engine);
        return engine.equals("cairn") || own == null || theirs == null
                ? row
                : row.with("cairnIsTimesAsFast", Statistics.round(own / theirs));
    }

    private static List<PeerCase> cases(Arguments arguments) {
        Optional<String> wanted = arguments.text("cases");
        if (wanted.isEmpty()) {
            return PeerCase.all();
        }
        List<String> labels = Arrays.asList(wanted.get().split(","));
        List<PeerCase> found = PeerCase.all().stream()
                .filter(each -> labels.contains(each.label()))
                .toList();
        if (found.size() != labels.size()) {
            throw new IllegalArgumentException("unknown case in " + labels + "; known are "
                    + PeerCase.all().stream().map(PeerCase::label).toList());
        }
        return found;
    }

    private static Row measured(
            String engine, PeerCase peerCase, Optional<Path> file, int limit, int runs, Consumer<Row> report)
            throws IOException, InterruptedException {
        PeerCase now = peerCase;
        while (true) {
            Optional<Row> row = once(engine, now, file, limit, runs);
            if (row.isPresent()) {
                return row.get();
            }
            Row late = Row.of("peers")
                    .with("engine", engine)
                    .with("case", now.label())
                    .with("size", now.size())
                    .with("notFinishedInSeconds", limit);
            int smaller = now.size() / 10;
            if (smaller < SIZE_MIN || (file.isPresent() && peerCase.mode() == PeerCase.Mode.BATCH)) {
                return late;
            }
            report.accept(late);
            now = new PeerCase(now.script(), now.mode(), smaller);
        }
    }

    private static Optional<Row> once(String engine, PeerCase now, Optional<Path> file, int limit, int runs)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cairn.system.bench.Bench",
                "peer-case"));
        command.addAll(List.of("--engine", engine, "--case", now.label()));
        command.addAll(List.of("--size", Integer.toString(now.size()), "--runs", Integer.toString(runs)));
        file.ifPresent(path -> command.addAll(List.of("--file", path.toString())));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(limit, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return Optional.empty();
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (out.isBlank()) {
            throw new IOException(engine + " failed at " + now.label() + ", see above");
        }
        return Optional.of(new Row(JSON.readValue(out, new TypeReference<Map<String, Object>>() {})));
    }
}
