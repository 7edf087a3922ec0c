package dev.cairn.system.bench.peer;

import java.util.List;

/** One device's copy of a document of some engine: a root map, the text {@code body} and the counter {@code count}. */
interface Replica {
    /** Assigns a number to a key of the root map. */
    void put(String key, int value);

    /** Inserts into the text; positions count UTF-16 code units. */
    void insert(int position, String text);

    /** Deletes from the text. */
    void delete(int position, int length);

    /** Adds to the counter. */
    void add(int delta);

    /** Makes as many elements of the movable list; throws UnsupportedOperationException if there is no such type. */
    void elements(int count);

    /** Moves an element of the movable list. */
    void move(int from, int to);

    /** Makes as many nodes at the top of the tree; throws UnsupportedOperationException if there is no such type. */
    void nodes(int count);

    /** Puts a node, by the order in which they were made, below another; does nothing where that makes a circle. */
    void place(int node, int above);

    /** Makes a stretch of the text bold. */
    void mark(int start, int end);

    /** Makes one change of the edits since the last commit. */
    void commit();

    /** The own changes since the last call, encoded as they would be sent, in order. */
    List<Object> drain();

    /** Takes in changes of others, in one batch. */
    void apply(List<Object> changes);

    /** The text. */
    String text();

    /** The number of keys of the root map, without the text and the counter. */
    int keys();

    /** The counter. */
    long count();

    /** How many elements the movable list and how many nodes the tree has. */
    int pieces();

    /** The bytes of everything, history included, as the engine would write it to a file. */
    long savedBytes();

    /** Reads what was saved and shows the text. */
    String loaded();
}
