package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/types.md shows is true: its samples print what stands below them, its commands and pictures exist. */
final class TypesPageTest {
    private static final Path ROOT = Path.of(System.getProperty("cairn.root"));
    private static final Path PAGE = ROOT.resolve("docs/types.md");
    private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```\n```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("`cairn ([a-z]+)[^`]*?( --[a-z]+)?[^`]*`");
    private static final Pattern PICTURE = Pattern.compile("\\]\\(([a-z/.-]+\\.svg)\\)");
    private static final String FRAME = """
            import dev.cairn.crdt.edit.*;
            import dev.cairn.crdt.history.*;
            import dev.cairn.crdt.view.*;
            import dev.cairn.replica.*;
            import java.util.*;
            import java.util.function.*;

            public class Sample%d implements BiFunction<Space[], Consumer<Object>, Runnable> {
                private Consumer<Object> out;
                private Space laptop;
                private Space phone;

                void print(Object line) { out.accept(line); }

                void meet() {
                    for (int i = 0; i < 2; i++) {
                        laptop.flush();
                        phone.flush();
                        laptop.refresh();
                        phone.refresh();
                    }
                }

                public Runnable apply(Space[] devices, Consumer<Object> printer) {
                    laptop = devices[0];
                    phone = devices[1];
                    out = printer;
                    return this::run;
                }

                void run() {
            %s    }
            }
            """;

    @TempDir
    Path temporary;

    private record Sample(String code, String printed) {}

    private static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        Matcher matcher = SAMPLE.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            samples.add(new Sample(matcher.group(1), matcher.group(2)));
        }
        return samples;
    }

    @Test
    void everySamplePrintsWhatStandsBelowIt() throws Exception {
        List<Sample> samples = samples();
        assertThat(samples).hasSizeGreaterThan(9);
        assertThat(Files.readString(PAGE).split("```java", -1)).hasSize(samples.size() + 1);
        Path classes = compile(samples);
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
                Space laptop = Space.create(folder, options("laptop"));
                Space phone = join(laptop, folder)) {
            for (int i = 0; i < samples.size(); i++) {
                StringBuilder printed = new StringBuilder();
                run(
                        loader.loadClass("Sample" + i),
                        new Space[] {laptop, phone},
                        line -> printed.append(line).append('\n'));
                assertThat(printed)
                        .as(samples.get(i).code())
                        .hasToString(samples.get(i).printed());
            }
            assertThat(phone.stateHash()).isEqualTo(laptop.stateHash());
        }
    }

    @SuppressWarnings("unchecked") // the frame above says what a sample is
    private static void run(Class<?> sample, Space[] devices, Consumer<Object> out) throws Exception {
        ((java.util.function.BiFunction<Space[], Consumer<Object>, Runnable>)
                        sample.getConstructor().newInstance())
                .apply(devices, out)
                .run();
    }

    private Path compile(List<Sample> samples) throws IOException {
        Path classes = Files.createDirectory(temporary.resolve("classes"));
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            sources.add(
                    new Source("Sample" + i, FRAME.formatted(i, samples.get(i).code())));
        }
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "--release", "17", "-proc:none", "-d", classes + "", "-cp", System.getProperty("java.class.path"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .getTask(messages, null, null, options, null, sources)
                        .call())
                .as(messages.toString())
                .isTrue();
        return classes;
    }

    private Space join(Space laptop, Path folder) {
        String code = laptop.invite(InviteOptions.writer()).code();
        laptop.flush();
        JoinResult result = Space.join(folder, code, options("phone"));
        laptop.refresh();
        return ((JoinResult.Joined) result).space();
    }

    private SpaceOptions options(String device) {
        return SpaceOptions.inState(temporary.resolve(device)).toBuilder()
                .deviceName(device)
                .build();
    }

    @Test
    void everyCommandAndPictureExists() throws IOException {
        Desk reader = new Desk(temporary, "reader");
        Matcher commands = COMMAND.matcher(Files.readString(PAGE));
        int found = 0;
        while (commands.find()) {
            found++;
            String help = reader.run(commands.group(1), "--help");
            assertThat(help)
                    .contains(
                            commands.group(2) == null
                                    ? "Usage"
                                    : commands.group(2).strip());
        }
        assertThat(found).isGreaterThan(9);
        Matcher pictures = PICTURE.matcher(Files.readString(PAGE));
        int shown = 0;
        while (pictures.find()) {
            shown++;
            assertThat(PAGE.resolveSibling(pictures.group(1)))
                    .content()
                    .startsWith("<svg")
                    .contains("<title>");
        }
        assertThat(shown).isGreaterThan(7);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String source;

        Source(String name, String source) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
