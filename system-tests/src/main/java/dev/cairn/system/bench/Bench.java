package dev.cairn.system.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.system.bench.election.ElectionWorkload;
import dev.cairn.system.bench.engine.EngineWorkload;
import dev.cairn.system.bench.engine.HeapWorkload;
import dev.cairn.system.bench.folder.BootstrapWorkload;
import dev.cairn.system.bench.folder.CommitWorkload;
import dev.cairn.system.bench.folder.LatencyWorkload;
import dev.cairn.system.bench.folder.RebuildWorkload;
import dev.cairn.system.bench.folder.ReopenWorkload;
import dev.cairn.system.bench.folder.YearWorkload;
import dev.cairn.system.bench.peer.PeerCaseWorkload;
import dev.cairn.system.bench.peer.PeersWorkload;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Workload;
import dev.cairn.system.bench.simulate.SimulateWorkload;
import dev.cairn.system.bench.trace.PerChangeWorkload;
import dev.cairn.system.bench.trace.TextHistoryWorkload;
import dev.cairn.system.bench.trace.TextTraceWorkload;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command behind {@code ./bench}. Exit status: 0 done, 1 a result is wrong, 2 usage or input, 3 environment. */
public final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Workload> WORKLOADS = new TreeMap<>(Map.ofEntries(
            Map.entry("rebuild", new RebuildWorkload()),
            Map.entry("bootstrap", new BootstrapWorkload()),
            Map.entry("reopen", new ReopenWorkload()),
            Map.entry("commit", new CommitWorkload()),
            Map.entry("latency", new LatencyWorkload()),
            Map.entry("text-trace", new TextTraceWorkload()),
            Map.entry("text-history", new TextHistoryWorkload()),
            Map.entry("engine", new EngineWorkload()),
            Map.entry("election", new ElectionWorkload()),
            Map.entry("heap", new HeapWorkload()),
            Map.entry("peers", new PeersWorkload()),
            Map.entry("per-change", new PerChangeWorkload()),
            Map.entry("peer-case", new PeerCaseWorkload()),
            Map.entry("simulate", new SimulateWorkload()),
            Map.entry("year", new YearWorkload())));

    private final PrintStream out;
    private final PrintStream err;

    Bench(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] given) throws InterruptedException {
        int status = new Bench(System.out, System.err).run(Arrays.asList(given));
        System.exit(status);
    }

    int run(List<String> given) throws InterruptedException {
        if (given.contains("--help") || given.equals(List.of("help"))) {
            list(out);
            return 0;
        }
        Workload workload = given.isEmpty() ? null : WORKLOADS.get(given.get(0));
        if (workload == null) {
            if (!given.isEmpty()) {
                err.println("bench: unknown workload " + given.get(0));
            }
            list(err);
            return 2;
        }
        try {
            Arguments arguments = new Arguments(given.subList(1, given.size()), workload);
            return workload.run(arguments, row -> out.println(json(row))) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println("bench: " + e.getMessage());
            return 2;
        } catch (NoSuchFileException e) {
            err.println("bench: there is no file " + e.getFile());
            return 3;
        } catch (IOException | UncheckedIOException e) {
            err.println("bench: " + e.getMessage());
            return 3;
        }
    }

    private static void list(PrintStream to) {
        to.println("usage: ./bench WORKLOAD [FILE] [--name value ...]; each prints a JSON line for each measurement");
        WORKLOADS.forEach((name, each) -> to.println("  " + name + "  " + each.summary()));
    }

    private static String json(Row row) {
        try {
            return JSON.writeValueAsString(row.fields());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
