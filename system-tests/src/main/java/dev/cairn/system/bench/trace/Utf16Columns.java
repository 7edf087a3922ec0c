package dev.cairn.system.bench.trace;

import java.util.Arrays;

/**
 * The edits of a sequential history with positions and lengths in UTF-16 code units, as an editor's API has them.
 *
 * <p>Only characters outside the basic plane make a difference; their places are kept in a sorted array.
 */
final class Utf16Columns {
    final int[] position;
    final int[] deleted;
    private int[] pairs = new int[16];
    private int size;

    Utf16Columns(EditingHistory history) {
        position = history.position.clone();
        deleted = history.deleted.clone();
        insert(0, history.start);
        for (int i = 0; i < position.length; i++) {
            int at = position[i];
            int before = below(at);
            int within = below(at + deleted[i]) - before;
            position[i] += before;
            delete(before, within, deleted[i]);
            deleted[i] += within;
            insert(at, history.inserted[i]);
        }
    }

    /** How many pairs start below a code point. */
    private int below(int codePoint) {
        int found = Arrays.binarySearch(pairs, 0, size, codePoint);
        return found < 0 ? ~found : found;
    }

    private void delete(int from, int count, int codePoints) {
        System.arraycopy(pairs, from + count, pairs, from, size - from - count);
        size -= count;
        for (int i = from; i < size; i++) {
            pairs[i] -= codePoints;
        }
    }

    private void insert(int at, String text) {
        int codePoints = text.codePointCount(0, text.length());
        int more = text.length() - codePoints;
        int from = below(at);
        if (size + more > pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * (size + more));
        }
        System.arraycopy(pairs, from, pairs, from + more, size - from);
        size += more;
        for (int i = from + more; i < size; i++) {
            pairs[i] += codePoints;
        }
        int next = from;
        for (int i = 0, codePoint = at; more > 0 && i < text.length(); codePoint++) {
            boolean pair = Character.isHighSurrogate(text.charAt(i));
            if (pair) {
                pairs[next++] = codePoint;
            }
            i += pair ? 2 : 1;
        }
    }
}
