package dev.cairn.cli.text;

import java.util.ArrayList;
import java.util.List;

/** A place where two texts differ: code points {@code fromX..toX} of the one became {@code fromY..toY} of the other. */
record Hunk(int fromX, int toX, int fromY, int toY) {
    /** How far a hunk is moved at most, in code points. */
    private static final int SLIDE_MAX = 1024;

    /**
     * The hunks, each where a reader would say it is. When one of two equal lines is removed, the difference may begin
     * in the middle of the first as well; the size is the same, but a colleague's edit next to it then lands in the
     * wrong place. The start of a line is preferred, then the start of a word, then where it was.
     */
    static List<Hunk> settled(List<Hunk> hunks, int[] before, int[] after) {
        List<Hunk> result = new ArrayList<>(hunks.size());
        int fence = 0;
        for (Hunk hunk : hunks) {
            Hunk moved = hunk;
            if (hunk.fromX == hunk.toX) {
                moved = hunk.earlier(best(after, hunk.fromY, hunk.toY, hunk.fromX - fence));
            } else if (hunk.fromY == hunk.toY) {
                moved = hunk.earlier(best(before, hunk.fromX, hunk.toX, hunk.fromX - fence));
            }
            result.add(moved);
            fence = moved.toX + 1; // one code point stays between two hunks
        }
        return result;
    }

    private Hunk earlier(int shift) {
        return new Hunk(fromX - shift, toX - shift, fromY - shift, toY - shift);
    }

    /** How many places earlier the run is best; before the run both texts are equal for {@code room} code points. */
    private static int best(int[] points, int from, int to, int room) {
        int best = 0;
        int bestScore = score(points, from);
        int limit = Math.min(room, SLIDE_MAX);
        for (int shift = 1; shift <= limit && points[from - shift] == points[to - shift]; shift++) {
            int score = score(points, from - shift);
            if (score > bestScore) {
                best = shift;
                bestScore = score;
            }
        }
        return best;
    }

    private static int score(int[] points, int at) {
        if (at == 0 || points[at - 1] == '\n') {
            return 2;
        }
        return Character.isWhitespace(points[at - 1]) && !Character.isWhitespace(points[at]) ? 1 : 0;
    }
}
