package dev.cairn.cli.document;

import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes a list hold given values with few edits. A longest common subsequence of equal elements is not touched, and a
 * value goes into a container which stood in its place; in a movable list elements that are elsewhere now are moved,
 * and those that became another value are assigned to.
 */
final class ListAssignment {
    /** So many pairs of elements are compared; of longer lists only the common start and end count as equal. */
    private static final long PAIRS_MAX = 4_000_000;

    private static final int NONE = -1;

    private final ListEditor editor;
    private final List<?> values;
    private final Allowance allowance;
    private final List<Object> old;
    private final List<Object> young;
    /** For each value the element it is or goes into, or NONE. */
    private final int[] source;
    /** Which values are in elements that keep their order. */
    private final boolean[] stays;

    private final boolean[] used;
    /** Which elements stay, in the order they have. */
    private final boolean[] anchored;

    ListAssignment(ListEditor editor, List<?> values, Allowance allowance) {
        this.editor = editor;
        this.values = values;
        this.allowance = allowance;
        this.old = IntStream.range(0, editor.size())
                .mapToObj(i -> (Object) Assignment.comparable(Plain.of(editor.get(i))))
                .toList();
        this.young = values.stream()
                .map(value -> (Object) Assignment.comparable(value))
                .toList();
        this.source = new int[young.size()];
        this.stays = new boolean[young.size()];
        this.used = new boolean[old.size()];
        this.anchored = new boolean[old.size()];
        Arrays.fill(source, NONE);
    }

    void run() {
        keepEqual();
        if (editor instanceof MovableListEditor) {
            findMoved();
        }
        pairTheRest();
        boolean arranged = deleteUnused() && arrange();
        for (int j = 0; arranged && j < source.length; j++) {
            if (source[j] != NONE && !old.get(source[j]).equals(young.get(j))) {
                Assignment.fill(new Place.Element(editor, j), values.get(j), allowance);
            }
        }
    }

    private void keep(int i, int j) {
        source[j] = i;
        stays[j] = true;
        used[i] = true;
        anchored[i] = true;
    }

    private void keepEqual() {
        int start = 0;
        int least = Math.min(old.size(), young.size());
        while (start < least && old.get(start).equals(young.get(start))) {
            keep(start, start++);
        }
        int end = 0;
        while (end < least - start && old.get(old.size() - 1 - end).equals(young.get(young.size() - 1 - end))) {
            end++;
            keep(old.size() - end, young.size() - end);
        }
        int rows = old.size() - end - start;
        int columns = young.size() - end - start;
        if ((long) rows * columns <= PAIRS_MAX) {
            keepCommon(start, rows, columns);
        }
    }

    /** The textbook table: {@code longest[i][j]} is the length of a common subsequence from there on. */
    private void keepCommon(int start, int rows, int columns) {
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = old.get(start + i).equals(young.get(start + j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows && j < columns) {
            if (old.get(start + i).equals(young.get(start + j))) {
                keep(start + i++, start + j++);
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }

    private void findMoved() {
        Map<Object, Deque<Integer>> free = new HashMap<>();
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                free.computeIfAbsent(old.get(i), value -> new ArrayDeque<>()).add(i);
            }
        }
        for (int j = 0; j < source.length; j++) {
            Deque<Integer> same = free.get(young.get(j));
            if (source[j] == NONE && same != null && !same.isEmpty()) {
                source[j] = same.remove();
                used[source[j]] = true;
            }
        }
    }

    /** Between two elements which stay, values go into elements that would go, first into first. */
    private void pairTheRest() {
        int i = 0;
        for (int j = 0; j < source.length; j++) {
            if (stays[j]) {
                i = source[j] + 1;
            } else if (source[j] == NONE) {
                int next = i;
                while (next < used.length && !anchored[next] && !takes(next, j)) {
                    next++;
                }
                if (next < used.length && !anchored[next]) {
                    keep(next, j);
                    i = next + 1;
                }
            }
        }
    }

    private boolean takes(int i, int j) {
        return !used[i] && Assignment.goesInto(editor, i, values.get(j));
    }

    /** Returns whether all of it fitted into the change. */
    private boolean deleteUnused() {
        for (int i = used.length - 1; i >= 0; i--) {
            if (!used[i]) {
                int count = 1;
                while (i > 0 && !used[i - 1]) {
                    i--;
                    count++;
                }
                if (!allowance.takes(0)) {
                    return false;
                }
                editor.delete(i, count);
            }
        }
        return true;
    }

    /**
     * What stays is in order already; everything else is put behind the value before it. Returns whether all of it
     * fitted into the change.
     */
    private boolean arrange() {
        List<Integer> now = new ArrayList<>();
        Map<Integer, Integer> valueOf = new HashMap<>();
        for (int j = 0; j < source.length; j++) {
            if (source[j] != NONE) {
                valueOf.put(source[j], j);
            }
        }
        IntStream.range(0, used.length).filter(i -> used[i]).forEach(i -> now.add(valueOf.get(i)));
        int last = -1;
        for (int j = 0; j < source.length; j++) {
            if (stays[j]) {
                do {
                    last++;
                } while (now.get(last) != j);
            } else if (source[j] == NONE) {
                now.add(++last, j);
                if (!Assignment.insert(editor, last, values.get(j), allowance)) {
                    return false;
                }
            } else if (!allowance.takes(0)) {
                return false;
            } else {
                int from = now.indexOf(j);
                last += from > last ? 1 : 0;
                now.remove(from);
                now.add(last, j);
                ((MovableListEditor) editor).move(from, last);
            }
        }
        return true;
    }
}
