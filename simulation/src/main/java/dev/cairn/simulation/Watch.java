package dev.cairn.simulation;

import dev.cairn.simulation.profile.Noticing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of the tool which notices what the application does in one folder.
 *
 * <p>It looks every half delay and sends every second time. A change is sent when nothing happened to its file since
 * the look before, or when it was held back for as long as the profile allows: so a change is 0.5 to 1.5 delays old
 * when it is sent, and a file which is replaced again and again is very late, as measured with Syncthing. It does not
 * look while nothing can have happened.
 */
final class Watch {

    /** Until a tool without delay looks again at a file which was being written. */
    private static final Duration WHILE_WRITTEN = Duration.ofMillis(1);

    private final SyncedFolder folder;
    private final Tool tool;
    private final long halfDelay;
    private final long phase;
    private final Map<String, Sighting> unnoticed = new TreeMap<>();
    private boolean looking;

    Watch(SyncedFolder folder, Tool tool) {
        this.folder = folder;
        this.tool = tool;
        this.halfDelay = noticing().delay().toNanos() / 2;
        this.phase = halfDelay == 0 ? 0 : tool.random().nextLong(halfDelay);
    }

    /** A change that was seen and not yet sent. */
    private record Sighting(Optional<Disk.Stat> stat, Instant first, Instant last) {}

    /** Plans the next look, if there is none. */
    void wake() {
        planLook(untilNextLook());
    }

    private void planLook(Duration delay) {
        if (!looking) {
            looking = true;
            tool.planLook(delay, this::look);
        }
    }

    /** Whether there is anything the application did and the tool has not sent. Looks, but sends nothing. */
    boolean findsAnything() {
        if (!folder.isAvailable()) {
            return false;
        }
        observe();
        if (!unnoticed.isEmpty()) {
            wake();
        }
        return !unnoticed.isEmpty();
    }

    private void look() {
        looking = false;
        if (!folder.isAvailable()) {
            return;
        }
        observe();
        if (isTimeToSend()) {
            send();
        }
        if (!unnoticed.isEmpty()) {
            planLook(halfDelay == 0 ? WHILE_WRITTEN : untilNextLook());
        }
    }

    private void observe() {
        SortedMap<String, Disk.Stat> listing = folder.disk().list(folder::ignores);
        Instant now = tool.time().now();
        unnoticed.keySet().removeIf(path -> !folder.hasChanged(path, Optional.ofNullable(listing.get(path))));
        listing.forEach((path, stat) -> sight(path, Optional.of(stat), now));
        for (String path : folder.known().keySet()) {
            if (!listing.containsKey(path) && !folder.ignores(path)) {
                sight(path, Optional.empty(), now);
            }
        }
    }

    private void sight(String path, Optional<Disk.Stat> stat, Instant now) {
        if (!folder.hasChanged(path, stat)) {
            return;
        }
        Sighting before = unnoticed.get(path);
        if (before == null) {
            unnoticed.put(path, new Sighting(stat, now, now));
        } else if (!before.stat.equals(stat)) {
            unnoticed.put(path, new Sighting(stat, before.first, now));
        }
    }

    private void send() {
        Instant now = tool.time().now();
        for (Map.Entry<String, Sighting> entry : List.copyOf(unnoticed.entrySet())) {
            Sighting sighting = entry.getValue();
            boolean quiet = Duration.between(sighting.last, now).toNanos() >= halfDelay;
            boolean late =
                    Duration.between(sighting.first, now).compareTo(noticing().holdBackMax()) >= 0;
            if (quiet || late) {
                send(entry.getKey(), !quiet);
            }
        }
    }

    private void send(String path, boolean heldBack) {
        if (folder.noticeNow(path)) {
            unnoticed.remove(path);
            if (heldBack) {
                tool.log(folder.name(), SyncAction.HELD_BACK, path);
            }
        }
    }

    private boolean isTimeToSend() {
        return halfDelay == 0 || Math.floorDiv(elapsed() - phase, halfDelay) % 2 == 0;
    }

    private Duration untilNextLook() {
        if (halfDelay == 0) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(halfDelay - Math.floorMod(elapsed() - phase, halfDelay));
    }

    private long elapsed() {
        return tool.time().elapsed().toNanos();
    }

    private Noticing noticing() {
        return tool.profile().noticing();
    }
}
