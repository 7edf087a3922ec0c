package dev.cairn.crdt.sequence;

import java.util.Arrays;

/**
 * The live content of a text (code points) or list (references): ints in chunks, with cheap immutable snapshots.
 *
 * <p>A position costs a walk over nodes from the last one used; a node holds up to 64 chunks of up to 256 ints.
 */
final class IntRope {
    // nodes  [ n0 | n1 | n2 ]         each node: chunks[0..63], with sizes and counts of wide units
    //
    // A snapshot copies the array of nodes and marks every node as shared; a shared node is copied before it changes,
    // and so is a chunk whose bit in the node's mask says that a copy of the node shares it.
    private static final int CHUNK = 256;
    private static final int FANOUT = 64;

    private static final class Node {
        int[][] chunks;
        int[] sizes;
        int[] anchorsOf;
        int count;
        int size;
        int wide;
        int anchors;
        boolean shared;
        long sharedChunks;

        Node() {
            chunks = new int[4][];
            sizes = new int[4];
            anchorsOf = new int[4];
        }

        Node(Node other) {
            chunks = other.chunks.clone();
            sizes = other.sizes.clone();
            anchorsOf = other.anchorsOf.clone();
            count = other.count;
            size = other.size;
            wide = other.wide;
            anchors = other.anchors;
            sharedChunks = -1L;
        }

        void open(int index) {
            if (count == chunks.length) {
                chunks = Arrays.copyOf(chunks, count * 2);
                sizes = Arrays.copyOf(sizes, count * 2);
                anchorsOf = Arrays.copyOf(anchorsOf, count * 2);
            }
            System.arraycopy(chunks, index, chunks, index + 1, count - index);
            System.arraycopy(sizes, index, sizes, index + 1, count - index);
            System.arraycopy(anchorsOf, index, anchorsOf, index + 1, count - index);
            long low = sharedChunks & ((1L << index) - 1);
            sharedChunks = low | ((sharedChunks & -(1L << index)) << 1);
            count++;
            chunks[index] = new int[CHUNK];
            sizes[index] = 0;
            anchorsOf[index] = 0;
        }

        void close(int index) {
            count--;
            System.arraycopy(chunks, index + 1, chunks, index, count - index);
            System.arraycopy(sizes, index + 1, sizes, index, count - index);
            System.arraycopy(anchorsOf, index + 1, anchorsOf, index, count - index);
            long low = sharedChunks & ((1L << index) - 1);
            sharedChunks = low | ((sharedChunks >>> 1) & -(1L << index));
        }

        int[] writable(int index) {
            if (((sharedChunks >>> index) & 1) != 0) {
                chunks[index] = Arrays.copyOf(chunks[index], CHUNK);
                sharedChunks &= ~(1L << index);
            }
            return chunks[index];
        }
    }

    /** The content at one moment; immutable. */
    static final class Snapshot {
        private final Node[] nodes;
        private final int size;
        private final int wide;
        private final int anchors;

        private Snapshot(Node[] nodes, IntRope rope) {
            this.nodes = nodes;
            this.size = rope.size;
            this.wide = rope.wide;
            this.anchors = rope.anchors;
        }

        int size() {
            return size;
        }

        int utf16Length() {
            return size + wide - anchors;
        }

        void anchors(Anchors visitor) {
            if (anchors > 0) {
                visit(nodes, nodes.length, visitor);
            }
        }

        int[] toArray() {
            int[] all = new int[size];
            int at = 0;
            for (Node node : nodes) {
                for (int i = 0; i < node.count; i++) {
                    System.arraycopy(node.chunks[i], 0, all, at, node.sizes[i]);
                    at += node.sizes[i];
                }
            }
            return all;
        }

        String string() {
            char[] chars = new char[utf16Length()];
            int at = 0;
            for (Node node : nodes) {
                for (int i = 0; i < node.count; i++) {
                    at = put(node.chunks[i], node.sizes[i], chars, at);
                }
            }
            return new String(chars);
        }

        private static int put(int[] chunk, int size, char[] chars, int from) {
            int at = from;
            for (int j = 0; j < size; j++) {
                int unit = chunk[j];
                if (unit >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    at += Character.toChars(unit, chars, at);
                } else if (unit >= 0) {
                    chars[at++] = (char) unit;
                }
            }
            return at;
        }
    }

    private Node[] nodes = new Node[4];
    private int nodeCount = 1;
    private int size;
    private int wide;
    private int anchors;

    // the cursor: chunk `chunk` of node `node` starts at position `chunkStart`
    private int node;
    private int nodeStart;
    private int chunk;
    private int chunkStart;

    IntRope() {
        nodes[0] = new Node();
        nodes[0].open(0);
    }

    int size() {
        return size;
    }

    int utf16Length() {
        return size + wide - anchors;
    }

    /** Returns how many units are negative: the anchors of a text. */
    int anchors() {
        return anchors;
    }

