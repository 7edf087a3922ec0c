package dev.cairn.election;

import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.simulation.SimulatedSync;
import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Devices of one space which have just joined, as files, so that a fleet need not be founded for each test. They stand
 * in the order of their writers' ids, which is that of an election in which nothing else differs.
 */
final class Founding {
    private static final Map<Integer, Founding> ALL = new ConcurrentHashMap<>();

    private final List<Home> homes = new ArrayList<>();
    private Instant end = Instant.EPOCH;
    private int owner;

    /** What one device has: the files of its folder, of its local store, and what it keeps of elections. */
    record Home(Contents folder, Contents state, Contents memory) {}

    /** Files below a directory by their relative paths. */
    record Contents(Map<String, byte[]> byPath) {
        static Contents of(Path root) {
            Map<String, byte[]> files = new TreeMap<>();
            try (Stream<Path> all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    if (!file.toString().endsWith("-shm")) {
                        files.put(root.relativize(file).toString(), Files.readAllBytes(file));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Contents(files);
        }

        void writeTo(Path root) {
            byPath.forEach((relative, content) -> {
                Path file = root.resolve(relative);
                try {
                    Files.createDirectories(file.getParent());
                    Files.write(file, content);
                    if (file.endsWith("keys")
                            && file.getFileSystem().equals(Path.of("").getFileSystem())) {
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private Founding() {}

    static Founding of(int devices) {
        return ALL.computeIfAbsent(devices, Founding::found);
    }

    List<Home> homes() {
        return homes;
    }

    /** Which of them owns the space. */
    int owner() {
        return owner;
    }

    /** When it was done. */
    Instant end() {
        return end;
    }

    private static Founding found(int devices) {
        try {
            Path states = Files.createTempDirectory("cairn-founding");
            Founding founding = new Founding();
            founding.found(devices, states);
            delete(states);
            return founding;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void found(int devices, Path states) throws IOException {
        SimulatedSync sync = SimulatedSync.of(SyncProfile.perfect(), 1);
        List<Path> folders = new ArrayList<>();
        List<Space> spaces = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            String name = "device-" + i;
            folders.add(SimulatedDisks.unix().newFolder("folder", sync.time().clock()));
            sync.join(name, folders.get(i));
            SpaceOptions options = SpaceOptions.inState(Files.createDirectories(states.resolve(name))).toBuilder()
                    .deviceName(name)
                    .clock(sync.time().clock())
                    .random(new SeededRandom(i))
                    .executor(Runnable::run)
                    .build();
            spaces.add(
                    i == 0
                            ? Space.create(folders.get(0), options)
                            : join(spaces.get(0), sync, folders.get(i), options));
            exchange(sync, spaces);
        }
        exchange(sync, spaces);
        exchange(sync, spaces);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(i -> spaces.get(i).electionFolder().writer()));
        spaces.forEach(Space::close);
        sync.settle();
        order.forEach(i -> homes.add(new Home(
                Contents.of(folders.get(i)), Contents.of(states.resolve("device-" + i)), new Contents(Map.of()))));
        owner = order.indexOf(0);
        end = sync.time().now().plus(Duration.ofMinutes(1));
    }

    private static Space join(Space host, SimulatedSync sync, Path folder, SpaceOptions options) {
        String code = host.invite(InviteOptions.writer()).code();
        host.flush();
        sync.settle();
        return ((JoinResult.Joined) Space.join(folder, code, options)).space();
    }

    private static void exchange(SimulatedSync sync, List<Space> spaces) {
        spaces.forEach(Space::flush);
        sync.settle();
        spaces.forEach(Space::refresh);
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
