package dev.cairn.system.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command behind {@code ./bench}: what it takes, what it prints, how it ends. */
final class BenchTest {
    private static final String SEQUENTIAL = """
            {"startContent":"ab","endContent":"a\\ud83d\\ude00xb!","txns":[
              {"time":"2024-01-01T00:00:00Z","patches":[[1,0,"\\ud83d\\ude00"],[2,0,"yz"]]},
              {"patches":[[2,2,"x"]]},
              {"patches":[]},
              {"time":"none","patches":[[4,0,"!","2024-01-01T00:00:00Z"]],"extra":{"deep":[1,{"x":2}]}}]}
            """;
    private static final String CONCURRENT = """
            {"kind":"concurrent","endContent":"Hello, world","numAgents":2,"txns":[
              {"parents":[],"numChildren":2,"agent":0,"patches":[[0,0,"Hello"]]},
              {"parents":[0],"numChildren":1,"agent":0,"patches":[[5,0,","]]},
              {"parents":[0],"numChildren":1,"agent":1,"patches":[[0,1,"h"],[0,1,"H"]]},
              {"parents":[1,2],"numChildren":0,"agent":1,"patches":[[6,0," world"]]}]}
            """;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... given) {
        Bench bench = new Bench(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return bench.run(List.of(given));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private List<JsonNode> rows() throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Nested
    class Command {
        @Test
        void without_a_workload_all_are_listed_and_that_is_a_wrong_use() {
            assertThat(run()).isEqualTo(2);
            assertThat(errors()).contains("text-trace", "text-history", "engine", "peers", "rebuild");
        }

        @Test
        void help_is_printed_when_asked_for() {
            assertThat(run("--help")).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("usage: ./bench WORKLOAD", "text-trace");
        }

        @Test
        void what_is_unknown_is_told_in_one_line() {
            assertThat(run("text-trace", "x.json", "--fast")).isEqualTo(2);
            assertThat(errors().lines())
                    .containsExactly("bench: unknown option --fast; known are --one-commit, --per-op, --runs");
        }

        @Test
        void a_missing_file_is_a_fault_of_the_environment() {
            assertThat(run("text-trace", directory.resolve("none.json").toString()))
                    .isEqualTo(3);
            assertThat(errors().lines()).hasSize(1).first().asString().startsWith("bench: there is no file ");
        }

        @Test
        void a_file_is_needed_and_an_option_needs_its_value() {
            assertThat(run("text-trace")).isEqualTo(2);
            assertThat(run("text-trace", "x", "y")).isEqualTo(2);
            assertThat(run("text-trace", "x", "--runs")).isEqualTo(2);
            assertThat(run("text-trace", "x", "--runs", "0")).isEqualTo(2);
            assertThat(run("engine", "--shape", "round")).isEqualTo(2);
            assertThat(run("engine", "--arrival", "never")).isEqualTo(2);
            assertThat(errors().lines()).hasSize(6).allMatch(line -> line.startsWith("bench: "));
        }
    }

    @Nested
    class Traces {
        @Test
        void a_sequential_trace_is_played_edit_by_edit() throws IOException {
            assertThat(run("text-trace", "--per-op", file("s.json", SEQUENTIAL), "--runs", "1"))
                    .isZero();
            JsonNode row = rows().get(0);
            assertThat(rows()).hasSize(1);
            assertThat(row.path("match").asBoolean()).isTrue();
            assertThat(row.path("mode").asText()).isEqualTo("per-op");
            assertThat(row.path("edits").asInt()).isEqualTo(4);
            assertThat(row.path("changes").asInt()).isEqualTo(5);
            assertThat(row.path("opsPerSecond").asLong()).isPositive();
            assertThat(row.path("historyBytes").asLong()).isPositive();
        }

        @Test
        void a_sequential_trace_is_played_as_one_commit() throws IOException {
            assertThat(run("text-trace", file("s.json", SEQUENTIAL), "--one-commit", "--runs", "1"))
                    .isZero();
            assertThat(rows()).hasSize(1);
            assertThat(rows().get(0).path("match").asBoolean()).isTrue();
            assertThat(rows().get(0).path("changes").asInt()).isEqualTo(1);
        }

        @Test
        void a_concurrent_trace_is_merged_at_every_granularity() throws IOException {
            Path zipped = directory.resolve("c.json.gz");
            try (GZIPOutputStream zip = new GZIPOutputStream(Files.newOutputStream(zipped))) {
                zip.write(CONCURRENT.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(run("text-trace", zipped.toString(), "--runs", "1")).isZero();
            assertThat(rows()).hasSize(3).allMatch(row -> row.path("match").asBoolean());
            assertThat(rows().get(1).path("changes").asInt()).isEqualTo(5);
        }

        @Test
        void another_final_text_is_a_failure() throws IOException {
            String wrong = SEQUENTIAL.replace("xb!", "xb?");
            assertThat(run("text-trace", "--per-op", file("w.json", wrong), "--runs", "1"))
                    .isEqualTo(1);
            assertThat(rows().get(0).path("match").asBoolean(true)).isFalse();
        }

        @Test
        void an_edit_outside_of_the_text_is_told() throws IOException {
            String outside = SEQUENTIAL.replace("[2,2,\"x\"]", "[9,2,\"x\"]");
            assertThat(run("text-trace", "--per-op", file("o.json", outside))).isEqualTo(2);
            assertThat(errors()).contains("edit 2 at position 9 is outside of the text");
            String concurrent = CONCURRENT.replace("[6,0,", "[60,0,");
            assertThat(run("text-trace", "--per-op", file("o2.json", concurrent)))
                    .isEqualTo(2);
            assertThat(errors()).contains("outside of the text at their version");
        }

        @Test
        void each_form_has_its_workload() throws IOException {
            String history = "{\"txns\":[{\"span\":[0,1],\"parents\":[],\"agent\":\"a\",\"seqStart\":0,"
                    + "\"ops\":[[0,0,\"x\"]]}],\"endContent\":\"x\"}";
            assertThat(run("text-trace", file("h.json", history))).isEqualTo(2);
            assertThat(run("text-history", file("s.json", SEQUENTIAL))).isEqualTo(2);
            assertThat(errors()).contains("use text-history", "use text-trace");
        }

        @Test
        void each_history_of_a_list_is_checked() throws IOException {
            String right =
                    "{\"txns\":[{\"span\":[0,1],\"parents\":[],\"agent\":\"b\",\"seqStart\":0,\"ops\":[[0,0,\"x\"]]},"
                            + "{\"span\":[1,2],\"parents\":[],\"agent\":\"a\",\"seqStart\":0,\"ops\":[[0,0,\"y\"]]}],"
                            + "\"endContent\":\"yx\"}";
            String wrong = right.replace("yx", "xy");
            assertThat(run("text-history", file("l.json", "[" + right + "," + wrong + "]"), "--runs", "1"))
                    .isEqualTo(1);
            assertThat(rows().get(0).path("histories").asInt()).isEqualTo(2);
            assertThat(rows().get(0).path("matching").asInt()).isEqualTo(1);
            assertThat(rows().get(1).path("mismatch").asInt()).isEqualTo(1);
            assertThat(rows().get(1).path("found").asText()).isEqualTo("yx");
        }

        @Test
        void without_a_final_text_nothing_is_claimed() throws IOException {
            String open = "{\"txns\":[{\"patches\":[[0,0,\"x\"]]}]}";
            assertThat(run("text-trace", "--one-commit", file("n.json", open), "--runs", "1"))
                    .isZero();
            assertThat(rows().get(0).has("match")).isFalse();
        }
    }

    @Nested
    class Compaction {
        @Test
        void a_new_device_comes_to_the_same_state_from_a_checkpoint() throws IOException {
            assertThat(run("bootstrap", "--changes", "300,600", "--devices", "2", "--repeat", "1"))
                    .isZero();
            assertThat(rows()).hasSize(3);
            assertThat(rows().get(1).path("statesEqual").asBoolean()).isTrue();
            assertThat(rows().get(1).path("checkpointFiles").asInt())
                    .isLessThanOrEqualTo(rows().get(1).path("segmentFiles").asInt() + 2);
            assertThat(rows().get(2).has("growthExponent")).isTrue();
        }

        @Test
        void the_files_of_a_fleet_that_compacts_stay_within_the_bound() throws IOException {
            Path svg = directory.resolve("year.svg");
            Path csv = directory.resolve("year.csv");
            assertThat(run(
                            "year",
                            "--devices",
                            "2",
                            "--days",
                            "40",
                            "--edits",
                            "60",
                            "--svg",
                            svg.toString(),
                            "--csv",
                            csv.toString()))
                    .isZero();
            List<JsonNode> rows = rows();
            assertThat(rows.get(rows.size() - 1).path("within").asBoolean()).isTrue();
            assertThat(Files.readAllLines(csv))
                    .hasSize(41)
                    .first()
                    .isEqualTo("day,changes,files,folder_bytes,store_bytes");
            assertThat(Files.readString(svg))
                    .startsWith("<svg")
                    .endsWith("</svg>\n")
                    .contains("day 40");
        }
    }
}
