package dev.cairn.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A party of the exchange: a device with its folder, or the server. It knows the newest version it has of each path.
 */
abstract class Node {

    private final int id;
    private final String name;
    private final Map<String, FileVersion> index = new LinkedHashMap<>();
    private final Map<String, VersionVector> expected = new LinkedHashMap<>();

    Node(int id, String name) {
        this.id = id;
        this.name = name;
    }

    /** Looks at what {@code from} has under {@code path} now, and takes it if the rules say so. */
    abstract void receive(Node from, String path);

    /** Takes a file of which it knows no version for one that its user has made. */
    void adoptLeftover(String path) {}

    final int id() {
        return id;
    }

    final String name() {
        return name;
    }

    final Map<String, FileVersion> index() {
        return index;
    }

    final @Nullable FileVersion version(String path) {
        return index.get(path);
    }

    /** Whether this node has, or will soon be offered, all of {@code version}. */
    final boolean needsNot(FileVersion version) {
        FileVersion mine = index.get(version.path());
        if (mine != null && mine.vector().includes(version.vector())) {
            return true;
        }
        VersionVector coming = expected.get(version.path());
        return coming != null && coming.includes(version.vector());
    }

    final void expect(FileVersion version) {
        expected.put(version.path(), version.vector());
    }

    final void expectNoMore(String path) {
        expected.remove(path);
    }
}
