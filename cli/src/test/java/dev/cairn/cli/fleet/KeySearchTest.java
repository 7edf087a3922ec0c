package dev.cairn.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeySearchTest {
    @TempDir
    private Path folder;

    private final Bytes keys = noise(1, 200);

    private static Bytes noise(long seed, int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return Bytes.owning(bytes);
    }

    private boolean isFound(Bytes content) throws IOException {
        Files.write(
                folder.resolve("file"),
                Bytes.concat(noise(2, 1001), content, noise(3, 77)).toArray());
        KeySearch search = new KeySearch();
        search.add(keys);
        return !search.found(folder).isEmpty();
    }

    @Test
    void theBytesOfAKeyAreFoundWhereverTheyAre() throws IOException {
        assertThat(isFound(Bytes.empty())).isFalse();
        assertThat(isFound(keys.slice(57, 89))).isTrue();
        assertThat(isFound(keys.slice(57, 81))).as("a part of it").isTrue();
        assertThat(isFound(keys.slice(57, 73))).as("an id").isFalse();
    }

    @Test
    void soAreItsDigits() throws IOException {
        assertThat(isFound(Bytes.utf8(" " + keys.slice(100, 132).toHex() + " ")))
                .isTrue();
        assertThat(isFound(Bytes.utf8(" 0" + keys.slice(100, 132).toHex() + " ")))
                .as("at an odd place")
                .isTrue();
        assertThat(isFound(Bytes.utf8(" " + noise(9, 32).toHex() + " "))).isFalse();
    }

    @Test
    void soIsItsBase64OfEitherAlphabetFromAnyByteOn() throws IOException {
        for (int from = 0; from < 3; from++) {
            byte[] bytes = keys.slice(100 - from, 140).toArray();
            assertThat(isFound(Bytes.utf8("\"" + Base64.getEncoder().encodeToString(bytes) + "\"")))
                    .isTrue();
            assertThat(isFound(Bytes.utf8(
                            "x:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ".")))
                    .isTrue();
        }
        String other = Base64.getEncoder().encodeToString(noise(9, 60).toArray());
        assertThat(isFound(Bytes.utf8(other))).isFalse();
    }
}
