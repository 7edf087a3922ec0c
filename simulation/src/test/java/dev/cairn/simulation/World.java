package dev.cairn.simulation;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.time.VirtualClock;
import dev.cairn.simulation.time.VirtualTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
}
