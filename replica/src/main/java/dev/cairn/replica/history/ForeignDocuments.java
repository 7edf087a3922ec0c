package dev.cairn.replica.history;

import dev.cairn.format.Bytes;
import java.nio.ByteBuffer;
import java.util.SortedSet;

/** Documents which another device has saved, in this program's form. */
public interface ForeignDocuments {
    /** The names of all documents. */
    SortedSet<String> names();

    /** The version they have. */
    Bytes version();

    /** The state of one of them. */
    ByteBuffer state(String name);
}
