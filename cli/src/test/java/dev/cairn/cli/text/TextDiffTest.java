package dev.cairn.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TextDiffTest {

    @Test
    void equalTextsHaveNoDifference() {
        assertThat(TextDiff.between("stone", "stone")).isEmpty();
    }

    @Test
    void aWordInTheMiddleIsOneSplice() {
        assertThat(TextDiff.between("one stone", "one grey stone")).containsExactly(new Splice(4, 0, "grey "));
        assertThat(TextDiff.between("one grey stone", "one stone")).containsExactly(new Splice(4, 5, ""));
    }

    @Test
    void anInsertedLineStartsAtTheStartOfALine() {
        assertThat(TextDiff.between("- milk\n- bread\n", "- milk\n- eggs\n- bread\n"))
                .containsExactly(new Splice(7, 0, "- eggs\n"));
    }

    @Test
    void oneOfTwoEqualLinesIsRemovedWhole() {
        assertThat(TextDiff.between("a b\na b\nc\n", "a b\nc\n"))
                .hasSize(1)
                .first()
                .satisfies(splice -> {
                    assertThat(splice.position() % 4).isZero();
                    assertThat(splice.removed()).isEqualTo(4);
                });
    }

    @Test
    void positionsAreUtf16UnitsOfTheTextBefore() {
        assertThat(TextDiff.between("\uD83D\uDE00a\uD83D\uDE00z", "\uD83D\uDE00b\uD83D\uDE00y"))
                .containsExactly(new Splice(2, 1, "b"), new Splice(5, 1, "y"));
    }

    @Test
    void scatteredEditsOfAMillionCharactersAreFoundOneByOne() {
        Random random = new Random(7);
        StringBuilder before = new StringBuilder();
        while (before.length() < 1_000_000) {
            before.append((char) ('a' + random.nextInt(26)));
        }
        StringBuilder after = new StringBuilder(before);
        for (int i = 0; i < 2000; i++) {
            after.insert(i * 480 + random.nextInt(400), "XYZ");
        }
        List<Splice> splices = TextDiff.between(before.toString(), after.toString());
        assertThat(TextDiff.apply(before.toString(), splices)).isEqualTo(after.toString());
        assertThat(splices).hasSize(2000).allMatch(splice -> splice.inserted().length() - splice.removed() == 3);
        assertThat(splices.stream().mapToInt(Splice::removed).sum()).isLessThan(20);
    }

    @Test
    void unrelatedTextsEndInACorrectDifference() {
        String before = random(1, 200_000);
        String after = random(2, 200_000);
        assertThat(TextDiff.apply(before, TextDiff.between(before, after))).isEqualTo(after);
    }

    private static String random(long seed, int length) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