    /** Visits the negative units in order. */
    void anchors(Anchors visitor) {
        if (anchors > 0) {
            visit(nodes, nodeCount, visitor);
        }
    }

    private static void visit(Node[] nodes, int nodeCount, Anchors visitor) {
        int utf16 = 0;
        for (int i = 0; i < nodeCount; i++) {
            Node in = nodes[i];
            if (in.anchors > 0) {
                visit(in, utf16, visitor);
            }
            utf16 += in.size + in.wide - in.anchors;
        }
    }

    private static void visit(Node in, int from, Anchors visitor) {
        int utf16 = from;
        int wideLeft = in.wide;
        for (int i = 0; i < in.count; i++) {
            int[] units = in.chunks[i];
            if (in.anchorsOf[i] == 0) {
                int wideHere = wideLeft == 0 ? 0 : wideIn(units, 0, in.sizes[i]);
                wideLeft -= wideHere;
                utf16 += in.sizes[i] + wideHere;
                continue;
            }
            for (int j = 0; j < in.sizes[i]; j++) {
                if (units[j] < 0) {
                    visitor.anchor(units[j], utf16);
                } else {
                    boolean isWide = units[j] >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
                    utf16 += isWide ? 2 : 1;
                    wideLeft -= isWide ? 1 : 0;
                }
            }
        }
    }

    /** Returns the first position from that one on whose unit is not negative, or the end. */
    int behindAnchors(int position) {
        int at = position;
        while (anchors > 0 && at < size && get(at) < 0) {
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
        boolean plain = get(position) >= 0;
        int run = 1;
        while (run < most) {
            seek(position + run, false);
            Node in = nodes[node];
            int from = position + run - chunkStart;
            int to = Math.min(in.sizes[chunk], from + most - run);
            int at = from;
            if (plain && in.anchorsOf[chunk] == 0) {
                at = to;
            }
            while (at < to && in.chunks[chunk][at] >= 0 == plain) {
                at++;
            }
            run += at - from;
            if (at < to) {
                break;
            }
        }
        return plain ? run : -run;
    }

    Snapshot snapshot() {
        for (int i = 0; i < nodeCount; i++) {
            nodes[i].shared = true;
        }
        return new Snapshot(Arrays.copyOf(nodes, nodeCount), this);
    }

    int get(int position) {
        seek(position, false);
        return nodes[node].chunks[chunk][position - chunkStart];
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
        Node in = nodes[node];
        chunk = 0;
        chunkStart = nodeStart;
        while (reach > chunkStart + in.sizes[chunk] && chunk + 1 < in.count) {
            chunkStart += in.sizes[chunk++];
        }
    }

    private Node writableNode() {
        Node in = nodes[node];
        if (in.shared) {
            in = new Node(in);
            nodes[node] = in;
        }
        return in;
    }

    void insert(int position, int unit) {
        seek(position, true);
        Node in = writableNode();
        int at = position - chunkStart;
        if (in.sizes[chunk] == CHUNK) {
            split(position);
            in = nodes[node];
            at = position - chunkStart;
        }
        int[] units = in.writable(chunk);
        System.arraycopy(units, at, units, at + 1, in.sizes[chunk] - at);
        units[at] = unit;
        grown(in, 1, unit >= Character.MIN_SUPPLEMENTARY_CODE_POINT ? 1 : 0, unit >>> 31);
    }

    void insert(int position, int[] source, int from, int count) {
        int done = 0;
        while (done < count) {
            done += insertSome(position + done, source, from + done, count - done);
        }
    }

    private int insertSome(int position, int[] source, int from, int count) {
        seek(position, true);
        Node in = writableNode();
        if (in.sizes[chunk] == CHUNK) {
            split(position);
            in = nodes[node];
        }
        int at = position - chunkStart;
        int some = Math.min(count, CHUNK - in.sizes[chunk]);
        int[] units = in.writable(chunk);
        System.arraycopy(units, at, units, at + some, in.sizes[chunk] - at);
        System.arraycopy(source, from, units, at, some);
        grown(in, some, wideIn(units, at, at + some), anchorsIn(units, at, at + some));
        return some;
    }

    private static int wideIn(int[] units, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (units[i] >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                count++;
            }
        }
        return count;
    }

