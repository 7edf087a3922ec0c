package dev.cairn.cli.demo;

import dev.cairn.replica.Space;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Deals the sentences among the authors: everybody says something else. */
final class Cast {
    private final DemoOptions options;
    private final List<String> sentences;
    private int dealt;

    Cast(DemoOptions options) {
        this.options = options;
        this.sentences = new ArrayList<>(Prose.sentences());
        Collections.shuffle(sentences, new Random(options.seed()));
    }

    Player player(String name, Path folder, Space space) {
        List<String> own = new ArrayList<>();
        for (int i = dealt; i < sentences.size(); i += options.devices()) {
            own.add(sentences.get(i));
        }
        Random random = new Random(options.seed() * 31 + dealt++);
        return new Player(name, folder, space, new Author(name, space, own.iterator(), random));
    }
}
