package dev.cairn.crdt.oracle;

import java.util.HexFormat;

/**
 * Where a node stands among its siblings.
 *
 * @param hex the bytes as hexadecimal digits, whose order is that of the bytes
 */
record PositionKey(String hex) implements Comparable<PositionKey> {
    static PositionKey of(byte[] bytes) {
        return new PositionKey(HexFormat.of().formatHex(bytes));
    }

    @Override
    public int compareTo(PositionKey other) {
        return hex.compareTo(other.hex);
    }
}
