package dev.cairn.crdt.log;

import dev.cairn.crdt.view.KeyOrder;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SortedSet;

/**
 * Names in the order of their bytes, in an array: to go through them is to go through memory, and they take a word
 * each. Never changes.
 */
@SuppressWarnings("JdkObsolete") // what the engine returns is a SortedSet
final class NameSet extends AbstractSet<String> implements SortedSet<String> {
    static final NameSet EMPTY = new NameSet();

    private final String[] names;
    private final int from;
    private final int to;

    /** The set of names which are in order, none of them twice. */
    NameSet(String... names) {
        this(names, 0, names.length);
    }

    private NameSet(String[] names, int from, int to) {
        this.names = names;
        this.from = from;
        this.to = to;
    }

    /** Returns these names without some and with others, which are in order and not among these. */
    NameSet changed(NameSet without, String[] with) {
        String[] result = new String[size() - without.size() + with.length];
        int next = 0;
        int added = 0;
        int removed = without.from;
        for (int i = from; i < to; i++) {
            if (removed < without.to && without.names[removed].equals(names[i])) {
                removed++;
                continue;
            }
            while (added < with.length && KeyOrder.INSTANCE.compare(with[added], names[i]) < 0) {
                result[next++] = with[added++];
            }
            result[next++] = names[i];
        }
        System.arraycopy(with, added, result, next, with.length - added);
        return new NameSet(result);
    }

    /** Returns the index of the first name which is not before this one. */
    private int ceiling(Object name) {
        int index = Arrays.binarySearch(names, from, to, (String) name, KeyOrder.INSTANCE);
        return index < 0 ? -index - 1 : index;
    }

    @Override
    public boolean contains(Object name) {
        return name instanceof String text && Arrays.binarySearch(names, from, to, text, KeyOrder.INSTANCE) >= 0;
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.asList(names).subList(from, to).iterator();
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public Comparator<? super String> comparator() {
        return KeyOrder.INSTANCE;
    }

    @Override
    public SortedSet<String> subSet(String first, String end) {
        int start = ceiling(first);
        int stop = ceiling(end);
        if (KeyOrder.INSTANCE.compare(first, end) > 0) {
            throw new IllegalArgumentException(first + " is behind " + end);
        }
        return new NameSet(names, start, stop);
    }

    @Override
    public SortedSet<String> headSet(String end) {
        return new NameSet(names, from, ceiling(end));
    }

    @Override
    public SortedSet<String> tailSet(String first) {
        return new NameSet(names, ceiling(first), to);
    }

    @Override
    public String first() {
        return at(from);
    }

    @Override
    public String last() {
        return at(to - 1);
    }

    private String at(int index) {
        if (from == to) {
            throw new NoSuchElementException("a set without names has no first and no last one");
        }
        return names[index];
    }
}
