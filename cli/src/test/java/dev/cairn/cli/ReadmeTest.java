package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows is true. */
final class ReadmeTest {
    private static final Path README = Path.of(System.getProperty("cairn.root"), "README.md");
    private static final Pattern COMMAND = Pattern.compile("\\bcairn ([a-z]+)((?: --[a-z]+)*)");

    @TempDir
    Path classes;

    @Test
    void theJavaExampleCompiles() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "--release",
                "17",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none");
        assertThat(compiler.getTask(messages, null, null, options, null, List.of(new Example(java())))
                        .call())
                .as(messages.toString())
                .isTrue();
    }

    @Test
    void everyCommandWithItsOptionsExists() throws IOException {
        Desk reader = new Desk(classes, "reader");
        Matcher commands = COMMAND.matcher(String.join("\n", shellLines()));
        int found = 0;
        while (commands.find()) {
            found++;
            String help = reader.run(commands.group(1), "--help");
            for (String option : commands.group(2).strip().split(" ", -1)) {
                assertThat(help).contains(option);
            }
        }
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void itIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThan(200);
    }

    private static List<String> shellLines() throws IOException {
        return Files.readAllLines(README).stream()
                .filter(line -> line.contains("$ cairn ") || line.contains("`cairn ") || line.startsWith("./cairn "))
                .toList();
    }

    private static String java() throws IOException {
        String text = Files.readString(README);
        int start = text.indexOf("```java\n") + "```java\n".length();
        return text.substring(start, text.indexOf("```", start));
    }

    private static final class Example extends SimpleJavaFileObject {
        private final String source;

        Example(String source) {
            super(URI.create("string:///Notes.java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
