package dev.cairn.merge.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Documents in memory, of a process which can be made to die before or after it has changed them. */
final class FakeDocuments implements Documents {
    final SortedMap<String, String> texts = new TreeMap<>();
    Dies dies = Dies.NEVER;
    /** Told before and after documents are changed. */
    Runnable each = () -> {};

    private final List<Map.Entry<String, String>> history = new ArrayList<>();

    enum Dies {
        NEVER,
        BEFORE,
        AFTER
    }

    /** The process is gone. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(texts.keySet());
    }

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    @Override
    public Optional<String> problem(String name) {
        return name.startsWith("odd") ? Optional.of("is odd") : Optional.empty();
    }

    @Override
    public List<Boolean> replace(List<Replacement> replacements) {
        if (dies == Dies.BEFORE) {
            throw new Death();
        }
        each.run();
        List<Boolean> done = new ArrayList<>();
        for (Replacement replacement : replacements) {
            boolean fits = text(replacement.name()).equals(replacement.expected());
            done.add(fits);
            if (fits && replacement.next().isPresent()) {
                texts.put(replacement.name(), replacement.next().get());
                history.add(Map.entry(replacement.name(), replacement.next().get()));
            } else if (fits) {
                texts.remove(replacement.name());
            }
        }
        each.run();
        if (dies == Dies.AFTER) {
            throw new Death();
        }
        return done;
    }

    @Override
    public String mark() {
        return Integer.toString(history.size());
    }

    @Override
    public boolean said(String name, String mark, String text) {
        return history.subList(Integer.parseInt(mark), history.size()).contains(Map.entry(name, text));
    }

    /** The document, with the lines behind it which only the file has: all that the tests ask for. */
    @Override
    public String mergeCharacters(String agreed, String file, String document) {
        List<String> lines = new ArrayList<>(document.lines().toList());
        file.lines().filter(line -> !lines.contains(line)).forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }
}
