package dev.cairn.cli.fleet;

import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
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
    private final Map<String, DeviceId> identities = new HashMap<>();
    private final Set<DeviceId> givenUp = new HashSet<>();
    private final Agreements agreements;
    private final BiConsumer<String, String> notes;
    private boolean faults;

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

    /** From now on things go wrong, or no more. */
    void amidFaults(boolean now) {
        faults = now;
    }

    /** The member which a device is now. */
    void isNow(String device, DeviceId member) {
        identities.put(device, member);
    }

    /** Gives up a member, if no device of the fleet is it any more, or only one that breaks the rules. */
    boolean giveUp(DeviceId member) {
        boolean stranger = !identities.containsValue(member);
        if (stranger) {
            givenUp.add(member);
        }
        return stranger;
    }

    /** Notes a member for which nobody waits on a device although no owner of the fleet has said so. */
    void judgeGivenUp(String device, Space space) {
        space.status().others().stream()
                .filter(other -> space.compaction().isRetired(other.id()) && !givenUp.contains(other.id()))
                .forEach(other -> notes.accept(
                        "given-up-by-the-owner",
                        device + " does not wait for " + other.name() + ", which no owner gave up"));
    }

    /** Whether what a device deleted under a path was a segment of a member that was given up. */
    boolean isCleaning(String device, String path) {
        return Optional.ofNullable(withdrawals.get(device))
                .flatMap(told -> told.authorOf(path))
                .filter(givenUp::contains)
                .isPresent();
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
                retirements.retired(faults);
                agreements
                        .broken(device, run, showing(device, running))
                        .ifPresent(line -> notes.accept("withdrawn-when-all-agree", line));
                if (goesOn(device, run.writer(), running)) {
                    gone.unannounced(run)
                            .ifPresent(line -> notes.accept("withdrawn-as-announced", device + ": " + line));
                }
            }
        }
    }

    /**
     * Whether a device may write heads of that writer still: not when it has gone on under another id since its last
     * head, for then a copy of it writes them.
     */
    private static boolean goesOn(String device, WriterId writer, Map<String, CairnApp> running) {
        return Optional.ofNullable(running.get(device))
                .flatMap(CairnApp::writer)
                .map(writer::equals)
                .orElse(true);
    }

    /** What the devices show which this one waits for. */
    private Map<String, BitSet> showing(String device, Map<String, CairnApp> running) {
        Map<String, BitSet> now = new HashMap<>();
        Optional<Space> judging = Optional.ofNullable(running.get(device)).flatMap(CairnApp::space);
        running.forEach((name, app) -> app.space().ifPresent(space -> {
            DeviceId member = identities.get(name);
            if (member != null
                    && judging.filter(own -> own.compaction().isRetired(member)).isPresent()) {
                return;
            }
            BitSet numbers = new BitSet();
            CairnApp.shown(space).forEach(numbers::set);
            now.computeIfAbsent(Oracle.originalName(name), any -> new BitSet()).or(numbers);
        }));
        return now;
    }
}
