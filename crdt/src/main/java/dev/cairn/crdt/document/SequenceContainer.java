package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.sequence.AnchorSide;
import dev.cairn.crdt.sequence.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text or a list. The units of a list are addresses of encoded scalars, or the complement of a container's index.
 */
public final class SequenceContainer extends Container {
    final Sequence sequence;

    /** The marks on a text, once there are any. */
    private @Nullable Marks marks;

    /** The containers which were ever inserted here. */
    final List<Container> made = new ArrayList<>();

    /** Per element deleted below the base: the lost edits inside it. */
    final Map<OpId, int[]> lostElements = new LinkedHashMap<>();

    SequenceContainer(
            Origin origin, ContainerType type, int index, EventGraph graph, Sequence.@Nullable Removals removals) {
        super(origin, type, index);
        this.sequence = new Sequence(graph, removals);
    }

    /** The elements in which conflicts may be. */
    private Set<Container> suspects = Set.of();

    @Override
    void changedInside(Container container) {
        if (container.shownIn != null) {
            container.shownIn.stale = true;
        }
    }

    @Override
    public void suspect(Container container) {
        if (suspects.isEmpty()) {
            suspects = new LinkedHashSet<>();
        }
        suspects.add(container);
    }

    /** Returns the suspected elements, and suspects none any more. */
    public List<Container> takeSuspects() {
        List<Container> taken = List.copyOf(suspects);
        suspects = Set.of();
        return taken;
    }

    /** Returns the marks on a text, if there ever were any. */
    public @Nullable Marks marks() {
        return marks;
    }

    /** Adds a mark with the address of its value and returns its number; it is nowhere yet. */
    public int addMark(int lv, int byIndex, String key, int value, int flags) {
        Marks known = marks;
        if (known == null) {
            known = new Marks();
            marks = known;
        }
        return known.add(lv, byIndex, key, value, flags);
    }

    /** Puts a mark around units that are there at the author's version. */
    public void anchor(int lv, int mark, int position, int count) {
        if (marks == null) {
            throw new IllegalStateException("no mark " + mark);
        }
        int start = Marks.start(mark);
        int end = Marks.end(mark);
        sequence.insertAnchor(lv, position, start, marks.side(start));
        sequence.insertAnchor(lv, position + 1 + count, end, marks.side(end));
        edited(lv);
    }

    /**
     * Returns the position for what an author puts between two characters, of which the first is before that position:
     * before the first anchor that clings to the right.
     */
    public int place(int behindCharacter) {
        int at = behindCharacter;
        if (marks != null) {
            while (at < sequence.size() && sequence.get(at) < 0 && marks.side(sequence.get(at)) == AnchorSide.LEFT) {
                at++;
            }
        }
        return at;
    }

    /** Returns the units in their order. */
    public Sequence sequence() {
        return sequence;
    }

    /** Returns the containers which were ever inserted here. */
    public List<Container> made() {
        return made;
    }

    /** Returns, per element deleted below the base, the lost edits inside it. */
    public Map<OpId, int[]> lostElements() {
        return lostElements;
    }
}
