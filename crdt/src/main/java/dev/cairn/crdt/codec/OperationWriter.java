package dev.cairn.crdt.codec;

/**
 * Writes the instructions of one document's part of a change, in the layout of the package's documentation.
 *
 * <p>The caller navigates and edits in a valid order; a reader checks everything again.
 *
 * <p>{@link #insertOn} and {@link #deleteOn} join what belongs together: an insertion right behind the one before it
 * continues that one, and so does a deletion that begins or ends where the one before it was. Typing is one instruction
 * then, as are deletes and backspaces, and nothing but the bytes is different. The units get the same ids; the second
 * insertion's left origin is the last unit of the first, behind which nobody can have put anything yet, so that it has
 * no right parent: just what a unit within one insertion has (SPEC section 12.5). A deletion names the same units, as
 * long as everything it named is gone; the caller says when something stayed.
 */
public final class OperationWriter {
    /** Room which is kept for the next change. */
    private static final int KEPT_BYTES_MAX = 1 << 16;

    /** A count of so much or more stands behind its tag, less this number. */
    private static final int COUNT_IN_TAG_MAX = 15;

    private static final int NOTHING = -1;

    private ByteSink sink = new ByteSink();

    /** The kind of the last instruction if the next may continue it. */
    private int open = NOTHING;

    private int openStart;
    private int openContent;
    private int openPosition;
    private int openCount;

    /** Forgets what was written. */
    public OperationWriter reset() {
        if (sink.array().length > KEPT_BYTES_MAX) {
            sink = new ByteSink();
        }
        sink.truncate(0);
        open = NOTHING;
        return this;
    }

    /** Returns what was written. */
    public ByteSink sink() {
        return sink;
    }

    private void tagged(int kind, int nibble) {
        open = NOTHING;
        sink.octet((nibble << 4) | kind);
    }

    private void counted(int kind, int count) {
        open = NOTHING;
        sink.octet((Math.min(count, COUNT_IN_TAG_MAX) << 4) | kind);
        if (count >= COUNT_IN_TAG_MAX) {
            sink.varint(count - COUNT_IN_TAG_MAX);
        }
    }

    private void begin(int kind, int position, int count) {
        openStart = sink.length();
        counted(kind, count);
        sink.varint(position);
        openContent = sink.length();
        openPosition = position;
        openCount = count;
        open = kind;
    }

    /** Writes the beginning of the open instruction again, and moves its content if that takes more or less room. */
    private void extend(int position, int more) {
        openPosition = position;
        openCount += more;
        int rest = openCount - COUNT_IN_TAG_MAX;
        int content = openStart + 1 + (rest < 0 ? 0 : ByteSink.varintLength(rest)) + ByteSink.varintLength(position);
        if (content != openContent) {
            sink.move(openContent, content);
            openContent = content;
        }
        int at = sink.setOctet(openStart, (Math.min(openCount, COUNT_IN_TAG_MAX) << 4) | open);
        if (rest >= 0) {
            at = sink.setVarint(at, rest);
        }
        sink.setVarint(at, position);
    }

    private boolean continues(int kind, int count) {
        return open == kind && count <= Integer.MAX_VALUE - openCount;
    }

    /** Says that the next instruction must not continue the last one. */
    public void endInstruction() {
        open = NOTHING;
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
        begin(Layout.INSERT, position, count);
    }

    /** Deletes. */
    public void delete(int position, int count) {
        begin(Layout.DELETE, position, count);
    }

    /** Inserts, as part of the last insertion if it goes right behind it; as many code points or values follow. */
    public void insertOn(int position, int count) {
        if (continues(Layout.INSERT, count) && position == (long) openPosition + openCount) {
            extend(openPosition, count);
        } else {
            insert(position, count);
        }
    }

    /**
     * Deletes, as part of the last deletion if it goes right before or behind it. Unless all the units named are gone
     * then, {@link #endInstruction} must follow.
     */
    public void deleteOn(int position, int count) {
        boolean continues = continues(Layout.DELETE, count)
                && (position == openPosition || (long) position + count == openPosition);
        if (continues) {
            extend(position, count);
        } else {
            delete(position, count);
        }
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
