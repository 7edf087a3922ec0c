package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands which somebody ends with Ctrl-C: at once, with 130, and so that the next run goes on. */
final class InterruptedCommandsIT {
    private static final int INTERRUPTED = 130;
    private static final int PATIENCE_SECONDS = 60;
    private static final long STORING_BYTES = 100_000;

    @TempDir
    Path root;

    private Desk desk;
    private Path state;

    @BeforeEach
    void aSpace() {
        desk = new Desk(root, "desk");
        desk.run("init", ".");
        state = root.resolve("desk").resolve("state");
    }

    @Test
    void aMirrorThatWritesFiles() throws Exception {
        int files = 600;
        try (Space space = Space.open(desk.folder(), SpaceOptions.inState(state))) {
            space.batch(batch -> {
                for (int i = 0; i < files; i++) {
                    String name = "note" + i + ".md";
                    String text = content(i);
                    batch.commit(tx -> tx.on(name).map().text("text").insert(0, text));
                }
            });
        }
        Path vault = Files.createDirectory(root.resolve("vault"));
        interrupts(() -> visible(vault).size() > 20, "mirror", vault.toString());
        List<Path> some = visible(vault);
        assertThat(some).hasSizeBetween(21, files - 1);
        for (Path file : some) {
            assertThat(file).hasContent(content(number(file)));
        }
        desk.run("mirror", vault.toString());
        assertThat(visible(vault)).hasSize(files);
        assertThat(everything(vault)).hasSize(files);
        assertThat(desk.run("mirror", vault.toString())).contains(files + " were the same");
        assertThat(visible(vault)).allSatisfy(file -> assertThat(file).hasContent(content(number(file))));
    }

    @Test
    void anImport() throws Exception {
        int files = 800;
        Path source = Files.createDirectory(root.resolve("source"));
        for (int i = 0; i < files; i++) {
            Files.writeString(source.resolve("note" + i + ".md"), content(i));
        }
        interrupts(this::isStoring, "import", source.toString());
        for (String name : desk.run("ls").lines().toList()) {
            assertThat(desk.run("get", name, "text")).isEqualTo(content(number(Path.of(name))));
        }
        desk.run("import", source.toString());
        assertThat(desk.run("ls").lines()).hasSize(files);
        assertThat(desk.run("import", source.toString())).contains("; " + files + " as they were");
        assertThat(desk.run("verify")).startsWith("clean: ");
    }

    @Test
    void aCompaction() throws Exception {
        try (Space space = Space.open(desk.folder(), SpaceOptions.inState(state))) {
            space.batch(batch -> {
                for (int i = 0; i < 30_000; i++) {
                    String key = "key" + i % 100;
                    int value = i;
                    batch.commit(tx -> tx.on("counts").map().put(key, value));
                }
            });
        }
        interrupts(() -> Files.exists(state.resolve("image-scratch.db")), "compact", "--only-device");
        assertThat(desk.run("verify")).startsWith("clean: ");
        assertThat(desk.run("compact", "--only-device")).startsWith("Checkpoint of 30,000 changes");
        assertThat(everything(state))
                .noneMatch(file -> file.getFileName().toString().startsWith("image-"));
        assertThat(desk.run("verify")).startsWith("clean: ");
        assertThat(desk.run("get", "counts", "key99")).isEqualTo("29999\n");
    }

    @Test
    void aRestorationOfALargeText() throws Exception {
        Path old = Files.writeString(root.resolve("old"), text(1, 400_000));
        String set = desk.run("set", "book", "text", "--file", old.toString(), "--json");
        String version = set.replaceAll("(?s).*\"version\":\"([^\"]*)\".*", "$1");
        Path young = Files.writeString(root.resolve("young"), text(2, 400_000));
        desk.run("set", "book", "text", "--file", young.toString());
        interrupts(() -> Files.exists(state.resolve("local.db-shm")), "restore", "book", "--at", version);
        assertThat(desk.run("get", "book", "text")).isIn(Files.readString(old), Files.readString(young));
        desk.run("restore", "book", "--at", version);
        assertThat(desk.run("get", "book", "text")).isEqualTo(Files.readString(old));
        assertThat(desk.run("verify")).startsWith("clean: ");
    }

