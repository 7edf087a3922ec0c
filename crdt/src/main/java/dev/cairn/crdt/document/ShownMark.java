package dev.cairn.crdt.document;

import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a mark means to who looks, whatever becomes of the document since; immutable.
 *
 * @param value what its characters have under the key; null if the mark takes others away
 */
public record ShownMark(String key, @Nullable Value value, long lamport, ActorId actor, int index, Expand expand)
        implements Comparable<ShownMark> {

    /** Orders marks of one key: the greater one counts where both are. */
    @Override
    public int compareTo(ShownMark other) {
        int order = Long.compare(lamport, other.lamport);
        order = order != 0 ? order : actor.compareTo(other.actor);
        return order != 0 ? order : Integer.compare(index, other.index);
    }
}
