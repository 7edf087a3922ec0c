package dev.cairn.cli.text;

import java.util.BitSet;

/** Myers' difference of two sequences in linear space, with a bound on the work. */
final class Myers {
    /*
     * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), section 4b. The edit graph has before
     * along x and after along y; diagonal k = x - y. From both corners at once, the furthest point of every diagonal
     * reached with c edits is kept; where the two fronts meet lies the middle of a shortest path, and the two halves
     * are solved likewise:
     *
     *      (fromX,fromY) .---.
     *                    |  \    forward front, c edits
     *                    |   \ .
     *                    .    x  middle
     *                     .  / \
     *                       /   |  backward front, c edits
     *                      .---. (toX,toY)
     *
     * Two unrelated texts of a million characters would take 10^12 steps. After costMax edits on a front the search
     * stops, and the point which got furthest takes the place of the middle: a correct difference, perhaps not the
     * shortest. The limit is so large that texts which differ by less are not touched by it.
     */

    /** Steps which a whole difference may take at the worst, about a second. */
    private static final long STEPS_MAX = 500_000_000L;

    private static final int COST_MIN = 256;
    private static final int COST_MAX = 8192;

    private final int[] before;
    private final int[] after;
    private final BitSet removed;
    private final BitSet inserted;
    private final int[] forward;
    private final int[] backward;
    private final int zero;
    private final int costMax;
    private int middleX;
    private int middleY;

    Myers(int[] before, int[] after, BitSet removed, BitSet inserted) {
        this.before = before;
        this.after = after;
        this.removed = removed;
        this.inserted = inserted;
        int size = Math.addExact(before.length, after.length);
        this.costMax = (int) Math.max(COST_MIN, Math.min(COST_MAX, STEPS_MAX / Math.max(1, size)));
        this.forward = new int[size + 3];
        this.backward = new int[size + 3];
        this.zero = after.length + 1;
    }

    /** Marks what was removed and what was inserted. */
    void run() {
        compare(0, before.length, 0, after.length);
    }

    private void compare(int firstX, int lastX, int firstY, int lastY) {
        int fromX = firstX;
        int fromY = firstY;
        int toX = lastX;
        int toY = lastY;
        while (true) {
            while (fromX < toX && fromY < toY && before[fromX] == after[fromY]) {
                fromX++;
                fromY++;
            }
            while (fromX < toX && fromY < toY && before[toX - 1] == after[toY - 1]) {
                toX--;
                toY--;
            }
            if (fromX == toX || fromY == toY) {
                removed.set(fromX, toX);
                inserted.set(fromY, toY);
                return;
            }
            findMiddle(fromX, toX, fromY, toY);
            int x = middleX;
            int y = middleY;
            compare(fromX, x, fromY, y);
            fromX = x;
            fromY = y;
        }
    }

    /** Sets the middle to a point of a shortest path, neither the first nor the last point of the rectangle. */
    private void findMiddle(int fromX, int toX, int fromY, int toY) {
        int diagonalMin = fromX - toY;
        int diagonalMax = toX - fromY;
        int middleForward = fromX - fromY;
        int middleBackward = toX - toY;
        boolean odd = ((middleForward - middleBackward) & 1) != 0;
        int forwardMin = middleForward;
        int forwardMax = middleForward;
        int backwardMin = middleBackward;
        int backwardMax = middleBackward;
        forward[zero + middleForward] = fromX;
        backward[zero + middleBackward] = toX;
        for (int cost = 1; ; cost++) {
            if (forwardMin > diagonalMin) {
                forward[zero + --forwardMin - 1] = -1;
            } else {
                forwardMin++;
            }
            if (forwardMax < diagonalMax) {
                forward[zero + ++forwardMax + 1] = -1;
            } else {
                forwardMax--;
            }
            for (int d = forwardMax; d >= forwardMin; d -= 2) {
                int x = advance(d, toX, toY);
                if (odd && backwardMin <= d && d <= backwardMax && backward[zero + d] <= x) {
                    middleX = x;
                    middleY = x - d;
                    return;
                }
            }
            if (backwardMin > diagonalMin) {
                backward[zero + --backwardMin - 1] = Integer.MAX_VALUE;
            } else {
                backwardMin++;
            }
            if (backwardMax < diagonalMax) {
                backward[zero + ++backwardMax + 1] = Integer.MAX_VALUE;
            } else {
                backwardMax--;
            }
            for (int d = backwardMax; d >= backwardMin; d -= 2) {
                int x = retreat(d, fromX, fromY);
                if (!odd && forwardMin <= d && d <= forwardMax && x <= forward[zero + d]) {
                    middleX = x;
                    middleY = x - d;
                    return;
                }
            }
            if (cost >= costMax) {
                takeFurthest(
                        new Range(forwardMin, forwardMax), new Range(backwardMin, backwardMax), fromX, toX, fromY, toY);
                return;
            }
        }
    }

    private int advance(int d, int toX, int toY) {
        int low = forward[zero + d - 1];
        int high = forward[zero + d + 1];
        int x = low >= high ? low + 1 : high;
        int y = x - d;
        while (x < toX && y < toY && before[x] == after[y]) {
            x++;
            y++;
        }
        forward[zero + d] = x;
        return x;
    }

    private int retreat(int d, int fromX, int fromY) {
        int low = backward[zero + d - 1];
        int high = backward[zero + d + 1];
        int x = low < high ? low : high - 1;
        int y = x - d;
        while (x > fromX && y > fromY && before[x - 1] == after[y - 1]) {
            x--;
            y--;
        }
        backward[zero + d] = x;
        return x;
    }

    private record Range(int min, int max) {}

    private void takeFurthest(Range ahead, Range behind, int fromX, int toX, int fromY, int toY) {
        long bestForward = -1;
        int forwardX = fromX;
        for (int d = ahead.max; d >= ahead.min; d -= 2) {
            int x = Math.min(forward[zero + d], toX);
            int y = x - d;
            if (y > toY) {
                x = toY + d;
                y = toY;
            }
            if (x >= fromX && y >= fromY && (long) x + y > bestForward) {
                bestForward = (long) x + y;
                forwardX = x;
            }
        }
        long bestBackward = Long.MAX_VALUE;
        int backwardX = toX;
        for (int d = behind.max; d >= behind.min; d -= 2) {
            int x = Math.max(fromX, backward[zero + d]);
            int y = x - d;
            if (y < fromY) {
                x = fromY + d;
                y = fromY;
            }
            if (x <= toX && y <= toY && (long) x + y < bestBackward) {
                bestBackward = (long) x + y;
                backwardX = x;
            }
        }
        if ((long) toX + toY - bestBackward < bestForward - ((long) fromX + fromY)) {
            middleX = forwardX;
            middleY = (int) (bestForward - forwardX);
        } else {
            middleX = backwardX;
            middleY = (int) (bestBackward - backwardX);
        }
    }
}
