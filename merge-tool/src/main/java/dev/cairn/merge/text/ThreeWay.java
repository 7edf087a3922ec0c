package dev.cairn.merge.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The merge of lines.
 *
 * <pre>
 * a region in which ...                              becomes
 * one side left the base alone                       the other side
 * both sides did the same                            that
 * one side did all the other did, and added lines    that side
 * both only inserted                                 both insertions, in an order which depends on their text alone
 * the sides edited words that do not touch           the words of both
 * anything else                                      a clash
 * </pre>
 *
 * No line is lost: a line of either side is in the result, or is in a clash, or was in the base and deleted or edited
 * by the other side.
 */
final class ThreeWay {
    private ThreeWay() {}

    /** Merges two versions of a base. */
    static List<Piece> merge(List<String> base, List<String> mine, List<String> theirs) {
        List<Piece> pieces = new ArrayList<>();
        for (Region region : Region.of(base, mine, theirs)) {
            pieces.add(resolve(region).<Piece>map(Piece.Merged::new).orElseGet(() -> new Piece.Clash(region)));
        }
        return pieces;
    }

    private static Optional<List<String>> resolve(Region region) {
        if (region.mine().equals(region.theirs()) || region.theirs().equals(region.base())) {
            return Optional.of(region.mine());
        }
        if (region.mine().equals(region.base())) {
            return Optional.of(region.theirs());
        }
        return larger(region).or(() -> insertions(region)).or(() -> WordMerge.merge(region));
    }

    /** The side that holds all of the other, if what it has more is new and not what the other deleted. */
    private static Optional<List<String>> larger(Region region) {
        if (extendsIt(region.mine(), region.theirs(), region.base())) {
            return Optional.of(region.mine());
        }
        return extendsIt(region.theirs(), region.mine(), region.base())
                ? Optional.of(region.theirs())
                : Optional.empty();
    }

    /** A side that only deleted is no beginning of one that edited: a person must choose between the two. */
    private static boolean extendsIt(List<String> larger, List<String> smaller, List<String> base) {
        Set<String> old = new HashSet<>(base);
        int matched = 0;
        for (String line : larger) {
            if (matched < smaller.size() && line.equals(smaller.get(matched))) {
                matched++;
            } else if (old.contains(line)) {
                return false;
            }
        }
        return matched == smaller.size() && (!smaller.isEmpty() || base.isEmpty());
    }

    /** Two insertions at one place: what they begin and end with alike once, the rest of both. */
    private static Optional<List<String>> insertions(Region region) {
        if (!region.base().isEmpty()) {
            return Optional.empty();
        }
        List<String> mine = region.mine();
        List<String> theirs = region.theirs();
        int head = commonHead(mine, theirs);
        int tail = commonTail(mine.subList(head, mine.size()), theirs.subList(head, theirs.size()));
        List<String> ours = mine.subList(head, mine.size() - tail);
        List<String> others = theirs.subList(head, theirs.size() - tail);
        if (shareText(ours, others)) {
            return Optional.empty();
        }
        boolean oursFirst = String.join("\n", ours).compareTo(String.join("\n", others)) <= 0;
        List<String> both = new ArrayList<>(mine.subList(0, head));
        both.addAll(oursFirst ? ours : others);
        both.addAll(oursFirst ? others : ours);
        both.addAll(mine.subList(mine.size() - tail, mine.size()));
        return Optional.of(both);
    }

    /** Blank lines at its end belong to what follows, so that two paragraphs stay two. */
    private static int commonHead(List<String> a, List<String> b) {
        int same = 0;
        while (same < Math.min(a.size(), b.size()) && a.get(same).equals(b.get(same))) {
            same++;
        }
        while (same > 0 && a.get(same - 1).isBlank()) {
            same--;
        }
        return same;
    }

    private static int commonTail(List<String> a, List<String> b) {
        int same = 0;
        while (same < Math.min(a.size(), b.size()) && a.get(a.size() - 1 - same).equals(b.get(b.size() - 1 - same))) {
            same++;
        }
        while (same > 0 && a.get(a.size() - same).isBlank()) {
            same--;
        }
        return same;
    }

    private static boolean shareText(List<String> a, List<String> b) {
        Set<String> lines = new HashSet<>(a);
        return b.stream().anyMatch(line -> !line.isBlank() && lines.contains(line));
    }
}
