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

    /** The bytes of everything, history included, as the engine would write it to a file. */
    long savedBytes();

    /** Reads what was saved and shows the text. */
    String loaded();
}
