package dev.cairn.crdt.history;

import dev.cairn.crdt.view.Step;
import java.util.List;

/**
 * Where a cursor is at one version.
 *
 * @param path the text or list
 * @param index the place in it: in UTF-16 code units, or the index of an element
 */
public record Place(List<Step> path, int index) {
    public Place {
        path = List.copyOf(path);
    }
}
