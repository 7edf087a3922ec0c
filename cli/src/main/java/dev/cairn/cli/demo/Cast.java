package dev.cairn.cli.demo;

import dev.cairn.replica.Space;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

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
        return new Player(name, folder, space, new Author(name, space, again(own), random));
    }

    /** Sentences without end: who has said everything says it again, numbered, so that no two lines are equal. */
    static Iterator<String> again(List<String> sentences) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> {
                    int round = i / sentences.size() + 1;
                    String sentence = sentences.get(i % sentences.size());
                    return round == 1 ? sentence : "(" + round + ") " + sentence;
                })
                .iterator();
    }
}
