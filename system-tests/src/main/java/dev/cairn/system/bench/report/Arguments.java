package dev.cairn.system.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Options and plain words of a command line: {@code --name value}, {@code --name=value} and flags, in any order. {@code
 * --json} is always allowed and changes nothing.
 */
public final class Arguments {
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Set<String> flags = new HashSet<>();
    private final List<String> words = new ArrayList<>();

    /**
     * Reads what was given.
     *
     * @throws IllegalArgumentException if an option is unknown or lacks its value, or the number of words is wrong
     */
    public Arguments(List<String> given, Workload workload) {
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            if (!word.startsWith("--")) {
                words.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            if (equals < 0 && (name.equals("json") || workload.flags().contains(name))) {
                flags.add(name);
            } else if (!workload.options().contains(name)) {
                throw unknown(word, workload);
            } else if (equals >= 0) {
                options.put(name, word.substring(equals + 1));
            } else if (i + 1 == given.size() || given.get(i + 1).startsWith("--")) {
                throw new IllegalArgumentException(word + " takes a value");
            } else {
                options.put(name, given.get(++i));
            }
        }
        if (words.size() != workload.words()) {
            throw new IllegalArgumentException(
                    "expected " + workload.words() + " words besides the options, found " + words);
        }
    }

    private static IllegalArgumentException unknown(String word, Workload workload) {
        Set<String> known = new TreeSet<>(workload.options());
        known.addAll(workload.flags());
        return new IllegalArgumentException("unknown option " + word + "; known are --" + String.join(", --", known));
    }

    /** The plain words, in order. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** Whether the flag was given. */
    public boolean has(String flag) {
        return flags.contains(flag);
    }

    /** The value of an option as it was given. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** The value of an option as a whole number of at least 1. */
    public int number(String name, int otherwise) {
        long value = numbers(name, Integer.toString(otherwise))[0];
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("--" + name + " takes a number of at least 1, not " + value);
        }
        return (int) value;
    }

    /** A comma-separated list of whole numbers of at least 1; underscores group digits. */
    public long[] numbers(String name, String otherwise) {
        String text = options.getOrDefault(name, otherwise);
        try {
            long[] numbers = Arrays.stream(text.split(",", -1))
                    .mapToLong(part -> Long.parseLong(part.strip().replace("_", "")))
                    .toArray();
            if (Arrays.stream(numbers).allMatch(number -> number >= 1)) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " takes whole numbers, not " + text, e);
        }
        throw new IllegalArgumentException("--" + name + " takes numbers of at least 1, not " + text);
    }
}
