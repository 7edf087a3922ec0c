package dev.cairn.system.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code --name value} pairs and plain words of a command line; {@code --json} is allowed and changes nothing. */
final class Arguments {
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();

    Arguments(List<String> given) {
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            boolean valued = i + 1 < given.size() && !given.get(i + 1).startsWith("--");
            if (word.startsWith("--") && valued && !word.equals("--json")) {
                options.put(word.substring(2), given.get(++i));
            } else if (word.startsWith("--")) {
                options.put(word.substring(2), "true");
            } else {
                words.add(word);
            }
        }
    }

    List<String> words() {
        return List.copyOf(words);
    }

    int number(String name, int otherwise) {
        return Math.toIntExact(numbers(name, Integer.toString(otherwise))[0]);
    }

    /** A comma-separated list of whole numbers; underscores group digits. */
    long[] numbers(String name, String otherwise) {
        String text = options.getOrDefault(name, otherwise);
        try {
            return Arrays.stream(text.split(","))
                    .mapToLong(part -> Long.parseLong(part.strip().replace("_", "")))
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " takes whole numbers, not " + text, e);
        }
    }
}
