package dev.cairn.replica;

import dev.cairn.format.WriterId;
import dev.cairn.replica.Fleet.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A sync tool with an index: what a device's application has written goes to the others, and what was in its folder and
 * is not any more is deleted there. A file that was never there is not a deleted one.
 */
final class SpreadingFolders {
    private final Map<Device, Set<String>> index = new HashMap<>();
    /** A state that is rolled back forgets some of them; their files stay this machine's. */
    private final Map<Device, Set<WriterId>> writers = new HashMap<>();

    /** Some devices publish, exchange and read, so many times. */
    void sync(List<Device> online, int rounds) {
        for (int round = 0; round < rounds; round++) {
            online.forEach(device -> {
                device.space.flush();
                device.space.duties();
            });
            for (Device from : online) {
                Set<String> known = index.computeIfAbsent(from, device -> new TreeSet<>());
                Set<String> gone = new TreeSet<>(known);
                gone.removeAll(from.files());
                List<String> own = own(from);
                online.stream().filter(to -> to != from).forEach(to -> {
                    gone.forEach(path -> remove(to, path));
                    own.forEach(path -> from.copyTo(to, path));
                    giveBack(from, to);
                });
                index(from);
            }
            online.forEach(device -> device.space.refresh());
        }
    }

    /** Files of a machine that was rolled back come back to it from the others: its tool does not know of them. */
    private void giveBack(Device from, Device to) {
        Set<String> known = index.computeIfAbsent(to, device -> new TreeSet<>());
        Set<String> there = new TreeSet<>(to.files());
        from.files().stream()
                .filter(path -> isOwn(to, path) && !known.contains(path) && !there.contains(path))
                .forEach(path -> from.copyTo(to, path));
    }

    private void remove(Device to, String path) {
        to.delete(path);
        forget(to, path);
    }

    /** The files in the directories of all writers that a device was. */
    List<String> own(Device device) {
        return device.files().stream().filter(path -> isOwn(device, path)).toList();
    }

    private boolean isOwn(Device device, String path) {
        Set<WriterId> own = writers.computeIfAbsent(device, key -> new TreeSet<>());
        own.addAll(device.space.status().self().writers());
        return own.stream().anyMatch(writer -> path.startsWith("devices/" + writer + "/"));
    }

    /** A file is gone here, and the others keep it. */
    void forget(Device device, String path) {
        index.computeIfAbsent(device, key -> new TreeSet<>()).remove(path);
    }

    /** What is in a device's folder now is what its tool knows. */
    void index(Device device) {
        index.put(device, new TreeSet<>(device.files()));
    }
}
