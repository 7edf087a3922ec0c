package dev.cairn.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {

    @Test
    void ordinaryTextOfAnyLanguageIsLeftAlone() {
        assertThat(Printable.line("Grüße 山 \uD83C\uDFD4")).isEqualTo("Grüße 山 \uD83C\uDFD4");
    }

    @Test
    void whatWouldMoveTheCursorOrTurnTheTextIsWrittenOut() {
        assertThat(Printable.line("a\u001b[2Jb\nc\u202ed\u0007")).isEqualTo("a\\u001b[2Jb\\nc\\u202ed\\u0007");
    }

    @Test
    void theEndOfALongTextIsShownWithoutSplittingAPair() {
        assertThat(Printable.tail("0123456789", 6)).isEqualTo("...789");
        assertThat(Printable.tail("ab\uD83C\uDFD4\uD83C\uDFD4\uD83C\uDFD4", 4)).isEqualTo("...\uD83C\uDFD4");
        assertThat(Printable.tail("short", 6)).isEqualTo("short");
    }
}
