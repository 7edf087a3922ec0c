package dev.cairn.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.cli.shell.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentPathTest {

    @Test
    void segmentsAreJoinedByDotsOrSlashes() {
        assertThat(DocumentPath.parse("items.2.title").segments()).containsExactly("items", "2", "title");
        assertThat(DocumentPath.parse("/items/2/title").segments()).containsExactly("items", "2", "title");
    }

    @Test
    void aBackslashTakesTheNextCharacterAsItIs() {
        assertThat(DocumentPath.parse("files.read\\.me\\\\.a\\/b").segments())
                .containsExactly("files", "read.me\\", "a/b");
    }

    @Test
    void aDotAloneIsTheDocument() {
        assertThat(DocumentPath.parse(".").isRoot()).isTrue();
        assertThat(DocumentPath.parse("/").isRoot()).isTrue();
    }

    @Test
    void emptyPartsAndAnOpenEscapeAreUsageErrors() {
        for (String path : List.of("", "a..b", "a.", ".a", "//a", "a\\")) {
            assertThatThrownBy(() -> DocumentPath.parse(path))
                    .as(path)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo("usage"));
        }
    }
}
