package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.shell.Interruption;
import dev.cairn.cli.shell.ResultStream;
import dev.cairn.cli.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CairnTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theVersionIsTheBuildsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(text(out)).matches("cairn \\d+\\.\\d+\\.\\d+.*\n");
    }

    @Test
    void noCommandIsAUsageErrorOfOneLine() {
        assertThat(run()).isEqualTo(2);
        assertThat(text(err)).startsWith("cairn: ").endsWith("\n").hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void anUnknownCommandIsAUsageErrorWithACode() {
        assertThat(run("--json", "levitate")).isEqualTo(2);
        assertThat(text(out))
                .startsWith("{\"error\":{\"")
                .contains("\"code\":\"usage\"")
                .hasLineCount(1);
        assertThat(text(err)).contains("levitate").hasLineCount(1);
    }

    @Test
    void aCommandMistypedIsGuessed() {
        assertThat(run("stauts")).isEqualTo(2);
        assertThat(text(err)).isEqualTo("cairn: no command 'stauts', did you mean 'status'?: see 'cairn --help'\n");
    }

    @Test
    void aNumberThatIsNoneIsSaid() {
        assertThat(run("undo", "--steps", "many")).isEqualTo(2);
        assertThat(text(err))
                .contains("--steps", "'many' is not a whole number")
                .hasLineCount(1);
    }

    private int writing(String problem) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(problem);
            }
        };
        PrintStream errors = new PrintStream(err, false, StandardCharsets.UTF_8);
        return Cairn.run(
                new String[] {"--version"}, InputStream.nullInputStream(), ResultStream.to(broken), errors, Map.of());
    }

    @Test
    void aResultThatCouldNotBeWrittenIsNoSuccess() {
        assertThat(writing("No space left on device")).isEqualTo(3);
        assertThat(text(err))
                .startsWith("cairn: not all of the result could be written")
                .hasLineCount(1);
    }

    /** {@code cairn log | head -1} */
    @Test
    void aReaderWhoHasReadEnoughIsNoFault() {
        assertThat(writing("Broken pipe")).isZero();
        assertThat(text(err)).isEmpty();
    }

    private int run(String... args) {
        return Cairn.run(
                args,
                new Shell(
                        InputStream.nullInputStream(),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8),
                        Map.of(),
                        Path.of("").toAbsolutePath(),
                        false,
                        new Interruption()));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
