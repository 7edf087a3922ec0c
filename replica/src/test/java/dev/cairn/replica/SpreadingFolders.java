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
                });
                index(from);
            }
            online.forEach(device -> device.space.refresh());
        }
    }

    private void remove(Device to, String path) {
        to.delete(path);
        forget(to, path);
    }

    /** The files in the directories of all writers that a device was. */
    List<String> own(Device device) {
        List<WriterId> writers = device.space.status().self().writers();
        return device.files().stream()
                .filter(path -> writers.stream().anyMatch(writer -> path.startsWith("devices/" + writer + "/")))
                .toList();
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
