package dev.cairn.crdt.codec;

/**
 * Writes the instructions of one document's part of a change, in the layout of the package's documentation.
 *
 * <p>The caller navigates and edits in a valid order; a reader checks everything again.
 */
public final class OperationWriter {
    /** Room which is kept for the next change. */
    private static final int KEPT_BYTES_MAX = 1 << 16;

    private ByteSink sink = new ByteSink();

    /** Forgets what was written. */
    public OperationWriter reset() {
        if (sink.array().length > KEPT_BYTES_MAX) {
            sink = new ByteSink();
        }
        sink.truncate(0);
        return this;
    }

    /** Returns what was written. */
    public ByteSink sink() {
        return sink;
    }

    private void tagged(int kind, int nibble) {
        sink.octet((nibble << 4) | kind);
    }

    private void counted(int kind, int count) {
        if (count < 15) {
            tagged(kind, count);
        } else {
            tagged(kind, 15);
            sink.varint(count - 15);
        }
    }

    /** Selects a document and its root map. */
    public void document(byte[] name, int start, int length) {
        counted(Layout.DOCUMENT, length);
        sink.bytes(name, start, length);
    }

    /** Goes into the container derived from that key; an id follows if it has a base. */
    public void enter(ContainerType type, byte[] key, int start, int length, boolean based) {
        tagged(Layout.ENTER, type.number() | (based ? 8 : 0));
        sink.varint(length);
        sink.bytes(key, start, length);
    }

    /** Goes into the container which an operation made; its id follows. */
    public void enterMade(ContainerType type) {
        tagged(Layout.ENTER_MADE, type.number());
    }

    /** Goes out of that many containers. */
    public void leave(int levels) {
        counted(Layout.LEAVE, levels);
    }

    /** Assigns to that key; a value follows. */
    public void put(byte[] key, int start, int length) {
        counted(Layout.PUT, length);
        sink.bytes(key, start, length);
    }

    /** Removes that key. */
    public void remove(byte[] key, int start, int length) {
        counted(Layout.REMOVE, length);
        sink.bytes(key, start, length);
    }

    /** Assigns a container to that key; an id follows if it has a base. */
    public void make(ContainerType type, byte[] key, int start, int length, boolean based) {
        tagged(Layout.MAKE, type.number() | (based ? 8 : 0));
        sink.varint(length);
        sink.bytes(key, start, length);
    }

    /** Inserts; as many code points or values follow. */
    public void insert(int position, int count) {
        counted(Layout.INSERT, count);
        sink.varint(position);
    }

    /** Deletes. */
    public void delete(int position, int count) {
        counted(Layout.DELETE, count);
        sink.varint(position);
    }

    /** Adds to a counter. */
    public void add(long delta) {
        tagged(Layout.ADD, 0);
        sink.zigzag(delta);
    }

    /** Moves an element of a movable list; the position it goes to is counted without it. */
    public void move(int from, int to) {
        tagged(Layout.MOVE, 0);
        sink.varint(from);
        sink.varint(to);
    }

    /** Assigns to an element of a movable list; a value follows. */
    public void set(int position) {
        tagged(Layout.SET, 0);
        sink.varint(position);
    }

    /** Assigns a container again to an element of a movable list which had it before; its id follows. */
    public void setAgain(int position) {
        tagged(Layout.SET, Layout.HAD_BEFORE);
        sink.varint(position);
    }

    /** Marks units of a text under that key; a value follows. */
    public void mark(byte[] key, int flags, int position, int count) {
        counted(Layout.MARK, key.length);
        sink.bytes(key, 0, key.length);
        sink.octet(flags);
        sink.varint(position);
        sink.varint(count);
    }

    /** Puts a node below another; the ids which the flags leave open follow, first the upper one, then the place. */
    public void place(int flags) {
        tagged(Layout.PLACE, flags);
    }

    /** Says where among its siblings a node comes, after {@link #place}. */
    public void position(byte[] key) {
        sink.octet(key.length);
        sink.bytes(key, 0, key.length);
    }

    /** Takes away what the id that follows names. */
    public void drop() {
        tagged(Layout.DROP, 0);
    }

    /** Says which change this one takes back, or makes again; only right behind the document. */
    public void takeBack(long actorHigh, long actorLow, long seq, boolean again) {
        tagged(Layout.TAKE_BACK, again ? Layout.AGAIN : 0);
        sink.varint(seq);
        sink.fixed(actorHigh);
        sink.fixed(actorLow);
    }

    /** Names an operation of another change. */
    public void id(long actorHigh, long actorLow, long seq, int index) {
        sink.varint(seq);
        sink.fixed(actorHigh);
        sink.fixed(actorLow);
        sink.varint(index);
    }

    /** Names an operation of this same change. */
    public void ownId(int index) {
        sink.varint(0);
        sink.varint(index);
    }
}
