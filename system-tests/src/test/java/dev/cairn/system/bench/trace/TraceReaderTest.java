package dev.cairn.system.bench.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published forms of recorded editing, and files which are not quite of one of them. */
final class TraceReaderTest {
    @TempDir
    Path directory;

    private Trace read(String json) throws IOException {
        return TraceReader.read(Files.writeString(directory.resolve("trace.json"), json));
    }

    private static String span(int from, int to, String parents, String agent, int seq, String ops) {
        return "{\"span\":[%d,%d],\"parents\":%s,\"agent\":\"%s\",\"seqStart\":%d,\"ops\":%s}"
                .formatted(from, to, parents, agent, seq, ops);
    }

    private static String history(String... transactions) {
        return "{\"txns\":[" + String.join(",", transactions) + "],\"endContent\":\"\"}";
    }

    @Test
    void fields_come_in_any_order() throws IOException {
        Trace trace = read("{\"txns\":[{\"patches\":[[0,0,\"x\"]],\"agent\":0,\"parents\":[]}],\"numAgents\":1,"
                + "\"unknown\":[[]],\"endContent\":\"x\",\"kind\":\"concurrent\"}");
        assertThat(trace.form()).isEqualTo(Trace.Form.CONCURRENT);
        assertThat(trace.histories().get(0).end).contains("x");
        assertThat(trace.histories().get(0).size()).isEqualTo(1);
    }

    @Test
    void a_span_is_cut_where_a_parent_ends() throws IOException {
        EditingHistory history = read(history(
                        span(0, 6, "[]", "a", 0, "[[0,0,\"abcd\"],[1,2,\"\"]]"),
                        span(6, 7, "[1]", "b", 0, "[[2,0,\"x\"]]"),
                        span(7, 8, "[4,6]", "a", 6, "[[0,0,\"y\"]]")))
                .histories()
                .get(0);
        assertThat(history.transactions).hasSize(5);
        assertThat(history.transactions.get(1).parents()).isEqualTo(List.of(0));
        assertThat(history.transactions.get(3).parents()).isEqualTo(List.of(0));
        assertThat(history.transactions.get(4).parents()).isEqualTo(List.of(1, 3));
        assertThat(history.inserted[0]).isEqualTo("ab");
        assertThat(history.inserted[1]).isEqualTo("cd");
        assertThat(history.position[1]).isEqualTo(2);
        assertThat(history.deleted[2]).isEqualTo(1);
        assertThat(history.deleted[3]).isEqualTo(1);
        assertThat(history.units()).isEqualTo(8);
    }

