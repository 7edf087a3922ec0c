package dev.cairn.simulation;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.time.VirtualClock;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A few devices, d0, d1, ..., on disks of their own, joined by one tool. */
record World(SimulatedSync sync, List<Path> folders) {

    World(SyncProfile profile, long seed, int devices) {
        this(profile, seed, devices, SimulatedDisks.unix());
    }

    World(SyncProfile profile, long seed, int devices, SimulatedDisks disks) {
        this(SimulatedSync.of(profile, seed, VirtualTime.start()), new ArrayList<>());
        for (int i = 0; i < devices; i++) {
            VirtualClock clock = sync.time().clock();
            Path folder = disks.newFolder("d" + i, clock);
            folders.add(folder);
            sync.join("d" + i, folder, clock);
        }
    }

    Path folder(int device) {
        return folders.get(device);
    }

    void write(int device, String path, String text) throws IOException {
        Path file = folder(device).resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    void delete(int device, String path) throws IOException {
        Files.delete(folder(device).resolve(path));
    }

    String text(int device, String path) throws IOException {
        return Files.readString(folder(device).resolve(path));
    }

    /** Lets the application replace a file again and again, without end. */
    void rewrite(int device, String path, Duration period) {
        sync.time().after(Duration.ZERO, () -> {
            try {
                write(device, path, "at " + sync.time().elapsed());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sync.time().after(period, () -> rewrite(device, path, period));
        });
    }

    /** How long it takes from now until a device has a file. */
    Duration untilFileIsThere(int device, String path) {
        Instant start = sync.time().now();
        while (!Files.exists(folder(device).resolve(path))) {
            sync.advance(Duration.ofMillis(50));
            if (Duration.between(start, sync.time().now()).toHours() > 0) {
                throw new AssertionError("not there after an hour\n" + sync.timeline());
            }
        }
        return Duration.between(start, sync.time().now());
    }

    /** The only file which is a conflict copy. */
    String conflictCopy() {
        List<String> copies = sync.snapshot(sync.devices().get(0)).paths().stream()
                .filter(path -> !path.equals("notes/todo.txt"))
                .toList();
        if (copies.size() != 1) {
            throw new AssertionError("not one copy but " + copies + "\n" + sync.timeline());
        }
        return copies.get(0);
    }

    /** The text of every file which the tool does not ignore, by relative path. */
    Map<String, String> texts(String device) {
        Map<String, String> texts = new TreeMap<>();
        Path folder = folder(sync.devices().indexOf(device));
        for (String path : sync.snapshot(device).paths()) {
            try {
                texts.put(path, Files.readString(folder.resolve(path)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
