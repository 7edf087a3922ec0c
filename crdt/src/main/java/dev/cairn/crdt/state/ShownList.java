package dev.cairn.crdt.state;

import dev.cairn.crdt.document.ShownPart;
import dev.cairn.crdt.view.Node;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;

/** The elements which a list shows, part by part; immutable, and shares with those before it what has not changed. */
final class ShownList extends AbstractList<Node> implements RandomAccess {
    private final Node[][] parts;

    /** Per part, the index of its first element. */
    private final int[] starts;

    private final int size;

    private ShownList(Node[][] parts, int[] starts, int size) {
        this.parts = parts;
        this.starts = starts;
        this.size = size;
    }

    static ShownList of(List<ShownPart> shown) {
        List<Node[]> parts = new ArrayList<>(shown.size());
        int[] starts = new int[shown.size()];
        int size = 0;
        for (ShownPart part : shown) {
            if (part.nodes().length > 0) {
                starts[parts.size()] = size;
                parts.add(part.nodes());
                size += part.nodes().length;
            }
        }
        return new ShownList(parts.toArray(Node[][]::new), Arrays.copyOf(starts, parts.size()), size);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Node get(int index) {
        Objects.checkIndex(index, size);
        int found = Arrays.binarySearch(starts, index);
        int part = found < 0 ? -found - 2 : found;
        return parts[part][index - starts[part]];
    }

    @Override
    public Iterator<Node> iterator() {
        return new Iterator<>() {
            private int part;
            private int at;

            @Override
            public boolean hasNext() {
                return part < parts.length;
            }

            @Override
            public Node next() {
                if (part == parts.length) {
                    throw new NoSuchElementException("behind the last of " + size + " elements");
                }
                Node node = parts[part][at++];
                if (at == parts[part].length) {
                    part++;
                    at = 0;
                }
                return node;
            }
        };
    }
}
