package dev.cairn.crdt.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which units stand for which others. */
final class StandIns {
    private final Map<OpId, OpId> roots = new LinkedHashMap<>();

    void put(OpId standIn, OpId root) {
        roots.put(standIn, root);
    }

    /** Returns what a unit stands for: itself unless it came back. */
    OpId root(OpId unit) {
        return roots.getOrDefault(unit, unit);
    }

    /** Returns the units which stand for one, the newest first. */
    List<OpId> standIns(OpId unit) {
        List<OpId> standIns = new ArrayList<>();
        roots.forEach((standIn, root) -> {
            if (root.equals(unit)) {
                standIns.add(0, standIn);
            }
        });
        return standIns;
    }
}
