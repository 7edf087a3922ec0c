package dev.cairn.crdt.sequence;

import java.nio.charset.StandardCharsets;

/** The content of a rope at one moment; immutable. */
final class RopeSnapshot {
    private final RopeNode[] nodes;
    private final int size;
    private final int utf16Length;

    RopeSnapshot(RopeNode[] nodes, int size, int utf16Length) {
        this.nodes = nodes;
        this.size = size;
        this.utf16Length = utf16Length;
    }

    int size() {
        return size;
    }

    int utf16Length() {
        return utf16Length;
    }

    void anchors(Anchors visitor) {
        RopeNode.visit(nodes, nodes.length, visitor);
    }

    int[] toArray() {
        int[] all = new int[size];
        int at = 0;
        for (RopeNode node : nodes) {
            for (int i = 0; i < node.count; i++) {
                node.chunks[i].copyTo(all, at);
                at += node.sizes[i];
            }
        }
        return all;
    }

    String string() {
        return hasBroad() ? ofChars() : ofBytes();
    }

    private boolean hasBroad() {
        for (RopeNode node : nodes) {
            for (int i = 0; i < node.count; i++) {
                if (node.chunks[i].isBroad()) {
                    return true;
                }
            }
        }
        return false;
    }

    private String ofBytes() {
        byte[] bytes = new byte[size];
        int at = 0;
        for (RopeNode node : nodes) {
            for (int i = 0; i < node.count; i++) {
                node.chunks[i].copyTo(bytes, at);
                at += node.sizes[i];
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String ofChars() {
        char[] chars = new char[utf16Length];
        int at = 0;
        for (RopeNode node : nodes) {
            for (int i = 0; i < node.count; i++) {
                at = node.chunks[i].copyTo(chars, at);
            }
        }
        return new String(chars);
    }
}
