package dev.cairn.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class PortionsProperties {

    @Property(tries = 3000)
    void oneAfterAnotherTheyAreTheWhole(
            @ForAll("texts") String before,
            @ForAll("texts") String after,
            @ForAll @IntRange(min = 2, max = 9) int max) {
        String text = before;
        for (List<Splice> portion : Portions.of(TextDiff.between(before, after), max)) {
            assertThat(portion).isNotEmpty();
            assertThat(portion.stream()
                            .mapToInt(splice -> splice.inserted().length())
                            .sum())
                    .isLessThanOrEqualTo(max);
            text = TextDiff.apply(text, portion);
            assertThat(text.codePoints().filter(point -> point >= 0xd800 && point < 0xe000))
                    .as("halves of pairs")
                    .isEmpty();
        }
        assertThat(text).isEqualTo(after);
    }

    @Property(tries = 1000)
    void whatFitsStaysWhole(@ForAll("texts") String before, @ForAll("texts") String after) {
        List<Splice> splices = TextDiff.between(before, after);
        assertThat(Portions.of(splices)).isEqualTo(splices.isEmpty() ? List.of() : List.of(splices));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "c", "\uD83D\uDE00")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }
}
