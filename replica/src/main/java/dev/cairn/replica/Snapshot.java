package dev.cairn.replica;

import java.util.SortedSet;

/** The documents of a space at one version; immutable and safe to read from any thread. */
public interface Snapshot {
    /** The version shown. */
    Version version();

    /** The names of the documents that exist at this version. */
    SortedSet<String> documents();

    /** The document of that name; empty, never absent, when nothing was ever written to it. */
    Document document(String name);
}
