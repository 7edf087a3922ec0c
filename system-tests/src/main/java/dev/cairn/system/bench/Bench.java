package dev.cairn.system.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command behind {@code ./bench}. Exit status: 0 done, 2 usage. */
public final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Workload> WORKLOADS = new TreeMap<>(Map.of(
            "rebuild", new RebuildWorkload(),
            "reopen", new ReopenWorkload(),
            "commit", new CommitWorkload(),
            "latency", new LatencyWorkload()));

    private Bench() {}

    public static void main(String[] given) throws IOException, InterruptedException {
        System.exit(run(Arrays.asList(given)));
    }

    private static int run(List<String> given) throws IOException, InterruptedException {
        Workload workload = given.isEmpty() ? null : WORKLOADS.get(given.get(0));
        if (workload == null) {
            System.err.println("usage: ./bench WORKLOAD [--name value ...]; each prints JSON lines");
            WORKLOADS.forEach((name, each) -> System.err.println("  " + name + "  " + each.summary()));
            return 2;
        }
        try {
            workload.run(new Arguments(given.subList(1, given.size())), row -> System.out.println(json(row)));
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            return 2;
        }
    }

    private static String json(Row row) {
        try {
            return JSON.writeValueAsString(row.fields());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
