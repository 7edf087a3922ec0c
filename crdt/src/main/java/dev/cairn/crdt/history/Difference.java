package dev.cairn.crdt.history;

import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one version of something in a document has and another has not: applied to the first it gives the second.
 *
 * <p>It goes by identity. Characters and elements that are in both versions are kept however much was inserted around
 * them, and what was deleted and typed again is not the same.
 */
public sealed interface Difference {
    /** Tells whether both versions are the same. */
    boolean isEmpty();

    /**
     * A value or container in place of another one.
     *
     * @param before what was there; empty if nothing was
     * @param after what is there then; empty if nothing is
     */
    record Replaced(Optional<Node> before, Optional<Node> after) implements Difference {
        @Override
        public boolean isEmpty() {
            return false;
        }
    }

    /**
     * The same map in both versions.
     *
     * @param entries the keys under which something differs, in the order of their UTF-8 bytes
     */
    record OfMap(SortedMap<String, Difference> entries) implements Difference {
        public OfMap {
            SortedMap<String, Difference> copy = new TreeMap<>(KeyOrder.INSTANCE);
            copy.putAll(entries);
            entries = Collections.unmodifiableSortedMap(copy);
        }

        @Override
        public boolean isEmpty() {
            return entries.isEmpty();
        }
    }

    /**
     * The same register in both versions.
     *
     * @param content what differs of what it holds
     */
    record OfRegister(Difference content) implements Difference {
        @Override
        public boolean isEmpty() {
            return content.isEmpty();
        }
    }

    /**
     * The same text in both versions.
     *
     * @param pieces all of both texts from beginning to end; no two neighbours are of one kind, and between two kept
     *     ones what is deleted comes before what is inserted
     * @param marksBefore the marks of the first version
     * @param marksAfter the marks of the second version
     */
    record OfText(List<TextPiece> pieces, List<Mark> marksBefore, List<Mark> marksAfter) implements Difference {
        public OfText {
            pieces = List.copyOf(pieces);
            marksBefore = List.copyOf(marksBefore);
            marksAfter = List.copyOf(marksAfter);
        }

        /** Of texts without marks. */
        public OfText(List<TextPiece> pieces) {
            this(pieces, List.of(), List.of());
        }

        @Override
        public boolean isEmpty() {
            return marksBefore.equals(marksAfter)
                    && pieces.stream().allMatch(piece -> piece.kind() == TextPiece.Kind.KEPT);
        }
    }

    /**
     * The same list in both versions.
     *
     * @param pieces all of both lists, as those of a text
     * @param inside what differs inside of kept elements, by their indexes in the second version
     */
    record OfList(List<ListPiece> pieces, SortedMap<Integer, Difference> inside) implements Difference {
        public OfList {
            pieces = List.copyOf(pieces);
            inside = Collections.unmodifiableSortedMap(new TreeMap<>(inside));
        }

        @Override
        public boolean isEmpty() {
            return inside.isEmpty() && pieces.stream().allMatch(piece -> piece.kind() == TextPiece.Kind.KEPT);
        }
    }

    /**
     * The same movable list in both versions. Elements keep their identity: one is kept if it is in both, however it
     * was moved or assigned to.
     *
     * @param sources for each element of the second version its index in the first; -1 if it is only in the second
     * @param deleted the elements which are only in the first, by their indexes there
     * @param inserted the elements which are only in the second, by their indexes there
     * @param moved the kept elements which changed their order, as few as can be: indexes in the second version
     * @param inside what differs inside of kept elements, by their indexes in the second version
     */
    record OfMovableList(
            List<Integer> sources,
            SortedMap<Integer, Node> deleted,
            SortedMap<Integer, Node> inserted,
            SortedSet<Integer> moved,
            SortedMap<Integer, Difference> inside)
            implements Difference {
        public OfMovableList {
            sources = List.copyOf(sources);
            deleted = Collections.unmodifiableSortedMap(new TreeMap<>(deleted));
            inserted = Collections.unmodifiableSortedMap(new TreeMap<>(inserted));
            moved = Collections.unmodifiableSortedSet(new TreeSet<>(moved));
            inside = Collections.unmodifiableSortedMap(new TreeMap<>(inside));
        }

        @Override
        public boolean isEmpty() {
            return deleted.isEmpty() && inserted.isEmpty() && moved.isEmpty() && inside.isEmpty();
        }
    }

    /**
     * The same tree in both versions. A node is kept if it is in both, wherever it went.
     *
     * @param removed the nodes which are only in the first version, depth-first
     * @param added the nodes which are only in the second, depth-first
     * @param moved the kept nodes which are below another node, or changed their order among those which stay there, as
     *     few as can be; depth-first in the second version
     * @param inside what differs in the maps of kept nodes, depth-first in the second version
     */
    record OfTree(List<TreeNode> removed, List<TreeNode> added, List<TreeMove> moved, Map<TreeNodeId, OfMap> inside)
            implements Difference {
        public OfTree {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
            moved = List.copyOf(moved);
            inside = Collections.unmodifiableMap(new LinkedHashMap<>(inside));
        }

        @Override
        public boolean isEmpty() {
            return removed.isEmpty() && added.isEmpty() && moved.isEmpty() && inside.isEmpty();
        }
    }

    /**
     * The same counter in both versions.
     *
     * @param delta what was added to it
     */
    record OfCounter(long delta) implements Difference {
        @Override
        public boolean isEmpty() {
            return delta == 0;
        }
    }
}
