package dev.cairn.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProseTest {

    @Test
    void noTwoLinesOfManyRoundsBeginAlike() {
        List<String> sentences = Prose.sentences();
        assertThat(sentences).hasSizeGreaterThan(30);
        Iterator<String> lines = Cast.again(sentences);
        List<String> beginnings = new ArrayList<>();
        for (int i = 0; i < 100 * sentences.size(); i++) {
            String line = lines.next();
            beginnings.add(line.substring(0, Math.min(line.length(), Prose.TELLING_PREFIX)));
        }
        assertThat(beginnings).doesNotHaveDuplicates();
    }

    @Test
    void everySentenceIsOnePrintableLine() {
        assertThat(Prose.sentences()).allSatisfy(sentence -> {
            assertThat(sentence)
                    .isEqualTo(sentence.strip())
                    .doesNotContain("  ")
                    .hasSizeGreaterThan(20);
            assertThat(sentence.chars().noneMatch(Character::isISOControl)).isTrue();
        });
    }
}
