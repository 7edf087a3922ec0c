package dev.cairn.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What may be done to a whole folder behind the back of the tool. */
final class Folders {

    private Folders() {}

    /** Deletes the files which {@code doomed} names, and then the directories which are empty. */
    static void clear(SyncedFolder folder, Predicate<String> doomed) {
        TreeMap<String, Disk.Stat> found = new TreeMap<>(folder.disk().list(folder::ignores));
        for (Map.Entry<String, Disk.Stat> entry : found.descendingMap().entrySet()) {
            if (entry.getValue().directory() || doomed.test(entry.getKey())) {
                folder.disk().delete(entry.getKey());
            }
        }
    }

    /** Writes the files of {@code snapshot} with their old times. */
    static void fill(SyncedFolder folder, FolderSnapshot snapshot) {
        snapshot.directories().forEach(folder.disk()::makeDirectory);
        snapshot.images().forEach((path, image) -> {
            folder.disk().write(path, image.content(), image.content().size());
            folder.disk().setModified(path, image.modified());
        });
    }

    /** The same for those which are not there. */
    static void fillGaps(SyncedFolder folder, FolderSnapshot snapshot) {
        snapshot.directories().forEach(folder.disk()::makeDirectory);
        snapshot.images().forEach((path, image) -> {
            if (folder.disk().stat(path).isEmpty()) {
                folder.disk().write(path, image.content(), image.content().size());
                folder.disk().setModified(path, image.modified());
            }
        });
    }

    static void compare(FolderSnapshot one, FolderSnapshot other, String devices, List<String> differences) {
        TreeSet<String> paths = new TreeSet<>(one.paths());
        paths.addAll(other.paths());
        for (String path : paths) {
            FolderSnapshot.Image left = one.images().get(path);
            FolderSnapshot.Image right = other.images().get(path);
            if (left == null || right == null) {
                differences.add(devices + ": only the " + (left == null ? "second" : "first") + " has " + path);
            } else if (!left.equals(right)) {
                differences.add(devices + ": different content of " + path);
            }
        }
    }
}
