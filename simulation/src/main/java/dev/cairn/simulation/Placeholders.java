package dev.cairn.simulation;

import dev.cairn.simulation.profile.Placeholder;
import java.util.HashMap;
import java.util.Map;

/** The files of one folder which are known but not on the disk, and what lies there in their stead. */
final class Placeholders {

    private final SyncedFolder folder;
    private final Tool tool;
    private final Placeholder spelling;
    private final Map<String, String> stubs = new HashMap<>();

    Placeholders(SyncedFolder folder, Tool tool) {
        this.folder = folder;
        this.tool = tool;
        this.spelling = tool.profile().arrival().placeholder();
    }

    /** Puts a placeholder for {@code version}, instead of the file if that is there. */
    void put(FileVersion version, Content empty) {
        String path = version.path();
        String stub = spelling.pathFor(path);
        if (!stub.equals(path)) {
            folder.disk().delete(path);
            folder.known().remove(path);
            folder.hide(stub);
        }
        folder.disk().write(stub, empty, 0);
        folder.know(stub);
        folder.knowParents(stub);
        stubs.put(path, stub);
        tool.log(folder.name(), SyncAction.PLACEHOLDER, stub);
    }

    boolean has(String path) {
        return stubs.containsKey(path);
    }

    /** Removes the placeholder, if it is not the file itself. */
    void remove(String path) {
        String stub = stubs.remove(path);
        if (stub != null && !stub.equals(path)) {
            folder.disk().delete(stub);
            folder.known().remove(stub);
            folder.show(stub);
        }
    }
}
