package dev.cairn.simulation;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.time.VirtualClock;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
