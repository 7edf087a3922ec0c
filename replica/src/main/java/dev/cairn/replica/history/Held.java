package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.format.DeviceId;
import dev.cairn.format.log.DeviceDirectory;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The changes of devices which may not write: displaced by another, or with another role than it seemed. They are in
 * the store, and those count on which a change that counts builds (SPEC section "Which changes count"); the engine is
 * given no others.
 */
final class Held {
    private final DeviceId self;
    private final Supplier<? extends DeviceDirectory> members;
    private DeviceDirectory asOf;

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

    /** The lines of which nothing counts by itself. */
    Set<LineState> of(Lines lines) {
        Set<LineState> held = new HashSet<>();
        lines.all().stream().filter(this::holds).forEach(held::add);
        return held;
    }

    /**
     * A part of a held line.
     *
     * @param line the line
     * @param after the number before its first change
     * @param through the number of its last change
     */
    record Part(LineState line, long after, long through) {}

    /** Whether saved documents show nothing of a held line but what counted when they were saved. */
    boolean agrees(VersionVector saved, Set<ActorId> heldThen, Lines lines) {
        return of(lines).stream()
                .map(LineState::actor)
                .allMatch(actor -> saved.of(actor) == 0 || heldThen.contains(actor));
    }
}
