package dev.cairn.simulation.syncthing;

import java.util.HashSet;
import java.util.Set;

/** Which daemons were told not to talk to each other. Thread-safe. */
final class Cuts {

    private final Set<Set<Daemon>> pairs = new HashSet<>();

    /** Notes a cut or its end; says whether that is news. */
    synchronized boolean set(Daemon one, Daemon other, boolean cut) {
        Set<Daemon> pair = Set.of(one, other);
        return cut ? pairs.add(pair) : pairs.remove(pair);
    }

    synchronized boolean isCut(Daemon one, Daemon other) {
        return pairs.contains(Set.of(one, other));
    }
}
