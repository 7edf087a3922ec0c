package dev.cairn.crdt.codec;

/** The numbers and limits of the encoding; see the package's documentation. */
public final class Layout {
    /** Selects a document and its root map. */
    public static final int DOCUMENT = 0;

    /** Goes into a container derived from a key. */
    public static final int ENTER = 1;

    /** Goes out of containers. */
    public static final int LEAVE = 2;

    /** Assigns a scalar to a key of a map, or to a register. */
    public static final int PUT = 3;

    /** Removes a key, or clears a register. */
    public static final int REMOVE = 4;

    /** Assigns a container to a key, or to a register. */
    public static final int MAKE = 5;

    /** Inserts into a text or a list of either kind. */
    public static final int INSERT = 6;

    /** Deletes from a text or a list of either kind. */
    public static final int DELETE = 7;

    /** Adds to a counter. */
    public static final int ADD = 8;

    /** Goes into the container which an operation made. */
    public static final int ENTER_MADE = 9;

    /** Moves an element of a movable list. */
    public static final int MOVE = 10;

    /** Assigns to an element of a movable list. */
    public static final int SET = 11;

    /** Marks a range of a text. */
    public static final int MARK = 12;

    /** Puts a node of a tree below another. */
    public static final int PLACE = 13;

    /** Takes a node with all below it out of a tree, or dismisses what was lost inside a deleted element. */
    public static final int DROP = 14;

    /** Says which change this one takes back, or makes again; it has no effect of its own. */
    public static final int TAKE_BACK = 15;

    /** Of {@link #TAKE_BACK}: what was taken back before is made again. */
    public static final int AGAIN = 1;

    /** Of {@link #MARK}: text inserted right before the range belongs to it. */
    public static final int EXPANDS_BEFORE = 1;

    /** Of {@link #MARK}: text inserted right behind the range belongs to it. */
    public static final int EXPANDS_AFTER = 2;

    /** Of {@link #SET}: assigns a container again which the element had before. */
    public static final int HAD_BEFORE = 1;

    /** Of {@link #PLACE}: makes a node. */
    public static final int NEW_NODE = 1;

    /** Of {@link #PLACE}: the place is under no other node. */
    public static final int AT_TOP = 2;

    /** The greatest length of a node's position key in bytes. */
    public static final int POSITION_BYTES_MAX = 255;

    /** The greatest length of a document name or key in bytes of UTF-8. */
    public static final int NAME_BYTES_MAX = 1024;

    /** The greatest number of containers inside one another; keeps recursion over a document shallow. */
    public static final int DEPTH_MAX = 64;

    /** The greatest sequence number of a change. */
    public static final long SEQ_MAX = (1L << 53) - 1;

    /** The first value tag which stands for a container; the type's number is added. */
    public static final int CONTAINER_TAG = 16;

    private Layout() {}
}
