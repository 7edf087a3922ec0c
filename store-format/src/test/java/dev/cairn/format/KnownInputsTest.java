package dev.cairn.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays without the fuzzer the inputs that its targets start from, and those which made one fail. */
class KnownInputsTest {
    private static final Path RESOURCES =
            Path.of(System.getProperty("cairn.root"), "store-format", "src/test/resources");
    private static final List<String> CLASSES = List.of(
            "dev.cairn.format.checkpoint.CheckpointsFuzz",
            "dev.cairn.format.election.PapersFuzz",
            "dev.cairn.format.fuzz.KeysFuzz",
            "dev.cairn.format.fuzz.ParsersFuzz",
            "dev.cairn.format.log.RecordsFuzz");

    private static List<Method> targets() throws ClassNotFoundException {
        List<Method> targets = new ArrayList<>();
        for (String name : CLASSES) {
            Arrays.stream(Class.forName(name).getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                    .forEach(targets::add);
        }
        return targets;
    }

    private static Path folder(Method target) {
        Class<?> type = target.getDeclaringClass();
        return RESOURCES.resolve(type.getName().replace('.', '/') + "Inputs").resolve(target.getName());
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyInputIsReadOrRefused() throws IOException, ClassNotFoundException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Method target : targets()) {
            for (Path input : files(folder(target))) {
                String name = target.getName() + " " + input.getFileName();
                tests.add(DynamicTest.dynamicTest(name, () -> run(target, Files.readAllBytes(input))));
            }
        }
        return tests.stream();
    }

    private static void run(Method target, byte[] input) throws Throwable {
        Constructor<?> constructor = target.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        target.setAccessible(true);
        try {
            target.invoke(constructor.newInstance(), (Object) input);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void everyTargetHasInputsAndEveryInputATarget() throws IOException, ClassNotFoundException {
        List<Path> folders = targets().stream().map(KnownInputsTest::folder).toList();
        assertThat(folders)
                .allSatisfy(folder ->
                        assertThat(files(folder)).as("inputs in %s", folder).isNotEmpty());
        assertThat(files(RESOURCES))
                .filteredOn(file -> file.toString().contains("FuzzInputs"))
                .allSatisfy(file -> assertThat(folders).contains(file.getParent()));
    }
}
