package dev.cairn.cli.demo;

import dev.cairn.simulation.SimulatedSync;
import dev.cairn.simulation.SyncCounters;
import dev.cairn.simulation.profile.SyncProfile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The embedded simulation of Syncthing with its watcher at one second; time passes only as it is told. */
final class SimulatedTool implements SyncTool {
    private final SimulatedSync sync;
    private final Pace pace;

    SimulatedTool(long seed, Pace pace) {
        this.sync = SimulatedSync.of(SyncProfile.syncthing().withNoticeDelay(Duration.ofSeconds(1)), seed);
        this.pace = pace;
    }

    @Override
    public String describe() {
        return "a simulated Syncthing";
    }

    @Override
    public void start(Map<String, Path> folders) {
        folders.forEach(sync::join);
    }

    @Override
    public Clock clock(String device) {
        return sync.clock(device);
    }

    @Override
    public void advance(Duration time) {
        sync.advance(time);
        pace.keep(time);
    }

    @Override
    public Duration elapsed() {
        return sync.time().elapsed();
    }

    @Override
    public void partition(Set<String> one, Set<String> other) {
        sync.partition(one, other);
    }

    @Override
    public void heal() {
        sync.heal();
    }

    @Override
    public Map<String, Long> figures() {
        SyncCounters counters = sync.counters();
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("filesCarried", counters.arrived());
        figures.put("bytesCarried", counters.bytesMoved());
        figures.put("conflictCopies", counters.conflictCopies());
        return figures;
    }

    @Override
    public void close() {
        // nothing runs
    }
}
