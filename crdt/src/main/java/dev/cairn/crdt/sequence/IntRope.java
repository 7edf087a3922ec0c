package dev.cairn.crdt.sequence;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The live content of a text (code points and anchors) or list (references): units in chunks, with cheap immutable
 * snapshots.
 *
 * <p>A position costs a walk over nodes from the last one used; a node holds up to 64 chunks of up to 512 units.
 */
final class IntRope {
    // nodes  [ n0 | n1 | n2 ]         each node: chunks[0..63], their sizes, and sums of what they count
    //
    // A snapshot copies the array of nodes and marks every node as shared; a shared node is copied before it changes,
    // and so is a chunk whose bit in the node's mask says that a copy of the node shares it.
    //
    // What is being typed is not in the chunks yet: `typed` belongs to position `typedAt`. It goes there when somebody
    // looks, or types elsewhere.
    private static final int FANOUT = 64;

    /** The most units which wait for their chunk. */
    private static final int MOST_TYPED = 64;

    private static final int[] NOTHING_TYPED = {};

    private RopeNode[] nodes = new RopeNode[1];
    private int nodeCount = 1;
    private int size;
    private int wide;
    private int anchors;

    // the cursor: chunk `chunk` of node `node` starts at position `chunkStart`
    private int node;
    private int nodeStart;
    private int chunk;
    private int chunkStart;

    private int[] typed = NOTHING_TYPED;
    private int typedAt;
    private int typedCount;

    IntRope() {
        nodes[0] = new RopeNode();
        nodes[0].open(0, new Chunk());
    }

    int size() {
        return size + typedCount;
    }

    int utf16Length() {
        return size + typedCount + wide - anchors;
    }

    /** Returns how many units are negative: the anchors of a text. */
    int anchors() {
        return anchors;
    }

    /** Visits the negative units in order. */
    void anchors(Anchors visitor) {
        if (anchors > 0) {
            settle();
            RopeNode.visit(nodes, nodeCount, visitor);
        }
    }

    /** Returns the first position from that one on whose unit is not negative, or the end. */
    int behindAnchors(int position) {
        int at = position;
        while (anchors > 0 && at < size() && get(at) < 0) {
            at++;
        }
        return at;
    }

    /**
     * Returns how many units from the position on, at most {@code most}, are not negative; or, as a negative number,
     * how many are.
     */
    int plainRun(int position, int most) {
        if (anchors == 0) {
            return most;
        }
        boolean negative = get(position) < 0;
        int run = 1;
        while (run < most) {
            seek(position + run, false);
            RopeNode in = nodes[node];
            int from = position + run - chunkStart;
            int to = Math.min(in.sizes[chunk], from + most - run);
            int at = in.chunks[chunk].firstAnchor(from, to, !negative);
            run += at - from;
            if (at < to) {
                break;
            }
        }
        return negative ? -run : run;
    }

    /** Visits all units in order. */
    void parts(Consumer<Part> visitor) {
        settle();
        for (int i = 0; i < nodeCount; i++) {
            for (int j = 0; j < nodes[i].count; j++) {
                visitor.accept(nodes[i].chunks[j]);
            }
        }
    }

    RopeSnapshot snapshot() {
        settle();
        for (int i = 0; i < nodeCount; i++) {
            nodes[i].shared = true;
        }
        return new RopeSnapshot(Arrays.copyOf(nodes, nodeCount), size, utf16Length());
    }

    int get(int position) {
        settle();
        seek(position, false);
        return nodes[node].chunks[chunk].get(position - chunkStart);
    }

    /** Moves the cursor to the chunk of the position; at a boundary to the earlier chunk if that is asked for. */
    private void seek(int position, boolean earlier) {
        int slack = earlier ? 0 : 1;
        if (position >= chunkStart + (earlier && chunkStart > 0 ? 1 : 0)
                && position + slack <= chunkStart + nodes[node].sizes[chunk]) {
            return;
        }
        while (position < nodeStart + (earlier && nodeStart > 0 ? 1 : 0)) {
            nodeStart -= nodes[--node].size;
        }
        while (position + slack > nodeStart + nodes[node].size && node + 1 < nodeCount) {
            nodeStart += nodes[node++].size;
        }
        seekChunk(position + slack);
    }

