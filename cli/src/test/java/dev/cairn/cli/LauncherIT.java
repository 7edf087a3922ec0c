package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a user meets it: linked from elsewhere, with blanks in the paths, started twice at once. */
final class LauncherIT {
    private static final Path LAUNCHER =
            Path.of(System.getProperty("cairn.root")).resolve("cairn");

    @TempDir
    Path root;

    @Test
    void twoFirstRunsAtOnceBuildOnce() throws Exception {
        Path directory = Files.createDirectory(root.resolve("a b"));
        Path link = Files.createSymbolicLink(directory.resolve("my cairn"), LAUNCHER);
        Running first = start(directory, link, "--version");
        Running second = start(directory, link, "--version");
        assertThat(first.end()).isZero();
        assertThat(second.end()).isZero();
        assertThat(first.out()).matches("cairn \\d+\\.\\d+\\.\\d+.*\n").isEqualTo(second.out());
        assertThat(first.err() + second.err()).containsOnlyOnce("building").hasLineCount(1);

        Running third = start(directory, link, "levitate", "--json");
        assertThat(third.end()).isEqualTo(2);
        assertThat(third.err()).startsWith("cairn: ").hasLineCount(1);
        assertThat(third.out()).contains("\"code\":\"usage\"");
        try (Stream<Path> built = Files.walk(directory.resolve("the build"))) {
            assertThat(built.filter(file -> file.toString().endsWith(".jsa")))
                    .singleElement()
                    .satisfies(archive -> assertThat(archive).isNotEmptyFile());
        }
    }

    private static Running start(Path directory, Path link, String... args) throws IOException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(link.toString()), Stream.of(args)).toList());
        builder.environment().put("CAIRN_BUILD", directory.resolve("the build").toString());
        builder.directory(directory.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(
                Files.createTempFile(directory, "in", "").toFile()));
        return new Running(builder.start(), out, err);
    }

    private record Running(Process process, Path outFile, Path errFile) {
        int end() throws InterruptedException {
            return process.waitFor();
        }

        String out() throws IOException {
            return Files.readString(outFile, StandardCharsets.UTF_8);
        }

        String err() throws IOException {
            return Files.readString(errFile, StandardCharsets.UTF_8);
        }
    }
}
