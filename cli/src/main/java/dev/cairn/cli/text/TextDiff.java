package dev.cairn.cli.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The difference of two texts: {@link Splice}s in ascending order which turn the one into the other, counted in code
 * points and minimal (as few code points removed and inserted as possible) unless the texts are both large and very
 * different; then correct all the same, and close to it. A million characters take well under a second.
 */
public final class TextDiff {
    private final int[] before;
    private final int[] after;
    private final BitSet removed;
    private final BitSet inserted;

    private TextDiff(int[] before, int[] after) {
        this.before = before;
        this.after = after;
        this.removed = new BitSet(before.length);
        this.inserted = new BitSet(after.length);
    }

    /** The edits which turn {@code before} into {@code after}; none when they are equal. */
    public static List<Splice> between(String before, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        TextDiff diff =
                new TextDiff(before.codePoints().toArray(), after.codePoints().toArray());
        new Myers(diff.before, diff.after, diff.removed, diff.inserted).run();
        return diff.splices();
    }

    /** {@code text} with all of {@code splices}, which must be in ascending order, as {@link #between} gives them. */
    public static String apply(String text, List<Splice> splices) {
        StringBuilder result = new StringBuilder(text.length());
        int from = 0;
        for (Splice splice : splices) {
            result.append(text, from, splice.position()).append(splice.inserted());
            from = splice.end();
        }
        return result.append(text, from, text.length()).toString();
    }

    /**
     * The same edits for a text which others have edited meanwhile: {@code mine} and {@code theirs} are edits of one
     * text; the result are my edits of the text with theirs. What both removed is removed once; where both insert at
     * one place, theirs comes first.
     */
    public static List<Splice> rebase(List<Splice> mine, List<Splice> theirs) {
        List<Splice> result = new ArrayList<>(mine.size());
        Rebase rebase = new Rebase(theirs, result);
        mine.forEach(rebase::move);
        return List.copyOf(result);
    }

    private List<Splice> splices() {
        List<Splice> result = new ArrayList<>();
        int x = 0;
        int position = 0;
        for (Hunk hunk : Hunk.settled(hunks(), before, after)) {
            position += units(x, hunk.fromX());
            int units = units(hunk.fromX(), hunk.toX());
            result.add(new Splice(position, units, new String(after, hunk.fromY(), hunk.toY() - hunk.fromY())));
            position += units;
            x = hunk.toX();
        }
        return List.copyOf(result);
    }

    private List<Hunk> hunks() {
        List<Hunk> result = new ArrayList<>();
        int x = 0;
        int y = 0;
        while (x < before.length || y < after.length) {
            int toX = removed.nextClearBit(x);
            int toY = inserted.nextClearBit(y);
            if (toX > x || toY > y) {
                result.add(new Hunk(x, toX, y, toY));
                x = toX;
                y = toY;
            } else {
                x++;
                y++;
            }
        }
        return result;
    }

    private int units(int from, int to) {
        int units = 0;
        for (int i = from; i < to; i++) {
            units += Character.charCount(before[i]);
        }
        return units;
    }
}
