package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes and threads of one device, and processes that die. */
class ProcessesIT {
    /** How often a process is killed; the long programme says more ({@code proof/long kills=1000}). */
    private static final int KILLS = Integer.getInteger("cairn.kills", 25);

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SpaceOptions options;

    @BeforeEach
    void makeSpace() throws IOException {
        folder = Files.createDirectory(directory.resolve("folder"));
        options = SpaceOptions.inState(directory.resolve("state"));
        Space.create(folder, options).close();
    }

    @Test
    void manyThreadsShareTheDiskAndLoseNothing() throws Exception {
        int threads = 8;
        int commits = 60;
        Set<Version> versions = Collections.synchronizedSet(new java.util.HashSet<>());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Space space = Space.open(folder, options)) {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String name = "t" + t;
                done.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < commits; i++) {
                        String key = name + "-" + i;
                        versions.add(
                                space.commit(tx -> tx.on("acknowledged").map().put(key, true)));
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
            assertThat(versions).hasSize(threads * commits);
            assertThat(keys(space)).hasSize(threads * commits);
        } finally {
            pool.shutdownNow();
        }
        try (Space space = Space.open(folder, options)) {
            assertThat(keys(space)).hasSize(threads * commits);
            assertThat(space.status().changes()).isEqualTo((long) threads * commits);
        }
    }

    @Test
    void twoObjectsAndTwoProcessesCommitAtOnce() throws Exception {
        int commits = 40;
        Process first = start("p1", commits);
        Process second = start("p2", commits);
        List<ChangeEvent.Origin> origins = Collections.synchronizedList(new ArrayList<>());
        try (Space one = Space.open(folder, options);
                Space two = Space.open(folder, options)) {
            one.onChange(event -> origins.add(event.origin()));
            for (int i = 0; i < commits; i++) {
                String key = "x" + i;
                one.commit(tx -> tx.on("acknowledged").map().put("one-" + key, true));
                two.commit(tx -> tx.on("acknowledged").map().put("two-" + key, true));
            }
            Set<String> said = new TreeSet<>(acknowledged(first));
            said.addAll(acknowledged(second));
            assertThat(first.waitFor()).isZero();
            assertThat(second.waitFor()).isZero();
            assertThat(said).hasSize(2 * commits);
            one.duties();
            two.duties();
            assertThat(keys(one)).hasSize(4 * commits).containsAll(said);
            assertThat(two.stateHash()).isEqualTo(one.stateHash());
            assertThat(one.status().self().writers()).hasSize(1);
            assertThat(one.version().heads())
                    .singleElement()
                    .satisfies(head -> assertThat(head.seq()).isEqualTo(4L * commits));
            assertThat(origins).contains(ChangeEvent.Origin.LOCAL, ChangeEvent.Origin.OTHER_PROCESS);
        }
    }

    @Test
    void everyAcknowledgedCommitSurvivesKillMinusNine() throws Exception {
        Path otherFolder = Files.createDirectory(directory.resolve("other-folder"));
        SpaceOptions otherOptions = SpaceOptions.inState(directory.resolve("other-state"));
        Space other = join(otherFolder, otherOptions);
        Set<String> said = new TreeSet<>();
        Random random = new Random(25);
        for (int kill = 0; kill < KILLS; kill++) {
            said.addAll(killed(start("k" + kill, 1_000_000), 1 + random.nextInt(12)));
        }
        try (Space space = Space.open(folder, options)) {
            assertThat(keys(space)).containsAll(said);
            assertThat(space.status().self().writers()).hasSize(1);
            assertThat(space.flush()).isTrue();
            space.refresh();
            copy(folder, otherFolder);
            other.refresh();
            assertThat(keys(other)).containsAll(said);
            assertThat(other.stateHash()).isEqualTo(space.stateHash());
        } finally {
            other.close();
        }
        assertThat(said).hasSizeGreaterThan(KILLS);
    }

    @Test
    void aBatchSurvivesKillMinusNineAsAWholeOrNotAtAll() throws Exception {
        Set<String> said = new TreeSet<>();
        for (int kill = 0; kill < 6; kill++) {
            said.addAll(killed(start("k" + kill, 1_000_000, "batch"), 1 + kill));
        }
        try (Space space = Space.open(folder, options)) {
            Map<String, Long> parts = space.document("batches").map().entries().keySet().stream()
                    .collect(
                            Collectors.groupingBy(part -> part.substring(0, part.indexOf('.')), Collectors.counting()));
            assertThat(parts.keySet()).containsAll(said);
            assertThat(parts.values()).containsOnly((long) CommitLoop.BATCH);
            assertThat(space.status().changes()).isEqualTo((long) CommitLoop.BATCH * parts.size());
            assertThat(space.status().self().writers()).hasSize(1);
        }
    }

    private Space join(Path otherFolder, SpaceOptions otherOptions) throws IOException {
        try (Space space = Space.open(folder, options)) {
            String code = space.invite(InviteOptions.writer()).code();
            space.flush();
            copy(folder, otherFolder);
            Space other = ((JoinResult.Joined) Space.join(otherFolder, code, otherOptions)).space();
            copy(otherFolder, folder);
            space.refresh();
            return other;
        }
    }

    private Process start(String name, int commits, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(folder.toString(), directory.resolve("state").toString(), name, Integer.toString(commits)));
        arguments.addAll(List.of(more));
        return JavaProcess.of(CommitLoop.class, arguments)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Kills a process which has said so many lines, and returns what it said until then. */
    private static Set<String> killed(Process process, int after) throws IOException, InterruptedException {
        Set<String> said = new TreeSet<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < after; i++) {
                said.add(key(lines.readLine()));
            }
            process.toHandle().destroyForcibly();
            process.waitFor();
            lines.lines()
                    .filter(line -> line.contains(" "))
                    .map(ProcessesIT::key)
                    .forEach(said::add);
        }
        return said;
    }

    private static List<String> acknowledged(Process process) throws IOException {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().map(ProcessesIT::key).toList();
        }
    }

    private static String key(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static Set<String> keys(Space space) {
        return space.document("acknowledged").map().entries().keySet();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
