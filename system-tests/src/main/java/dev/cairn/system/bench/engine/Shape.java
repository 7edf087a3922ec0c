package dev.cairn.system.bench.engine;

import dev.cairn.crdt.edit.LocalChange;
import java.util.List;

/**
 * A way of editing that scales with a size.
 *
 * @param name its name on the command line
 * @param what it in a few words
 * @param perMille how many changes it makes for a size of 1,000: shapes which cost more are made smaller
 * @param maker makes about so many changes, always the same ones
 */
record Shape(String name, String what, int perMille, Maker maker) {
    /** Makes the changes of a shape, parents before children. */
    interface Maker {
        List<LocalChange> make(int changes);
    }

    /** The changes for that size. */
    List<LocalChange> make(int size) {
        return maker.make(Math.max(1, Math.toIntExact((long) size * perMille / 1000)));
    }
}
