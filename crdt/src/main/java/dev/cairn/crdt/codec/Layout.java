package dev.cairn.crdt.codec;

/** The numbers and limits of the encoding; see the package's documentation. */
public final class Layout {
    /** Selects a document and its root map. */
    public static final int DOCUMENT = 0;

    /** Goes into a container. */
    public static final int ENTER = 1;

    /** Goes out of containers. */
    public static final int LEAVE = 2;

    /** Assigns a scalar to a key. */
    public static final int PUT = 3;

    /** Removes a key. */
    public static final int REMOVE = 4;

    /** Assigns a container to a key. */
    public static final int MAKE = 5;

    /** Inserts into a text or list. */
    public static final int INSERT = 6;

    /** Deletes from a text or list. */
    public static final int DELETE = 7;

    /** Adds to a counter. */
    public static final int ADD = 8;

    /** The greatest length of a document name or key in bytes of UTF-8. */
    public static final int NAME_BYTES_MAX = 1024;

    /** The greatest number of containers inside one another; keeps recursion over a document shallow. */
    public static final int DEPTH_MAX = 64;

    /** The first value tag which stands for a container; the type's number is added. */
    public static final int CONTAINER_TAG = 16;

    private Layout() {}
}
