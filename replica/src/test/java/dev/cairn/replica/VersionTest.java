package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.WriterId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How versions are spelled: in one way. */
class VersionTest {
    private static final WriterId WRITER = new WriterId(1, 2);

    @Test
    void whatIsPrintedIsRead() {
        Version version = new Version(List.of(new Version.Head(WRITER, 5)));

        assertThat(Version.parse(version.toString())).isEqualTo(version);
        assertThat(Version.parse("empty")).isEqualTo(Version.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+5", "-5", "0", "05", "", " 5", "5 ", "٥", "9223372036854775808", "5.", "5,"})
    void anotherSpellingOfANumberIsRefused(String number) {
        assertThatThrownBy(() -> Version.parse(WRITER + "." + number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a version");
    }
}