    @Test
    void aMergeOfTwoFolders() throws Exception {
        for (int i = 0; i < 12; i++) {
            Path file = Files.writeString(root.resolve("text"), text(i, 200_000));
            desk.run("set", "book" + i, "text", "--file", file.toString());
        }
        Path torn = root.resolve("torn");
        Files.createDirectory(torn);
        Files.copy(desk.folder().resolve("cairn-space.json"), torn.resolve("cairn-space.json"));
        interrupts(() -> everything(torn).size() > 2, "merge", desk.folder().toString(), "--space", torn.toString());
        List<Path> whole = everything(desk.folder());
        for (Path file : everything(torn)) {
            if (file.getFileName().toString().endsWith(".cairn")) {
                assertThat(file).hasSameBinaryContentAs(desk.folder().resolve(torn.relativize(file)));
            }
        }
        desk.run("merge", desk.folder().toString(), "--space", torn.toString());
        assertThat(everything(torn)).hasSizeGreaterThanOrEqualTo(whole.size());
        assertThat(desk.run("verify", torn.toString())).startsWith("clean: ");
    }

    @Test
    void aMergeOfConflictCopies() throws Exception {
        int files = 600;
        Path vault = Files.createDirectory(root.resolve("vault"));
        Instant past = Instant.parse("2026-01-01T12:00:00Z");
        for (int i = 0; i < files; i++) {
            Path original = vault.resolve("note" + i + ".md");
            Files.writeString(original, content(i));
            Files.writeString(
                    vault.resolve("note" + i + ".sync-conflict-20260101-120000-ABCDEFG.md"), content(i) + "more\n");
            Files.setLastModifiedTime(original, FileTime.from(past));
        }
        interrupts(() -> Files.exists(vault.resolve(".cairn-backup")), "merge", "--conflicts", vault.toString());
        for (int i = 0; i < files; i++) {
            assertThat(vault.resolve("note" + i + ".md")).content().startsWith(content(i));
        }
        Desk.Said next = desk.tries("merge", "--conflicts", vault.toString());
        assertThat(next.status()).as(next::toString).isIn(0, 1);
        for (int i = 0; i < files; i++) {
            assertThat(vault.resolve("note" + i + ".md")).content().startsWith(content(i));
            assertThat(vault.resolve("note" + i + ".sync-conflict-20260101-120000-ABCDEFG.md"))
                    .hasContent(content(i) + "more\n");
        }
        assertThat(visible(vault)).hasSize(2 * files);
    }

    /** Starts a command in a process of its own and sends it SIGINT as soon as something is seen. */
    private void interrupts(Sign sign, String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = CairnProcess.of(words)
                .directory(desk.folder().toFile())
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        builder.environment().put("CAIRN_STATE", state.toString());
        Process process = builder.start();
        while (!sign.isSeen() && process.isAlive()) {
            Thread.onSpinWait();
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(root.resolve("out"), StandardCharsets.UTF_8)
                + Files.readString(root.resolve("err"), StandardCharsets.UTF_8);
        assertThat(ended).as("ends soon; it said: " + said).isTrue();
        assertThat(process.exitValue()).as("exit status; it said: " + said).isEqualTo(INTERRUPTED);
        assertThat(said).doesNotContain("\tat ").doesNotContain("internal error");
    }

    /** More than what opening a space writes. */
    private boolean isStoring() {
        return state.resolve("local.db-wal").toFile().length() > STORING_BYTES;
    }

    /** The files of a folder into which another process may be writing: what goes while they are looked for is gone. */
    private static List<Path> everything(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }
        });
        return files;
    }

    private static List<Path> visible(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static String content(int number) {
        return ("note " + number + "\n").repeat(100);
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().replaceAll("\\D", ""));
    }

    private static String text(int seed, int characters) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(Long.toString(random.nextLong(), 36)).append('\n');
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Sign {
        boolean isSeen() throws IOException;
    }
}
