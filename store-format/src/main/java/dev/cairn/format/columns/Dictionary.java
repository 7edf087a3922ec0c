package dev.cairn.format.columns;

import dev.cairn.format.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Different things in the order in which they first occur: 0 stands for one that is new, n + 1 for number n.
 *
 * <p>A full dictionary takes up nothing more, so that it costs bounded memory whatever it is told; what is not in it is
 * new every time, and has the number {@link #ENTRIES_MAX}. Things are comparable, so that many with one hash cost a
 * tree and no list.
 */
final class Dictionary<T extends Comparable<T>> {
    static final int ENTRIES_MAX = 65_536;

    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> things = new ArrayList<>();

    /** The number of a thing, or -1 if it is new. */
    int find(T thing) {
        Integer number = numbers.get(thing);
        return number == null ? -1 : number;
    }

    /** Takes up a thing which is new; returns its number. */
    int add(T thing) {
        if (things.size() == ENTRIES_MAX) {
            return ENTRIES_MAX;
        }
        numbers.put(thing, things.size());
        things.add(thing);
        return things.size() - 1;
    }

    /** Takes up a thing which a reader was told to be new. */
    int addNew(T thing) throws MalformedException {
        if (numbers.containsKey(thing)) {
            throw new MalformedException("an entry twice in a dictionary");
        }
        return add(thing);
    }

    T get(int number) {
        return things.get(number);
    }

    /** The number that a reference other than 0 stands for. */
    int number(long reference) throws MalformedException {
        if (reference < 1 || reference > things.size()) {
            throw new MalformedException("entry " + reference + " of a dictionary of " + things.size());
        }
        return (int) (reference - 1);
    }
}
