package dev.cairn.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the authors type: sentences in the public domain, see the NOTICE beside them. No two begin alike. */
final class Prose {
    /** So many characters tell any sentence from all others, even behind a number such as "(999) ". */
    static final int TELLING_PREFIX = 18;

    private Prose() {}

    static List<String> sentences() {
        try (InputStream in = Prose.class.getResourceAsStream("prose.txt")) {
            if (in == null) {
                throw new IllegalStateException("prose.txt is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("prose.txt", unreadable);
        }
    }
}
