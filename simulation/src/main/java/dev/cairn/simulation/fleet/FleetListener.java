package dev.cairn.simulation.fleet;

import dev.cairn.simulation.disk.DiskOperation;
import java.nio.file.Path;

/** Hears what a checker must know of, since it changes what may be expected. */
public interface FleetListener {

    /** The device's private state was copied away. */
    default void backedUp(String device) {}

    /** The device's private state is again what it was when it was copied away last. */
    default void restored(String device) {}

    /** The application is about to change something on its disk, under a path of the disk behind. */
    default void changing(String device, DiskOperation operation, Path path) {}

    /** A new device began as a copy of another one, with its folder and its private state. */
    default void cloned(String original, String clone) {}
}
