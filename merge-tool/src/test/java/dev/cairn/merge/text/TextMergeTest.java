package dev.cairn.merge.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.merge.text.TextMerge.Labels;
import dev.cairn.merge.text.TextMerge.Result;
import org.junit.jupiter.api.Test;

final class TextMergeTest {
    private static final Labels LABELS = new Labels("mine", "base", "theirs");

    @Test
    void editsOfDifferentLinesMerge() {
        assertThat(clean("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n")).isEqualTo("A\nb\nC\n");
    }

    @Test
    void editsOfNeighbouringLinesMerge() {
        assertThat(clean("one\ntwo\n", "One\ntwo\n", "one\nTwo\n")).isEqualTo("One\nTwo\n");
    }

    @Test
    void editsOfDifferentWordsOfALineMerge() {
        assertThat(clean("the quick brown fox jumps\n", "the slow brown fox jumps\n", "the quick brown fox sleeps\n"))
                .isEqualTo("the slow brown fox sleeps\n");
    }

    @Test
    void editsOfWordsSideBySideClash() {
        assertThat(merge("price 10 EUR per box\n", "price 12 EUR per box\n", "price 10 USD per box\n"))
                .isInstanceOf(Result.Clashes.class);
    }

    @Test
    void anEditAndALineAddedBehindItMerge() {
        assertThat(clean("milk\n", "oat milk\n", "milk\neggs\n")).isEqualTo("oat milk\neggs\n");
        assertThat(clean("milk\n", "milk!\n", "milk\neggs\n")).isEqualTo("milk!\neggs\n");
    }

    @Test
    void linesBothAddedAtTheEndAreBothKeptInOneOrderForAll() {
        assertThat(clean("a\n", "a\nx\n", "a\ny\n")).isEqualTo("a\nx\ny\n");
        assertThat(clean("a\n", "a\ny\n", "a\nx\n")).isEqualTo("a\nx\ny\n");
    }

    @Test
    void paragraphsBothAddedStayParagraphs() {
        assertThat(clean("a\n", "a\n\npara one\n", "a\n\npara two\n")).isEqualTo("a\n\npara one\n\npara two\n");
    }

    @Test
    void deletedHereAndEditedThereClashes() {
        Result result = merge("a\nb\nc\n", "a\nc\n", "a\nB!\nc\n");
        assertThat(result).isInstanceOf(Result.Clashes.class);
        assertThat(text(((Result.Clashes) result).content()))
                .isEqualTo("a\n<<<<<<< mine\n||||||| base\nb\n=======\nB!\n>>>>>>> theirs\nc\n");
    }

    @Test
    void lineEndsAndMarksAndAnOpenEndAreMergedByThemselves() {
        assertThat(clean("a\nb\nc\n", "a\r\nb\r\nc\r\n", "a\nb\nC\n")).isEqualTo("a\r\nb\r\nC\r\n");
        assertThat(clean("a\r\nb\r\nc\r\n", "a\r\nb\r\nC\r\n", "A\r\nb\r\nc\r\n"))
                .isEqualTo("A\r\nb\r\nC\r\n");
        assertThat(clean("a\nb\nc", "A\nb\nc", "a\nb\nc\nd")).isEqualTo("A\nb\nc\nd");
        assertThat(clean("\uFEFFa\nb\nc\n", "\uFEFFA\nb\nc\n", "\uFEFFa\nb\nC\n"))
                .isEqualTo("\uFEFFA\nb\nC\n");
        assertThat(clean("a\rb\rc\r", "A\rb\rc\r", "a\rb\rC\r")).isEqualTo("A\rb\rC\r");
    }

    @Test
    void mixedLineEndsStayAsTheyWere() {
        assertThat(clean("a\r\nb\nc\n", "a\r\nb\nC\n", "a\r\nb\nc\nd\n")).isEqualTo("a\r\nb\nC\nd\n");
    }

