package dev.cairn.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountedTest {

    @Test
    void oneIsSingular() {
        assertThat(Counted.of(1, "file")).isEqualTo("1 file");
        assertThat(Counted.grouped(1, "file")).isEqualTo("1 file");
        assertThat(Counted.word(1, "was", "were")).isEqualTo("was");
    }

    @Test
    void noneAndSeveralArePlural() {
        assertThat(Counted.of(0, "file")).isEqualTo("0 files");
        assertThat(Counted.of(2, "file")).isEqualTo("2 files");
        assertThat(Counted.word(0, "was", "were")).isEqualTo("were");
        assertThat(Counted.word(2, "was", "were")).isEqualTo("were");
    }

    @Test
    void largeNumbersCanBeGrouped() {
        assertThat(Counted.of(1_234_567, "byte")).isEqualTo("1234567 bytes");
        assertThat(Counted.grouped(1_234_567, "byte")).isEqualTo("1,234,567 bytes");
    }
}
