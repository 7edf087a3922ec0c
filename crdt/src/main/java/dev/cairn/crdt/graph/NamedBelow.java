package dev.cairn.crdt.graph;

import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The changes below the base which a snapshot names; the first has local version -2, the next -3, and so on. */
final class NamedBelow {
    private final Map<ChangeId, Integer> lvs = new HashMap<>();
    private final List<ChangeId> ids = new ArrayList<>();
    private final LongList lamports = new LongList();
    private final LongList times = new LongList();

    int name(ChangeId id, long lamport, long time) {
        Integer lv = lvs.get(id);
        if (lv != null) {
            return lv;
        }
        ids.add(id);
        lamports.add(lamport);
        times.add(time);
        lvs.put(id, -1 - ids.size());
        return -1 - ids.size();
    }

    ChangeId id(int lv) {
        return ids.get(-2 - lv);
    }

    long lamport(int lv) {
        return lamports.get(-2 - lv);
    }

    long time(int lv) {
        return times.get(-2 - lv);
    }
}