    private void seekChunk(int reach) {
        RopeNode in = nodes[node];
        int[] sizes = in.sizes;
        int last = in.count - 1;
        int index = 0;
        int start = nodeStart;
        while (index < last && reach > start + sizes[index]) {
            start += sizes[index++];
        }
        chunk = index;
        chunkStart = start;
    }

    private RopeNode writableNode() {
        RopeNode in = nodes[node];
        if (in.shared) {
            in = new RopeNode(in);
            nodes[node] = in;
        }
        return in;
    }

    void insert(int position, int unit) {
        if (position != typedAt + typedCount || typedCount == MOST_TYPED || typedCount == 0) {
            settle();
            typedAt = position;
        }
        if (typedCount == typed.length) {
            typed = Arrays.copyOf(typed, Math.max(4, typedCount * 2));
        }
        typed[typedCount++] = unit;
        if (unit >>> 16 != 0) {
            settle();
        }
    }

    /** Puts what was typed to its place. */
    private void settle() {
        if (typedCount > 0) {
            int count = typedCount;
            typedCount = 0;
            insert(typedAt, typed, 0, count);
        }
    }

    void insert(int position, int[] source, int from, int count) {
        settle();
        int done = 0;
        while (done < count) {
            done += insertSome(position + done, source, from + done, count - done);
        }
    }

    private int insertSome(int position, int[] source, int from, int count) {
        seek(position, true);
        RopeNode in = writableNode();
        if (in.sizes[chunk] == Chunk.CAPACITY) {
            split(position);
            in = nodes[node];
        }
        int some = Math.min(count, Chunk.CAPACITY - in.sizes[chunk]);
        Chunk into = in.writable(chunk);
        int wideBefore = into.wide();
        int anchorsBefore = into.anchors();
        into.insert(position - chunkStart, source, from, some);
        grown(in, some, into.wide() - wideBefore, into.anchors() - anchorsBefore);
        return some;
    }

    private void grown(RopeNode in, int by, int wideBy, int anchorsBy) {
        in.sizes[chunk] += by;
        in.size += by;
        in.wide += wideBy;
        in.anchors += anchorsBy;
        size += by;
        wide += wideBy;
        anchors += anchorsBy;
    }

    /** Splits the full chunk under the cursor so that there is room at the position, and moves the cursor there. */
    private void split(int position) {
        if (nodes[node].count == FANOUT) {
            splitNode();
            seekNodeOf(position);
        }
        RopeNode in = nodes[node];
        int at = position - chunkStart;
        int keep = at == Chunk.CAPACITY ? Chunk.CAPACITY : at == 0 ? 0 : Chunk.CAPACITY / 2;
        Chunk rest = keep == Chunk.CAPACITY ? new Chunk() : in.writable(chunk).split(keep);
        in.open(chunk + 1, rest);
        in.sizes[chunk] = keep;
        if (at > keep || keep == Chunk.CAPACITY) {
            chunkStart += keep;
            chunk++;
        }
    }

    private void splitNode() {
        RopeNode left = nodes[node];
        RopeNode right = new RopeNode();
        int half = left.count / 2;
        right.chunks = Arrays.copyOfRange(left.chunks, half, half + FANOUT);
        right.sizes = Arrays.copyOfRange(left.sizes, half, half + FANOUT);
        right.count = left.count - half;
        right.sharedChunks = left.sharedChunks >>> half;
        for (int i = 0; i < right.count; i++) {
            right.size += right.sizes[i];
            right.wide += right.chunks[i].wide();
            right.anchors += right.chunks[i].anchors();
        }
        Arrays.fill(left.chunks, half, left.chunks.length, null);
        left.count = half;
        left.size -= right.size;
        left.wide -= right.wide;
        left.anchors -= right.anchors;
        if (nodeCount == nodes.length) {
            nodes = Arrays.copyOf(nodes, nodeCount * 2);
        }
        System.arraycopy(nodes, node + 1, nodes, node + 2, nodeCount - node - 1);
        nodes[node + 1] = right;
        nodeCount++;
    }

