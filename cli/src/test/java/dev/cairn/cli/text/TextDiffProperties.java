package dev.cairn.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class TextDiffProperties {

    @Property(tries = 2000)
    void applyingTheDifferenceGivesTheNewText(@ForAll("texts") String before, @ForAll("texts") String after) {
        assertThat(TextDiff.apply(before, TextDiff.between(before, after))).isEqualTo(after);
    }

    @Property(tries = 2000)
    void theDifferenceIsAsSmallAsTheLongestCommonSubsequenceAllows(
            @ForAll("texts") String before, @ForAll("texts") String after) {
        int[] a = before.codePoints().toArray();
        int[] b = after.codePoints().toArray();
        assertThat(cost(before, TextDiff.between(before, after))).isEqualTo(a.length + b.length - 2 * common(a, b));
    }

    @Property(tries = 1000)
    void noSpliceTouchesItsNeighbourOrSplitsASurrogatePair(
            @ForAll("texts") String before, @ForAll("texts") String after) {
        int from = -1;
        for (Splice splice : TextDiff.between(before, after)) {
            assertThat(splice.position()).isGreaterThan(from);
            from = splice.end();
            assertThat(isBoundary(before, splice.position())).isTrue();
            assertThat(isBoundary(before, splice.end())).isTrue();
            assertThat(splice.removed() + splice.inserted().length()).isPositive();
        }
    }

    @Property(tries = 2000)
    void rebasedEditsKeepWhatBothInsertedAndRemoveWhatEitherRemoved(
            @ForAll("texts") String base, @ForAll("texts") String mine, @ForAll("texts") String theirs) {
        List<Splice> my = TextDiff.between(base, mine);
        List<Splice> their = TextDiff.between(base, theirs);
        assertThat(TextDiff.apply(theirs, TextDiff.rebase(my, their))).isEqualTo(merged(base, my, their));
    }

    /** The slow twin of rebase: gap by gap, their insertion, then mine, then the character if nobody removed it. */
    private static String merged(String base, List<Splice> mine, List<Splice> theirs) {
        StringBuilder result = new StringBuilder();
        for (int gap = 0; gap <= base.length(); gap++) {
            int at = gap;
            theirs.stream().filter(s -> s.position() == at).forEach(s -> result.append(s.inserted()));
            mine.stream().filter(s -> s.position() == at).forEach(s -> result.append(s.inserted()));
            if (at < base.length() && !removes(mine, at) && !removes(theirs, at)) {
                result.append(base.charAt(at));
            }
        }
        return result.toString();
    }

    private static boolean removes(List<Splice> splices, int at) {
        return splices.stream().anyMatch(s -> s.position() <= at && at < s.end());
    }

    private static int cost(String before, List<Splice> splices) {
        return splices.stream()
                .mapToInt(s -> before.codePointCount(s.position(), s.end())
                        + s.inserted().codePointCount(0, s.inserted().length()))
                .sum();
    }

    private static int common(int[] a, int[] b) {
        int[][] length = new int[a.length + 1][b.length + 1];
        for (int i = 1; i <= a.length; i++) {
            for (int j = 1; j <= b.length; j++) {
                length[i][j] =
                        a[i - 1] == b[j - 1] ? length[i - 1][j - 1] + 1 : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[a.length][b.length];
    }

    private static boolean isBoundary(String text, int at) {
        return at == 0
                || at == text.length()
                || !(Character.isHighSurrogate(text.charAt(at - 1)) && Character.isLowSurrogate(text.charAt(at)));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Integer> few = Arbitraries.of((int) 'a', (int) 'b', (int) ' ', (int) '\n', 0x1F600, 0x1F601);
        Arbitrary<String> small = few.list().ofMaxSize(24).map(TextDiffProperties::text);
        Arbitrary<String> words = Arbitraries.of("stone ", "cairn ", "path\n", "hill ")
                .list()
                .ofMaxSize(8)
                .map(l -> String.join("", l));
        return Combinators.combine(Arbitraries.oneOf(small, words), Arbitraries.oneOf(small, words))
                .as(String::concat);
    }

    private static String text(List<Integer> points) {
        StringBuilder text = new StringBuilder();
        points.forEach(text::appendCodePoint);
        return text.toString();
    }
}
