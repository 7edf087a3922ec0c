package dev.cairn.crdt.sequence;

import java.util.Arrays;

/** Up to 64 chunks of a rope that follow one another, and the sums of what they count. */
final class RopeNode {
    Chunk[] chunks;
    int[] sizes;
    int count;
    int size;
    int wide;
    int anchors;
    boolean shared;
    long sharedChunks;

    RopeNode() {
        chunks = new Chunk[1];
        sizes = new int[1];
    }

    RopeNode(RopeNode other) {
        chunks = other.chunks.clone();
        sizes = other.sizes.clone();
        count = other.count;
        size = other.size;
        wide = other.wide;
        anchors = other.anchors;
        sharedChunks = -1L;
    }

    void open(int index, Chunk chunk) {
        if (count == chunks.length) {
            chunks = Arrays.copyOf(chunks, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
        }
        System.arraycopy(chunks, index, chunks, index + 1, count - index);
        System.arraycopy(sizes, index, sizes, index + 1, count - index);
        long low = sharedChunks & ((1L << index) - 1);
        sharedChunks = low | ((sharedChunks & -(1L << index)) << 1);
        count++;
        chunks[index] = chunk;
        sizes[index] = chunk.size();
    }

    void close(int index) {
        count--;
        System.arraycopy(chunks, index + 1, chunks, index, count - index);
        System.arraycopy(sizes, index + 1, sizes, index, count - index);
        long low = sharedChunks & ((1L << index) - 1);
        sharedChunks = low | ((sharedChunks >>> 1) & -(1L << index));
    }

    Chunk writable(int index) {
        if (((sharedChunks >>> index) & 1) != 0) {
            chunks[index] = new Chunk(chunks[index]);
            sharedChunks &= ~(1L << index);
        }
        return chunks[index];
    }

    int utf16Length() {
        return size + wide - anchors;
    }

    /** Visits the negative units, with UTF-16 indexes which begin at that one. */
    void anchors(int fromUtf16, Anchors visitor) {
        int utf16 = fromUtf16;
        for (int i = 0; i < count && anchors > 0; i++) {
            chunks[i].anchors(utf16, visitor);
            utf16 += sizes[i] + chunks[i].extra();
        }
    }

    /** Visits the anchors of some nodes in order. */
    static void visit(RopeNode[] nodes, int nodeCount, Anchors visitor) {
        int utf16 = 0;
        for (int i = 0; i < nodeCount; i++) {
            nodes[i].anchors(utf16, visitor);
            utf16 += nodes[i].utf16Length();
        }
    }
}
