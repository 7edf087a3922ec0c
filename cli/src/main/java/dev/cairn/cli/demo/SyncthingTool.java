package dev.cairn.cli.demo;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.simulation.syncthing.SyncthingDaemons;
import dev.cairn.simulation.syncthing.SyncthingOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Real Syncthing daemons on loopback, one for each device, with a watcher at one second. */
final class SyncthingTool implements SyncTool {
    private final Pace pace;
    private final long began = System.nanoTime();
    private final List<String> devices = new ArrayList<>();
    private @Nullable SyncthingDaemons daemons;

    SyncthingTool(Pace pace) {
        this.pace = pace;
        if (!SyncthingDaemons.available()) {
            throw new Failure(
                    Exit.ENVIRONMENT,
                    "no_syncthing",
                    "syncthing is not on the PATH: install it (apt-get install syncthing), or leave out --syncthing");
        }
    }

    @Override
    public String describe() {
        return "real Syncthing " + SyncthingDaemons.version().orElse("daemons");
    }

    @Override
    public void start(Map<String, Path> folders) {
        devices.addAll(folders.keySet());
        daemons = SyncthingDaemons.start(List.copyOf(folders.values()), SyncthingOptions.watchingFolders());
    }

    @Override
    public Clock clock(String device) {
        return Clock.systemUTC();
    }

    @Override
    public void advance(Duration time) {
        pace.keep(time);
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void partition(Set<String> one, Set<String> other) {
        running().partition(numbers(one), numbers(other));
    }

    private Set<Integer> numbers(Set<String> names) {
        return names.stream().map(devices::indexOf).collect(Collectors.toSet());
    }

    @Override
    public void heal() {
        running().heal();
    }

    @Override
    public Map<String, Long> figures() {
        return Map.of("daemons", (long) running().size());
    }

    private SyncthingDaemons running() {
        if (daemons == null) {
            throw new IllegalStateException("not started");
        }
        return daemons;
    }

    @Override
    public void close() {
        if (daemons != null) {
            daemons.close();
        }
    }
}
