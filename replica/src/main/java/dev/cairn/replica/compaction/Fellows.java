package dev.cairn.replica.compaction;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.replica.store.HeadNote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The other member devices as this one sees them now; inside a transaction. */
final class Fellows {
    /** How long a device may be silent and still be waited for. */
    static final Duration ACTIVE = Duration.ofDays(30);

    private final List<DeviceId> active = new ArrayList<>();
    private final List<DeviceId> all = new ArrayList<>();
    private final Map<DeviceId, Set<Bytes>> acknowledged = new HashMap<>();

    Fellows(CompactionHost host, long runningNow) {
        Map<DeviceId, Long> moved = new HashMap<>();
        for (HeadNote note : host.store().headNotes().all()) {
            moved.merge(note.device(), note.movedAt(), Math::max);
            acknowledged
                    .computeIfAbsent(note.device(), device -> new HashSet<>())
                    .addAll(note.acknowledged());
        }
        for (MemberDevice member : host.membership().devices().values()) {
            DeviceId device = member.id();
            if (!device.equals(host.device()) && !host.membership().isRetired(device)) {
                all.add(device);
                long first = host.store().headNotes().firstSeen(device, runningNow);
                if (runningNow - moved.getOrDefault(device, first) <= ACTIVE.toMillis()) {
                    active.add(device);
                }
            }
        }
    }

    /** Whether this device is the only member. */
    boolean none() {
        return all.isEmpty();
    }

    /** The devices which are waited for. */
    List<DeviceId> active() {
        return active;
    }

    /** The active devices which have not acknowledged a list. */
    List<DeviceId> missing(Bytes digest) {
        return active.stream().filter(device -> !has(device, digest)).toList();
    }

    /** Whether a member device other than the author acknowledges a checkpoint. */
    boolean attest(Bytes digest, DeviceId author) {
        return all.stream().anyMatch(device -> !device.equals(author) && has(device, digest));
    }

    private boolean has(DeviceId device, Bytes digest) {
        return acknowledged.getOrDefault(device, Set.of()).contains(digest);
    }
}
