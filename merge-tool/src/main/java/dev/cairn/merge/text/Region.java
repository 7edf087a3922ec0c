package dev.cairn.merge.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.diff.Edit;

/**
 * One stretch of a base with what each of two versions made of it.
 *
 * @param base the stretch as it was
 * @param mine the same place in one version
 * @param theirs the same place in the other
 */
record Region(List<String> base, List<String> mine, List<String> theirs) {

    /** Whether neither side touched it. */
    boolean isUntouched() {
        return base.equals(mine) && base.equals(theirs);
    }

    /**
     * Cuts three sequences into regions: stretches both left alone, and between them stretches that at least one side
     * edited. Edits that touch are in one region, for nobody can tell which of them comes first.
     */
    static List<Region> of(List<String> base, List<String> mine, List<String> theirs) {
        Map<String, Integer> known = new HashMap<>();
        Units units = Units.of(base, known);
        List<Edit> ours = units.edits(Units.of(mine, known));
        List<Edit> others = units.edits(Units.of(theirs, known));
        return new Cutter(base, new Side(mine, ours), new Side(theirs, others)).cut();
    }

    /** One version on its way through the base. */
    private static final class Side {
        private final List<String> units;
        private final List<Edit> edits;
        private int next;
        private int shift;

        Side(List<String> units, List<Edit> edits) {
            this.units = units;
            this.edits = edits;
        }

        /** Where in the base the next edit begins; far away when there is none. */
        int begin() {
            return next < edits.size() ? edits.get(next).getBeginA() : Integer.MAX_VALUE;
        }

        /** Takes the next edit and answers where in the base it ends. */
        int take() {
            Edit edit = edits.get(next++);
            shift += edit.getLengthB() - edit.getLengthA();
            return edit.getEndA();
        }

        List<String> between(int from, int shiftBefore, int to) {
            return units.subList(from + shiftBefore, to + shift);
        }
    }

    /** Walks both lists of edits at once. */
    private record Cutter(List<String> base, Side mine, Side theirs) {
        List<Region> cut() {
            List<Region> regions = new ArrayList<>();
            int at = 0;
            while (Math.min(mine.begin(), theirs.begin()) < Integer.MAX_VALUE) {
                int from = Math.min(mine.begin(), theirs.begin());
                add(regions, at, from, mine.shift, theirs.shift);
                int myShift = mine.shift;
                int theirShift = theirs.shift;
                int to = from;
                while (mine.begin() <= to || theirs.begin() <= to) {
                    Side side = mine.begin() <= to ? mine : theirs;
                    to = Math.max(to, side.take());
                }
                add(regions, from, to, myShift, theirShift);
                at = to;
            }
            add(regions, at, base.size(), mine.shift, theirs.shift);
            return regions;
        }

        private void add(List<Region> regions, int from, int to, int myShift, int theirShift) {
            Region region = new Region(
                    base.subList(from, to), mine.between(from, myShift, to), theirs.between(from, theirShift, to));
            if (!(region.base.isEmpty() && region.mine.isEmpty() && region.theirs.isEmpty())) {
                regions.add(region);
            }
        }
    }
}