    private static int anchorsIn(int[] units, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += units[i] >>> 31;
        }
        return count;
    }

    private void grown(Node in, int by, int wideBy, int anchorsBy) {
        in.anchorsOf[chunk] += anchorsBy;
        in.anchors += anchorsBy;
        anchors += anchorsBy;
        in.sizes[chunk] += by;
        in.size += by;
        in.wide += wideBy;
        size += by;
        wide += wideBy;
    }

    /** Splits the full chunk under the cursor so that there is room at the position, and moves the cursor there. */
    private void split(int position) {
        if (nodes[node].count == FANOUT) {
            splitNode();
            seekNodeOf(position);
        }
        Node in = nodes[node];
        int at = position - chunkStart;
        int keep = at == CHUNK ? CHUNK : at == 0 ? 0 : CHUNK / 2;
        in.open(chunk + 1);
        System.arraycopy(in.chunks[chunk], keep, in.chunks[chunk + 1], 0, CHUNK - keep);
        in.sizes[chunk + 1] = CHUNK - keep;
        in.sizes[chunk] = keep;
        if (in.anchorsOf[chunk] > 0) {
            in.anchorsOf[chunk + 1] = anchorsIn(in.chunks[chunk + 1], 0, CHUNK - keep);
            in.anchorsOf[chunk] -= in.anchorsOf[chunk + 1];
        }
        if (at > keep || keep == CHUNK) {
            chunkStart += keep;
            chunk++;
        }
    }

    private void splitNode() {
        Node left = nodes[node];
        Node right = new Node();
        int half = left.count / 2;
        right.chunks = Arrays.copyOfRange(left.chunks, half, half + FANOUT);
        right.sizes = Arrays.copyOfRange(left.sizes, half, half + FANOUT);
        right.anchorsOf = Arrays.copyOfRange(left.anchorsOf, half, half + FANOUT);
        right.count = left.count - half;
        right.sharedChunks = left.sharedChunks >>> half;
        for (int i = 0; i < right.count; i++) {
            right.size += right.sizes[i];
            right.wide += wideIn(right.chunks[i], 0, right.sizes[i]);
            right.anchors += right.anchorsOf[i];
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
        int left = count;
        while (left > 0) {
            left -= deleteSome(position, left);
        }
    }

    private int deleteSome(int position, int count) {
        seek(position, false);
        Node in = writableNode();
        int at = position - chunkStart;
        int some = Math.min(count, in.sizes[chunk] - at);
        int[] units = in.chunks[chunk];
        int wideBy = wideIn(units, at, at + some);
        int anchorsBy = in.anchorsOf[chunk] == 0 ? 0 : anchorsIn(units, at, at + some);
        if (some < in.sizes[chunk]) {
            units = in.writable(chunk);
            System.arraycopy(units, at + some, units, at, in.sizes[chunk] - at - some);
        }
        grown(in, -some, -wideBy, -anchorsBy);
        tidy(in);
        return some;
    }

    /**
     * Drops the chunk under the cursor if it is empty, and its node with it; joins it to the next if both are small.
     */
    private void tidy(Node in) {
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
        } else if (chunk + 1 < in.count && in.sizes[chunk] + in.sizes[chunk + 1] <= CHUNK / 2) {
            int[] units = in.writable(chunk);
            System.arraycopy(in.chunks[chunk + 1], 0, units, in.sizes[chunk], in.sizes[chunk + 1]);
            in.sizes[chunk] += in.sizes[chunk + 1];
            in.anchorsOf[chunk] += in.anchorsOf[chunk + 1];
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
        int position = 0;
        int units = 0;
        int at = 0;
        while (at < nodeCount - 1 && units + nodes[at].size + nodes[at].wide - nodes[at].anchors < index) {
            position += nodes[at].size;
            units += nodes[at].size + nodes[at].wide - nodes[at].anchors;
            at++;
        }
        return fromUtf16(nodes[at], position, units, index);
    }

    private static int fromUtf16(Node in, int fromPosition, int fromUnits, int index) {
        int position = fromPosition;
        int units = fromUnits;
        for (int i = 0; i < in.count; i++) {
            for (int j = 0; j < in.sizes[i] && units < index; j++) {
                int unit = in.chunks[i][j];
                units += unit >= Character.MIN_SUPPLEMENTARY_CODE_POINT ? 2 : unit >= 0 ? 1 : 0;
                position++;
            }
        }
        return units == index ? position : -1;
    }

    /** Checks that all counts are right. */
    void check() {
        int total = 0;
        int wideTotal = 0;
        int anchorsTotal = 0;
        for (int i = 0; i < nodeCount; i++) {
            int nodeSize = 0;
            int nodeWide = 0;
            int nodeAnchors = 0;
            for (int j = 0; j < nodes[i].count; j++) {
                nodeSize += nodes[i].sizes[j];
                nodeWide += wideIn(nodes[i].chunks[j], 0, nodes[i].sizes[j]);
                int chunkAnchors = anchorsIn(nodes[i].chunks[j], 0, nodes[i].sizes[j]);
                if (chunkAnchors != nodes[i].anchorsOf[j]) {
                    throw new IllegalStateException("chunk " + j + " of node " + i + " counts anchors wrong");
                }
                nodeAnchors += chunkAnchors;
            }
            if (nodeSize != nodes[i].size || nodeWide != nodes[i].wide || nodeAnchors != nodes[i].anchors) {
                throw new IllegalStateException("node " + i + " counts wrong");
            }
            total += nodeSize;
            wideTotal += nodeWide;
            anchorsTotal += nodeAnchors;
        }
        if (total != size || wideTotal != wide || anchorsTotal != anchors) {
            throw new IllegalStateException("rope of " + total + " counts " + size);
        }
    }
}