    @Test
    void otherEncodingsKeepEveryByte() {
        Bytes base = Bytes.of(0xE4, '\n', 'b', '\n', 'c', '\n');
        Bytes mine = Bytes.of(0xE4, 0xF6, '\n', 'b', '\n', 'c', '\n');
        Bytes theirs = Bytes.of(0xE4, '\n', 'b', '\n', 0xDF, '\n');
        assertThat(TextMerge.merge(base, mine, theirs, LABELS))
                .isEqualTo(new Result.Clean(Bytes.of(0xE4, 0xF6, '\n', 'b', '\n', 0xDF, '\n')));
        Bytes sixteen = Bytes.of(0xFF, 0xFE, 'a', 0, '\n', 0, 'b', 0);
        Bytes longer = Bytes.of(0xFF, 0xFE, 'a', 0, '\n', 0, 'b', 0, '\n', 0, 'c', 0);
        Bytes other = Bytes.of(0xFF, 0xFE, 'A', 0, '\n', 0, 'b', 0);
        assertThat(TextMerge.merge(sixteen, longer, other, LABELS))
                .isEqualTo(new Result.Clean(Bytes.of(0xFF, 0xFE, 'A', 0, '\n', 0, 'b', 0, '\n', 0, 'c', 0)));
    }

    @Test
    void binaryFilesAreOnlyMergedWhenOneSideLeftThemAlone() {
        Bytes base = Bytes.of(0, 1, 2);
        Bytes other = Bytes.of(0, 1, 3);
        assertThat(TextMerge.merge(base, base, other, LABELS)).isEqualTo(new Result.Clean(other));
        assertThat(TextMerge.merge(base, other, Bytes.of(9, 0), LABELS)).isInstanceOf(Result.NotText.class);
    }

    @Test
    void withoutABaseAdditionsOfOneSideMergeAndNothingElse() {
        assertThat(TextMerge.union(Bytes.utf8("a\nb\n"), Bytes.utf8("a\nx\nb\n"), LABELS))
                .isEqualTo(new Result.Clean(Bytes.utf8("a\nx\nb\n")));
        assertThat(TextMerge.union(Bytes.utf8("a\nb\nc\nd\n"), Bytes.utf8("a\nB\nc\nd\n"), LABELS))
                .isInstanceOf(Result.Clashes.class);
    }

    @Test
    void withoutABaseTheFileKeepsItsMarkItsLineEndsAndItsEncoding() {
        assertThat(union("\uFEFFa\nb\n", "a\nb\nc\n")).isEqualTo("\uFEFFa\nb\nc\n");
        assertThat(union("a\nb\n", "\uFEFFa\nb\nc\n")).isEqualTo("a\nb\nc\n");
        assertThat(union("a\r\nb\r\n", "a\nb\nc\n")).isEqualTo("a\r\nb\r\nc\r\n");
        assertThat(union("a\nb\n", "a\nb")).isEqualTo("a\nb\n");
        assertThat(union("a\nb", "a\nb\n")).isEqualTo("a\nb\n");
        assertThat(union("a\nb", "a\nb\nc")).isEqualTo("a\nb\nc");
        assertThat(union("", "a\r\nb\r\n")).isEqualTo("a\r\nb\r\n");
        assertThat(TextMerge.union(Bytes.of(0xE4, '\n'), Bytes.utf8("\u00E4\nb\n"), LABELS))
                .isEqualTo(new Result.Clean(Bytes.of(0xE4, '\n', 'b', '\n')));
        assertThat(TextMerge.union(Bytes.of(0xE4, '\n'), Bytes.utf8("\u00E4\n\u20AC\n"), LABELS))
                .isEqualTo(new Result.Clean(Bytes.utf8("\u00E4\n\u20AC\n")));
    }

    private static String union(String mine, String theirs) {
        return text(((Result.Clean) TextMerge.union(Bytes.utf8(mine), Bytes.utf8(theirs), LABELS)).content());
    }

    @Test
    void emptyFilesAreTexts() {
        assertThat(clean("", "a\n", "")).isEqualTo("a\n");
        assertThat(clean("", "a\n", "b\n")).isEqualTo("a\nb\n");
        assertThat(clean("a\n", "", "a\n")).isEmpty();
    }

    @Test
    void aLargeRewriteEndsSoon() {
        StringBuilder mine = new StringBuilder();
        StringBuilder theirs = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            mine.append("m").append(i % 70).append('\n');
            theirs.append("m").append(i * 31 % 67).append('\n');
        }
        assertThat(merge("", mine.toString(), theirs.toString())).isNotInstanceOf(Result.NotText.class);
    }

    private static String clean(String base, String mine, String theirs) {
        Result result = merge(base, mine, theirs);
        assertThat(result).isInstanceOf(Result.Clean.class);
        return text(((Result.Clean) result).content());
    }

    private static Result merge(String base, String mine, String theirs) {
        return TextMerge.merge(Bytes.utf8(base), Bytes.utf8(mine), Bytes.utf8(theirs), LABELS);
    }

    private static String text(Bytes content) {
        return new String(content.toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
