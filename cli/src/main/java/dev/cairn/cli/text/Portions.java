package dev.cairn.cli.text;

import java.util.ArrayList;
import java.util.List;

/** The edits of a text in portions, each of which surely fits into a change: one has at most a mebibyte. */
public final class Portions {
    /** UTF-16 units inserted by a portion: three bytes each at most. */
    private static final int UNITS_MAX = 256 << 10;

    private final int unitsMax;
    private final List<List<Splice>> portions = new ArrayList<>();
    private List<Splice> portion = new ArrayList<>();
    private int units;
    /** By how much the portions before this one have made the text longer, up to where we are. */
    private int shift;
    /** The same with what is in this portion. */
    private int shiftAfter;

    private Portions(int unitsMax) {
        this.unitsMax = unitsMax;
    }

    /**
     * Divides edits in ascending order, as {@link TextDiff#between} gives them. Those of a portion are edits of the
     * text with all portions before it. No edits are no portions.
     */
    public static List<List<Splice>> of(List<Splice> splices) {
        return of(splices, UNITS_MAX);
    }

    /** The same with at most so many units inserted by a portion, two or more. */
    static List<List<Splice>> of(List<Splice> splices, int unitsMax) {
        Portions divided = new Portions(unitsMax);
        for (Splice splice : splices) {
            divided.add(splice);
        }
        divided.end();
        return List.copyOf(divided.portions);
    }

    private void add(Splice splice) {
        String inserted = splice.inserted();
        put(splice.position(), splice.removed(), "");
        for (int from = 0, to; from < inserted.length(); from = to) {
            to = end(inserted, from);
            put(splice.end(), 0, inserted.substring(from, to));
            if (to < inserted.length()) {
                end();
            }
        }
    }

    /** Adds an edit, whose place is the one in the text before all of them, to the portion. */
    private void put(int position, int removed, String inserted) {
        int last = portion.size() - 1;
        boolean joins = last >= 0 && portion.get(last).end() == position + shift && removed == 0;
        if (joins) {
            Splice before = portion.get(last);
            portion.set(last, new Splice(before.position(), before.removed(), before.inserted() + inserted));
        } else if (removed > 0 || !inserted.isEmpty()) {
            portion.add(new Splice(position + shift, removed, inserted));
        }
        shiftAfter += inserted.length() - removed;
        units += inserted.length();
    }

    /** Where a piece of what is inserted ends: never inside a surrogate pair. */
    private int end(String inserted, int from) {
        int to = Math.min(inserted.length(), from + unitsMax - units);
        boolean divides = to < inserted.length() && to > from && Character.isHighSurrogate(inserted.charAt(to - 1));
        return divides ? to - 1 : to;
    }

    private void end() {
        if (!portion.isEmpty()) {
            portions.add(List.copyOf(portion));
        }
        portion = new ArrayList<>();
        units = 0;
        shift = shiftAfter;
    }
}
