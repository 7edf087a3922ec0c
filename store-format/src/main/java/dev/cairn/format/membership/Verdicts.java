package dev.cairn.format.membership;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was found out about each entry: it has effect, or why not. Each entry is judged once. */
final class Verdicts {
    private final BitSet effective = new BitSet();
    private final Map<Integer, VoidReason> voids = new HashMap<>();

    /** Judges an entry; no fault means that it has effect. The result is whether it has. */
    boolean judge(int entry, Optional<VoidReason> fault) {
        if (judged(entry)) {
            throw new IllegalStateException("entry " + entry + " is judged twice");
        }
        if (fault.isPresent()) {
            voids.put(entry, fault.get());
        } else {
            effective.set(entry);
        }
        return fault.isEmpty();
    }

    void refuse(int entry, VoidReason reason) {
        judge(entry, Optional.of(reason));
    }

    boolean judged(int entry) {
        return effective.get(entry) || voids.containsKey(entry);
    }

    boolean effective(int entry) {
        return effective.get(entry);
    }

    Map<Integer, VoidReason> voids() {
        return voids;
    }

    /** The entries a new entry acknowledges by building on them. */
    BitSet acknowledged() {
        BitSet acknowledged = (BitSet) effective.clone();
        voids.forEach((entry, reason) -> {
            if (reason.acknowledged()) {
                acknowledged.set(entry);
            }
        });
        return acknowledged;
    }
}
