package dev.cairn.crdt.state;

import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.TextView;
import java.util.List;

/**
 * A stretch of a text on which a mark shows, and how it expands there: as the marks which count at its edges.
 *
 * @param shown where, and what
 * @param expand whether what is inserted at its edges is marked
 */
public record MarkRange(Mark shown, Expand expand) {

    /** A view of a text which knows how its marks expand. */
    public interface Source {
        /** Returns the marks in the order of {@link TextView#marks}. */
        List<MarkRange> ranges();
    }

    /** Returns the marks of a view; as new marks usually expand if it does not know. */
    public static List<MarkRange> of(TextView text) {
        if (text instanceof Source source) {
            return source.ranges();
        }
        return text.marks().stream()
                .map(mark -> new MarkRange(mark, Expand.AFTER))
                .toList();
    }

    /** Returns how a part of it expands: inside the range everything is marked. */
    public Expand of(int from, int to) {
        return Expand.of(from > shown.start() || expand.before(), to < shown.end() || expand.after());
    }
}
