package dev.cairn.crdt.reversal;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.editing.Copying;
import dev.cairn.crdt.editing.Editing;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.view.Node;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Insertions into a text or list and deletions from it, all at positions before the first of them. */
final class SequenceRewriting {
    private final Editing editing;
    private final SequenceContainer live;
    private final IntFunction<Node> nodes;

    // where something was inserted, and how much
    private final IntList places = new IntList();
    private final IntList lengths = new IntList();
    private final IntList ranks = new IntList();
    private long greatest = -1;
    private int total;

    /**
     * Starts rewriting.
     *
     * @param nodes gives the value for the content of a list's unit
     */
    SequenceRewriting(Editing editing, SequenceContainer live, IntFunction<Node> nodes) {
        this.editing = editing;
        this.live = live;
        this.nodes = nodes;
    }

    /** Inserts units before a position, behind those which were inserted there with a smaller rank. */
    void insert(int position, int rank, IntList contents) {
        int at = position + insertedBefore(position, rank);
        if (live.type() == ContainerType.TEXT) {
            StringBuilder text = new StringBuilder(contents.size());
            for (int i = 0; i < contents.size(); i++) {
                text.appendCodePoint(contents.get(i));
            }
            editing.insertText(live, at, text.toString());
        } else {
            for (int i = 0; i < contents.size(); i++) {
                Copying.insert(editing, live, at + i, nodes.apply(contents.get(i)));
            }
        }
        places.add(position);
        ranks.add(rank);
        lengths.add(contents.size());
        greatest = Math.max(greatest, key(position, rank));
        total += contents.size();
    }

    private static long key(int position, int rank) {
        return ((long) position << 32) | rank;
    }

    private int insertedBefore(int position, int rank) {
        long key = key(position, rank);
        if (key > greatest) {
            return total;
        }
        int inserted = 0;
        for (int i = 0; i < places.size(); i++) {
            inserted += key(places.get(i), ranks.get(i)) < key ? lengths.get(i) : 0;
        }
        return inserted;
    }

    /** Deletes the units at some positions, after all insertions. */
    void delete(IntList positions) {
        int[] now = now(positions);
        int end = now.length;
        while (end > 0) {
            int start = end - 1;
            while (start > 0 && now[start - 1] == now[start] - 1) {
                start--;
            }
            editing.delete(live, now[start], end - start);
            end = start;
        }
    }

    private int[] now(IntList positions) {
        long[] inserted = new long[places.size()];
        for (int i = 0; i < inserted.length; i++) {
            inserted[i] = key(places.get(i), lengths.get(i));
        }
        Arrays.sort(inserted);
        int[] now = positions.toArray();
        Arrays.sort(now);
        int before = 0;
        int next = 0;
        for (int i = 0; i < now.length; i++) {
            while (next < inserted.length && inserted[next] >>> 32 <= now[i]) {
                before += (int) inserted[next++];
            }
            now[i] += before;
        }
        return now;
    }
}
