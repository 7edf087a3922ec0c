package dev.cairn.cli.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What joins the folders of the demo's devices: it alone carries files from one to another. */
interface SyncTool extends AutoCloseable {
    /** What it is, for people. */
    String describe();

    /** Begins to carry files between these folders, named by device. */
    void start(Map<String, Path> folders);

    /** A device's clock. */
    Clock clock(String device);

    /** Lets time pass, in which files travel. */
    void advance(Duration time);

    /** How much of its time has passed. */
    Duration elapsed();

    /** Cuts the devices into two groups between which nothing travels. */
    void partition(Set<String> one, Set<String> other);

    /** Joins all devices again. */
    void heal();

    /** What it carried, as far as it can tell, by name. */
    Map<String, Long> figures();

    /** Stops it, whatever state it is in. */
    @Override
    void close();
}
