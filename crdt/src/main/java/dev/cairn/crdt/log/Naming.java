package dev.cairn.crdt.log;

import java.util.Arrays;
import java.util.List;

/** Puts names of documents in the order of their bytes. */
final class Naming {
    // What is behind the part which all names have in common is likely to tell two of them apart within eight bytes.
    // These are kept beside the names, so that comparing two does not fetch the names themselves from memory.

    /** A name with the bytes by which it is compared first. */
    private static final class Keyed implements Comparable<Keyed> {
        private final long key;
        private final byte[] name;
        private final String text;

        private Keyed(long key, byte[] name, String text) {
            this.key = key;
            this.name = name;
            this.text = text;
        }

        @Override
        public int compareTo(Keyed other) {
            return key == other.key ? Arrays.compareUnsigned(name, other.name) : Long.compareUnsigned(key, other.key);
        }
    }

    private Naming() {}

    /** Returns the names at these indexes in order. */
    static String[] inOrder(int[] indexes, List<byte[]> names, List<DocumentLog> documents) {
        int common = common(indexes, names);
        Keyed[] keyed = new Keyed[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            byte[] name = names.get(indexes[i]);
            keyed[i] =
                    new Keyed(key(name, common), name, documents.get(indexes[i]).name());
        }
        Arrays.sort(keyed);
        String[] sorted = new String[keyed.length];
        for (int i = 0; i < keyed.length; i++) {
            sorted[i] = keyed[i].text;
        }
        return sorted;
    }

    /** Returns with how many bytes all of them begin alike. */
    private static int common(int[] indexes, List<byte[]> names) {
        byte[] first = indexes.length == 0 ? new byte[0] : names.get(indexes[0]);
        int common = first.length;
        for (int index : indexes) {
            byte[] name = names.get(index);
            int mismatch = Arrays.mismatch(first, 0, common, name, 0, Math.min(common, name.length));
            common = mismatch < 0 ? common : mismatch;
        }
        return common;
    }

    /** Returns eight bytes of a name as a number without sign; zeros where it ends before. */
    private static long key(byte[] name, int from) {
        long key = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            key = key << Byte.SIZE | (i < name.length ? name[i] & 0xFF : 0);
        }
        return key;
    }
}
