package dev.cairn.cli.fleet;

import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.Space;
import dev.cairn.simulation.disk.DiskOperation;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Watches the rules of compaction while a fleet lives, and notes when one is broken. */
final class Retiring {
    private final Map<String, Withdrawals> withdrawals = new TreeMap<>();
    private final Retirements.Counter retirements = new Retirements.Counter();
    private final Set<DeviceId> forgers = new HashSet<>();
    private final Agreements agreements;
    private final BiConsumer<String, String> notes;

    /**
     * A watch.
     *
     * @param notes told the name of a broken rule and what is wrong
     */
    Retiring(Promises promises, BiConsumer<String, String> notes) {
        this.agreements = new Agreements(promises);
        this.notes = notes;
    }

    Retirements.Counter count() {
        return retirements;
    }

    /** A change was acknowledged, of a device which has this space. */
    void acknowledged(int number, Space space) {
        agreements.acknowledged(number, space);
    }

    /** A device shows these changes. */
    void shown(String device, BitSet numbers) {
        agreements.shown(device, numbers);
    }

    /** A device has a state of another time now. */
    void restored(String device) {
        agreements.excuse(device);
        retirements.forget(device);
    }

    /** A device has lost its place among the members, and joins again. */
    void displaced(String device) {
        agreements.excuse(device);
    }

    /** What a device has said its copy has said, too. */
    void cloned(String original, String clone) {
        Optional.ofNullable(withdrawals.get(original)).ifPresent(told -> withdrawals.put(clone, told.copy()));
    }

    /** A member that lies signs by this device: what it has made of changes holds nothing. */
    void forges(DeviceId device) {
        forgers.add(device);
    }

    /** A device is about to change its disk. */
    void changing(String device, DiskOperation operation, Path path) {
        withdrawals.computeIfAbsent(device, any -> new Withdrawals()).changing(operation, path);
    }

    /** Judges what a device has deleted since it was asked last. */
    void judge(String device, Supplier<FolderKeys> keys, Map<String, CairnApp> running) {
        Withdrawals gone = withdrawals.get(device);
        if (gone != null && !gone.isEmpty()) {
            gone.broken(keys.get(), found -> !forgers.contains(found.body().device()))
                    .forEach(line -> notes.accept("nothing-withdrawn-uncovered", device + ": " + line));
            for (ChangeRun run : gone.takeRetired()) {
                retirements.retired(1);
                agreements
                        .broken(device, run, showing(running))
                        .ifPresent(line -> notes.accept("withdrawn-when-all-agree", line));
                gone.unannounced(run).ifPresent(line -> notes.accept("withdrawn-as-announced", device + ": " + line));
            }
        }
    }

    private static Map<String, BitSet> showing(Map<String, CairnApp> running) {
        Map<String, BitSet> now = new HashMap<>();
        running.forEach((name, app) -> app.space().ifPresent(space -> {
            BitSet numbers = new BitSet();
            CairnApp.shown(space).forEach(numbers::set);
            now.computeIfAbsent(Oracle.originalName(name), any -> new BitSet()).or(numbers);
        }));
        return now;
    }
}
