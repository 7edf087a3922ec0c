package dev.cairn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house style as far as it can be read from source text. */
final class TidyTest {
    private static final Path ROOT =
            Path.of(System.getProperty("cairn.root", "..")).toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of(
            "crdt",
            "store-format",
            "replica",
            "watcher",
            "leader-election",
            "merge-tool",
            "simulation",
            "cli",
            "examples",
            "system-tests");

    /** Columns a line may have. */
    private static final int COLUMNS_MAX = 120;

    private static final Pattern LEFT_OVER = Pattern.compile("(//|\\*).*\\b(TODO|FIXME|XXX|HACK)\\b");
    private static final Pattern SKIPPED = Pattern.compile("@Disabled\\b|Thread\\.sleep\\(");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void linesFitTheScreen() {
        assertThat(linesOfJava(line -> line.length() > COLUMNS_MAX)).isEmpty();
    }

    @Test
    void nothingIsLeftOver() {
        assertThat(linesOfJava(line -> LEFT_OVER.matcher(line).find() && !line.contains("Pattern.compile")))
                .isEmpty();
    }

    @Test
    void testsNeitherSleepNorSkip() {
        assertThat(linesOfJava(line -> SKIPPED.matcher(line).find() && !line.contains("Pattern.compile")))
                .isEmpty();
    }

    @Test
    void everyPackageTellsItsStory() {
        List<String> silent = new ArrayList<>();
        for (Path file : javaFiles()) {
            Path folder = file.getParent();
            boolean main = folder.toString().contains("/src/main/java/dev/cairn");
            if (main && !Files.exists(folder.resolve("package-info.java"))) {
                silent.add(ROOT.relativize(folder).toString());
            }
        }
        assertThat(silent.stream().distinct()).isEmpty();
        List<String> untold = javaFiles().stream()
                .filter(file ->
                        file.endsWith("package-info.java") && file.toString().contains("/src/main/"))
                .filter(file -> !read(file).contains("/**") || !read(file).contains("@NullMarked"))
                .map(file -> ROOT.relativize(file).toString())
                .toList();
        assertThat(untold).isEmpty();
    }

    @Test
    void onlyPropertiesUseJqwik() {
        List<String> strangers = javaFiles().stream()
                .filter(file -> !file.getFileName().toString().endsWith("Properties.java"))
                .filter(file -> file.toString().contains("/src/main/"))
                .filter(file -> read(file).contains("import net.jqwik"))
                .map(file -> ROOT.relativize(file).toString())
                .toList();
        assertThat(strangers).isEmpty();
    }

    @Test
    void everyTestClassHasANameThatTheBuildRuns() {
        Pattern test = Pattern.compile("(?m)^\\s*@(Test|Property|ParameterizedTest|ArchTest|TestFactory|FuzzTest)\\b");
        Pattern named = Pattern.compile(".*(Test|Properties|Vectors|Rules|IT|Fuzz|Contract)\\.java");
        List<String> unseen = javaFiles().stream()
                .filter(file -> file.toString().contains("/src/test/"))
                .filter(file -> test.matcher(read(file)).find())
                .filter(file -> !named.matcher(file.getFileName().toString()).matches())
                .map(file -> ROOT.relativize(file).toString())
                .toList();
        assertThat(unseen).isEmpty();
    }

    @Test
    void documentsHaveOneTitleAndLinksThatResolve() {
        List<String> faults = new ArrayList<>();
        for (Path document : documents()) {
            String text = read(document).replaceAll("(?s)```.*?```", "");
            long titles = text.lines().filter(line -> line.startsWith("# ")).count();
            if (titles != 1) {
                faults.add(ROOT.relativize(document) + " has " + titles + " titles");
            }
            Matcher link = LINK.matcher(text);
            while (link.find()) {
                if (!Files.exists(document.getParent().resolve(link.group(1)))) {
                    faults.add(ROOT.relativize(document) + " points at nothing: " + link.group(1));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> linesOfJava(Predicate<String> fault) {
        List<String> found = new ArrayList<>();
        for (Path file : javaFiles()) {
            int number = 0;
            for (String line : read(file).split("\n", -1)) {
                number++;
                if (fault.test(line)) {
                    found.add(ROOT.relativize(file) + ":" + number + ": " + line.strip());
                }
            }
        }
        return found;
    }

    private static List<Path> javaFiles() {
        return MODULES.stream()
                .flatMap(module -> walk(ROOT.resolve(module).resolve("src")))
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static List<Path> documents() {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT)) {
            top.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        walk(ROOT.resolve("docs"))
                .filter(file -> file.toString().endsWith(".md"))
                .forEach(documents::add);
        for (String module : MODULES) {
            Path readme = ROOT.resolve(module).resolve("README.md");
            if (Files.exists(readme)) {
                documents.add(readme);
            }
        }
        return documents;
    }

    private static Stream<Path> walk(Path start) {
        if (!Files.exists(start)) {
            return Stream.empty();
        }
        try (Stream<Path> walk = Files.walk(start)) {
            return walk.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