    private void seekNodeOf(int position) {
        if (position > nodeStart + nodes[node].size) {
            nodeStart += nodes[node++].size;
        }
        seekChunk(position);
    }

    void delete(int position, int count) {
        if (position >= typedAt && position + count == typedAt + typedCount) {
            typedCount -= count;
            return;
        }
        settle();
        int left = count;
        while (left > 0) {
            left -= deleteSome(position, left);
        }
    }

    private int deleteSome(int position, int count) {
        seek(position, false);
        RopeNode in = writableNode();
        int at = position - chunkStart;
        int some = Math.min(count, in.sizes[chunk] - at);
        Chunk from = in.writable(chunk);
        int wideBefore = from.wide();
        int anchorsBefore = from.anchors();
        from.delete(at, some);
        grown(in, -some, from.wide() - wideBefore, from.anchors() - anchorsBefore);
        tidy(in);
        return some;
    }

    /**
     * Drops the chunk under the cursor if it is empty, and its node with it; joins it to the next if both are small.
     */
    private void tidy(RopeNode in) {
        if (in.sizes[chunk] == 0 && in.count > 1) {
            in.close(chunk);
            rewind();
        } else if (in.sizes[chunk] == 0 && nodeCount > 1) {
            nodeCount--;
            System.arraycopy(nodes, node + 1, nodes, node, nodeCount - node);
            nodes[nodeCount] = nodes[0];
            node = 0;
            nodeStart = 0;
            rewind();
        } else if (chunk + 1 < in.count && in.sizes[chunk] + in.sizes[chunk + 1] <= Chunk.CAPACITY / 2) {
            in.writable(chunk).append(in.chunks[chunk + 1], 0);
            in.sizes[chunk] += in.sizes[chunk + 1];
            in.close(chunk + 1);
        }
    }

    private void rewind() {
        chunk = 0;
        chunkStart = nodeStart;
    }

    /**
     * Returns the position in units of an index in UTF-16 code units, before the anchors there; or -1 if the index is
     * inside a surrogate pair.
     */
    int fromUtf16(int index) {
        if (wide == 0 && anchors == 0) {
            return index;
        }
        settle();
        int position = 0;
        int utf16 = 0;
        int at = 0;
        while (at < nodeCount - 1 && utf16 + nodes[at].utf16Length() < index) {
            position += nodes[at].size;
            utf16 += nodes[at].utf16Length();
            at++;
        }
        RopeNode in = nodes[at];
        int i = 0;
        while (i < in.count - 1 && utf16 + in.sizes[i] + in.chunks[i].extra() < index) {
            position += in.sizes[i];
            utf16 += in.sizes[i] + in.chunks[i].extra();
            i++;
        }
        int inside = in.chunks[i].fromUtf16(index - utf16);
        return inside < 0 ? -1 : position + inside;
    }

    /** Checks that all counts are right. */
    void check() {
        settle();
        int[] total = new int[3];
        for (int i = 0; i < nodeCount; i++) {
            int[] sums = new int[3];
            for (int j = 0; j < nodes[i].count; j++) {
                Chunk part = nodes[i].chunks[j];
                part.check();
                if (part.size() != nodes[i].sizes[j]) {
                    throw new IllegalStateException("chunk " + j + " of node " + i + " counts wrong");
                }
                sums[0] += part.size();
                sums[1] += part.wide();
                sums[2] += part.anchors();
            }
            if (!Arrays.equals(sums, new int[] {nodes[i].size, nodes[i].wide, nodes[i].anchors})) {
                throw new IllegalStateException("node " + i + " counts wrong");
            }
            Arrays.setAll(total, k -> total[k] + sums[k]);
        }
        if (!Arrays.equals(total, new int[] {size, wide, anchors})) {
            throw new IllegalStateException("rope of " + Arrays.toString(total) + " counts " + size);
        }
    }
}
