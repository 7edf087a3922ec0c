package dev.cairn.replica.history;

import dev.cairn.crdt.version.VersionVector;
import dev.cairn.format.DeviceId;
import dev.cairn.format.log.DeviceDirectory;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The changes of devices which may not write: displaced by another, or with another role than it seemed. They are in
 * the store, and those count on which a change that counts builds (SPEC section "Which changes count"); the engine is
 * given no others.
 */
final class Held {
    private final DeviceId self;
    private final Supplier<? extends DeviceDirectory> members;
    private DeviceDirectory asOf;
    private final Set<Integer> counting = new HashSet<>();

    /**
     * What is held on a device.
     *
     * @param self the device, which always shows what it wrote itself
     * @param members who belongs to the space now
     */
    Held(DeviceId self, Supplier<? extends DeviceDirectory> members) {
        this.self = self;
        this.members = members;
        this.asOf = members.get();
    }

    /** Whether the members are others by now than those by which it was decided. */
    boolean isBehind() {
        return asOf != members.get();
    }

    /** Decides by the members of now. */
    void follow() {
        asOf = members.get();
    }

    /** Whether the changes of a line count only where others build on them. */
    boolean holds(LineState line) {
        DeviceId device = line.line().device();
        return !device.equals(self) && !asOf.mayWrite(device);
    }

    /** Whether something of a line counts: its device may write, or somebody who may has built on it. */
    boolean counts(LineState line) {
        return !holds(line) || counting.contains(line.line().no());
    }

    /** Something of these lines counts, too; returns those of which nothing did before. */
    Set<LineState> count(Collection<Part> parts) {
        Set<LineState> fresh = new HashSet<>();
        parts.stream().map(Part::line).filter(line -> !counts(line)).forEach(fresh::add);
        fresh.forEach(line -> counting.add(line.line().no()));
        return fresh;
    }

    /** From now on something of these held lines counts, and of no others, by their numbers. */
    void countOnly(Set<Integer> lines) {
        counting.clear();
        counting.addAll(lines);
    }

    /** The lines of which nothing counts by itself. */
    Set<LineState> of(Lines lines) {
        Set<LineState> held = new HashSet<>();
        lines.all().stream().filter(this::holds).forEach(held::add);
        return held;
    }

    /** The lines of which nothing counts by itself, by their numbers. */
    Checkpoints.HeldLines lines(Lines lines) {
        Set<Integer> all = of(lines).stream().map(line -> line.line().no()).collect(Collectors.toSet());
        return new Checkpoints.HeldLines(all, counting);
    }

    /**
     * A part of a held line.
     *
     * @param line the line
     * @param after the number before its first change
     * @param through the number of its last change
     */
    record Part(LineState line, long after, long through) {}

    /**
     * Whether saved documents show nothing of a held line but what counted when they were saved.
     *
     * @param heldThen the numbers of the lines that were held then
     */
    boolean agrees(VersionVector saved, Set<Integer> heldThen, Lines lines) {
        return of(lines).stream()
                .allMatch(line -> line.through(saved) == line.line().fork()
                        || heldThen.contains(line.line().no()));
    }
}