    @Test
    void an_agent_who_went_on_at_two_places_has_two_lines() throws IOException {
        EditingHistory history = read(history(
                        span(0, 1, "[]", "b", 0, "[[0,0,\"1\"]]"),
                        span(1, 2, "[]", "a", 0, "[[0,0,\"2\"]]"),
                        span(2, 3, "[0]", "b", 2, "[[0,0,\"3\"]]"),
                        span(3, 4, "[0]", "b", 1, "[[0,0,\"4\"]]")))
                .histories()
                .get(0);
        Commits commits = new Commits(history.transactions);
        assertThat(commits.agent).containsExactly(1, 0, 1, 1);
        assertThat(commits.line).containsExactly(0, 0, 1, 0);
        assertThat(commits.fewest()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void transactions_which_nobody_saw_alone_are_one_commit() throws IOException {
        EditingHistory history = read(history(
                        span(0, 1, "[]", "a", 0, "[[0,0,\"1\"]]"),
                        span(1, 2, "[0]", "a", 1, "[[0,0,\"2\"]]"),
                        span(2, 3, "[1]", "b", 0, "[[0,0,\"3\"]]"),
                        span(3, 4, "[1]", "a", 2, "[[0,0,\"4\"]]")))
                .histories()
                .get(0);
        assertThat(new Commits(history.transactions).fewest()).containsExactly(0, 0, 2, 3);
    }

    @Test
    void code_points_become_code_units() throws IOException {
        EditingHistory history = read("{\"startContent\":\"\\ud83d\\ude00a\",\"txns\":[{\"patches\":["
                        + "[2,0,\"b\\ud83d\\ude00\\ud83d\\ude00c\"],[4,0,\"x\"],[0,4,\"\"],[1,0,\"y\"]]}]}")
                .histories()
                .get(0);
        Utf16Columns columns = new Utf16Columns(history);
        assertThat(columns.position).containsExactly(3, 6, 0, 1);
        assertThat(columns.deleted).containsExactly(0, 0, 6, 0);
    }

    static Stream<Arguments> faults() {
        String good = span(0, 1, "[]", "a", 0, "[[0,0,\"x\"]]");
        return Stream.of(
                Arguments.of("", "the end"),
                Arguments.of("7", "an object with the field txns"),
                Arguments.of("{}", "the field txns is missing"),
                Arguments.of("{\"txns\":7}", "txns as an array"),
                Arguments.of("{\"txns\":[]} x", "not valid JSON"),
                Arguments.of("{\"txns\":[]} {}", "expected the end of the file"),
                Arguments.of("{\"txns\":[{\"patches\":[[0,0,\"x\"]]}", "not valid JSON"),
                Arguments.of("{\"txns\":[{}]}", "neither patches nor a span"),
                Arguments.of("{\"txns\":[{\"patches\":[[0,0]]}]}", "the inserted text of an edit as a string"),
                Arguments.of("{\"txns\":[{\"patches\":[[-1,0,\"\"]]}]}", "the position of an edit is -1"),
                Arguments.of("{\"txns\":[{\"patches\":[[1.5,0,\"\"]]}]}", "as a whole number"),
                Arguments.of(
                        "{\"txns\":[{\"patches\":[[99999999999999999999,0,\"\"]]}]}", "the position of an edit is"),
                Arguments.of("{\"txns\":[{\"patches\":[[0,0,\"\",\"t\",1]]}]}", "the end of an edit"),
                Arguments.of("{\"txns\":[{\"patches\":[[0,0,\"\\ud83d\"]]}]}", "half of a surrogate pair"),
                Arguments.of("{\"kind\":\"other\",\"txns\":[{\"patches\":[]}]}", "kind is \"other\""),
                Arguments.of("{\"kind\":\"concurrent\",\"txns\":[{\"patches\":[]}]}", "has no parents field"),
                Arguments.of("{\"txns\":[{\"parents\":[0],\"agent\":0,\"patches\":[]}]}", "does not stand before it"),
                Arguments.of(
                        "{\"numAgents\":1,\"txns\":[{\"parents\":[],\"agent\":1,\"patches\":[]}]}",
                        "but numAgents is 1"),
                Arguments.of(history(good.replace("[0,1]", "[0]")), "a span is [from, to]"),
                Arguments.of(history(good.replace("[0,1]", "[0,2]")), "has ops of 1 single edits"),
                Arguments.of(history(good.replace("[0,1]", "[1,2]")), "does not continue"),
                Arguments.of(history(good.replace("\"parents\":[]", "\"parents\":[0]")), "does not stand before it"),
                Arguments.of(history(good, "{\"patches\":[]}"), "without a span"),
                Arguments.of("[]", "the list holds no history"),
                Arguments.of("[{\"txns\":[{\"patches\":[]}]}]", "a list may only hold histories of runs"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void what_breaks_the_form_is_told(String json, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(json))
                .withMessageContaining(what)
                .withMessageContaining("trace.json")
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
    }

    @Test
    void a_damaged_or_cut_off_compressed_file_is_told() throws IOException {
        Path file = directory.resolve("cut.json.gz");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceReader.read(file))
                .withMessageContaining("cut off");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 1, 2});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceReader.read(file))
                .withMessageContaining("damaged");
    }
}
