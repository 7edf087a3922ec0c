package dev.cairn.crdt.codec;

import java.util.Arrays;

/**
 * A cursor over the encoded operations of a change; refuses everything but the one valid encoding.
 *
 * <p>After {@link #next()} has returned true the fields describe the instruction. The layout is in the package's
 * documentation. Nothing is allocated.
 */
public final class OperationReader {
    byte[] bytes = new byte[0];
    int position;
    private int end;
    private int depth;
    private boolean navigating;
    private boolean leaving;
    private boolean inDocument;
    private int documentStart;
    private int documentLength;
    private int documentEnd;
    private final byte[] types = new byte[Layout.DEPTH_MAX + 1];

    private int kind;
    private int count;
    private int at;
    private int keyStart;
    private int keyLength;
    private int contentStart;
    private int contentEnd;
    private ContainerType type = ContainerType.MAP;
    private boolean based;
    private boolean made;
    private long delta;
    private int flags;
    private long parentActorHigh;
    private long parentActorLow;
    private long parentSeq;
    private int parentIndex;
    private long idActorHigh;
    private long idActorLow;
    private long idSeq;
    private int idIndex;

    /** Sets the cursor before the operations of a change, or before one document's part of them. */
    public OperationReader reset(byte[] source, int from, int to) {
        bytes = source;
        position = from;
        end = to;
        depth = 0;
        navigating = false;
        leaving = false;
        inDocument = false;
        documentLength = 0;
        documentEnd = -1;
        return this;
    }

    /** Moves on to the next instruction; false at the end. */
    public boolean next() {
        if (position == end) {
            if (navigating) {
                throw malformed("operations end with a navigation");
            }
            return false;
        }
        int tag = bytes[position++] & 0xff;
        kind = tag & 15;
        int nibble = tag >>> 4;
        if (!inDocument && kind != Layout.DOCUMENT) {
            throw malformed("operations start without a document");
        }
        switch (kind) {
            case Layout.DOCUMENT -> document(nibble);
            case Layout.ENTER -> enter(nibble);
            case Layout.ENTER_MADE -> enterMade(nibble);
            case Layout.LEAVE -> leave(nibble);
            default -> operation(nibble);
        }
        return true;
    }

    private void document(int nibble) {
        if (navigating) {
            throw malformed("a navigation leads to no operation");
        }
        int length = key(count(nibble));
        if (documentLength > 0 && compare(documentStart, documentLength, keyStart, length) >= 0) {
            throw malformed("documents are not in ascending order");
        }
        documentStart = keyStart;
        documentLength = length;
        documentEnd = position + 1;
        inDocument = true;
        depth = 0;
        types[0] = 0;
        navigating = true;
        leaving = false;
    }

    private int compare(int a, int aLength, int b, int bLength) {
        return Arrays.compareUnsigned(bytes, a, a + aLength, bytes, b, b + bLength);
    }

    private void enter(int nibble) {
        made = false;
        derived(nibble);
        descend();
    }

    private void enterMade(int nibble) {
        if (depth != 0) {
            throw malformed("a container named by its operation is entered from the root");
        }
        made = true;
        based = false;
        type = type(nibble);
        id();
        descend();
    }

    private void descend() {
        if (depth == Layout.DEPTH_MAX) {
            throw malformed("containers are nested deeper than " + Layout.DEPTH_MAX);
        }
        types[++depth] = (byte) type.number();
        navigating = true;
        leaving = false;
    }

    /** Reads which container of a key is meant. */
    private void derived(int nibble) {
        based = (nibble & 8) != 0;
        type = type(nibble & 7);
        key(keyOf(varint31()));
        if (based) {
            id();
        }
    }

    private static ContainerType type(int number) {
        if (!ContainerType.exists(number)) {
            throw malformed("unknown container type " + number);
        }
        return ContainerType.of(number);
    }

    private void leave(int nibble) {
        count = count(nibble);
        if (navigating || leaving || count > depth) {
            throw malformed("a way out of " + count + " containers at depth " + depth);
        }
        depth -= count;
        navigating = true;
        leaving = true;
    }

    private void operation(int nibble) {
        navigating = false;
        leaving = false;
        switch (kind) {
            case Layout.PUT -> {
                key(keyOf(keyCount(nibble)));
                content(false);
            }
            case Layout.REMOVE -> key(keyOf(keyCount(nibble)));
            case Layout.MAKE -> derived(nibble);
            case Layout.INSERT -> insert(nibble);
            case Layout.DELETE -> {
                sequence();
                count = count(nibble);
                at = varint31();
            }
            case Layout.ADD -> add(nibble);
            case Layout.MOVE -> {
                plain(nibble, ContainerType.MOVABLE_LIST);
                at = varint31();
                count = varint31();
            }
            case Layout.SET -> {
                set(nibble);
            }
            case Layout.MARK -> mark(nibble);
            case Layout.PLACE -> place(nibble);
            case Layout.DROP -> drop(nibble);
            case Layout.TAKE_BACK -> takeBack(nibble);
            default -> throw malformed("unknown instruction " + kind);
        }
    }

    private void content(boolean element) {
        contentStart = position;
        value(element);
        contentEnd = position;
    }

    private void set(int nibble) {
        flags = nibble;
        plain(nibble & ~Layout.HAD_BEFORE, ContainerType.MOVABLE_LIST);
        at = varint31();
        if (flags == Layout.HAD_BEFORE) {
            id();
        } else {
            content(true);
        }
    }

    private void plain(int nibble, ContainerType wanted) {
        require(wanted);
        if (nibble != 0) {
            throw malformed("an instruction " + kind + " with " + nibble);
        }
    }

    private void mark(int nibble) {
        require(ContainerType.TEXT);
        key(count(nibble));
        flags = octet();
        at = varint31();
        count = varint31();
        if (flags > (Layout.EXPANDS_BEFORE | Layout.EXPANDS_AFTER) || count == 0) {
            throw malformed("a mark with flags " + flags + " on " + count + " units");
        }
        content(false);
    }

    private void place(int nibble) {
        require(ContainerType.TREE);
        flags = nibble;
        if (flags > (Layout.NEW_NODE | Layout.AT_TOP)) {
            throw malformed("a place with flags " + flags);
        }
        if ((flags & Layout.AT_TOP) == 0) {
            id();
            parentActorHigh = idActorHigh;
            parentActorLow = idActorLow;
            parentSeq = idSeq;
            parentIndex = idIndex;
        }
        if ((flags & Layout.NEW_NODE) == 0) {
            id();
        }
        int length = octet();
        if (length == 0 || length > end - position) {
            throw malformed("a position key of " + length + " bytes");
        }
        contentStart = position;
        position += length;
        contentEnd = position;
        if (bytes[position - 1] == 0) {
            throw malformed("a position key which ends in 0");
        }
    }

    private void drop(int nibble) {
        if (types[depth] != ContainerType.LIST.number() && types[depth] != ContainerType.MOVABLE_LIST.number()) {
            require(ContainerType.TREE);
        }
        if (nibble != 0) {
            throw malformed("an instruction " + kind + " with " + nibble);
        }
        id();
    }

    private void takeBack(int nibble) {
        flags = nibble;
        if (position != documentEnd || flags > Layout.AGAIN) {
            throw malformed("a change taken back with flags " + flags + ", not at the start of a document");
        }
        idSeq = sequenceNumber();
        if (idSeq == 0) {
            throw malformed("a sequence number of 0");
        }
        idActorHigh = fixed();
        idActorLow = fixed();
        idIndex = 0;
    }

    private long sequenceNumber() {
        long seq = varint();
        if (seq < 0 || seq > Layout.SEQ_MAX) {
            throw malformed("a sequence number beyond 2^53");
        }
        return seq;
    }

    private int octet() {
        if (position == end) {
            throw malformed("a byte is cut off");
        }
        return bytes[position++] & 0xff;
    }

    private void insert(int nibble) {
        boolean text = types[depth] == ContainerType.TEXT.number();
        sequence();
        count = count(nibble);
        at = varint31();
        if (count > end - position) {
            throw malformed("insertion of " + count + " in " + (end - position) + " bytes");
        }
        contentStart = position;
        for (int i = 0; i < count; i++) {
            if (text) {
                position = Utf8.skip(bytes, position, end);
            } else {
                value(true);
            }
        }
        contentEnd = position;
    }

    private void add(int nibble) {
        require(ContainerType.COUNTER);
        delta = zigzag();
        if (nibble != 0 || delta == 0) {
            throw malformed("an increment of nothing");
        }
    }

    private void require(ContainerType wanted) {
        if (types[depth] != wanted.number()) {
            throw malformed("an operation of a " + wanted + " on a " + ContainerType.of(types[depth]));
        }
    }

    private void sequence() {
        if (types[depth] != ContainerType.TEXT.number()
                && types[depth] != ContainerType.LIST.number()
                && types[depth] != ContainerType.MOVABLE_LIST.number()) {
            throw malformed("an operation of a sequence on a " + ContainerType.of(types[depth]));
        }
    }

    private int count(int nibble) {
        if (nibble == 0) {
            throw malformed("a count of 0");
        }
        if (nibble < 15) {
            return nibble;
        }
        int more = varint31();
        if (more > Integer.MAX_VALUE - 15) {
            throw malformed("a count beyond 2^31");
        }
        return 15 + more;
    }

    private int keyCount(int nibble) {
        return nibble == 0 ? 0 : count(nibble);
    }

    /** Checks the length of a map's key, or of a register's, which is empty. */
    private int keyOf(int length) {
        boolean register = types[depth] == ContainerType.REGISTER.number();
        if (!register) {
            require(ContainerType.MAP);
        }
        if (register != (length == 0)) {
            throw malformed("a key of " + length + " bytes in a " + ContainerType.of(types[depth]));
        }
        return length;
    }

    private int key(int length) {
        if (length > Layout.NAME_BYTES_MAX || length > end - position) {
            throw malformed("a name of " + length + " bytes");
        }
        keyStart = position;
        keyLength = length;
        int stop = position + length;
        while (position < stop) {
            position = Utf8.skip(bytes, position, stop);
        }
        return length;
    }

    private void id() {
        idSeq = sequenceNumber();
        idActorHigh = 0;
        idActorLow = 0;
        if (idSeq > 0) {
            idActorHigh = fixed();
            idActorLow = fixed();
        }
        idIndex = varint31();
    }

    long fixed() {
        if (end - position < 8) {
            throw malformed("8 bytes are cut off");
        }
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (bytes[position++] & 0xff);
        }
        return value;
    }

    void value(boolean element) {
        if (position == end) {
            throw malformed("a value is cut off");
        }
        position = ValueCodec.skip(this, bytes[position++] & 0xff, element);
    }

    /** Reads an unsigned varint: 7 bits a byte, low bits first, minimal, at most 10 bytes. */
    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == end) {
                throw malformed("a number is cut off");
            }
            int b = bytes[position++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                if ((b == 0 && shift > 0) || (shift == 63 && b > 1)) {
                    throw malformed("a number is not minimal");
                }
                return value;
            }
        }
        throw malformed("a number is longer than 10 bytes");
    }

    int varint31() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++];
        }
        long value = varint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw malformed("a number beyond 2^31");
        }
        return (int) value;
    }

    long zigzag() {
        long raw = varint();
        return (raw >>> 1) ^ -(raw & 1);
    }

    int remaining() {
        return end - position;
    }

    static MalformedOperationsException malformed(String message) {
        return new MalformedOperationsException(message);
    }

    /** Returns the instruction's kind, one of the constants of {@link Layout}. */
    public int kind() {
        return kind;
    }

    /** Returns how many: levels left, elements inserted or deleted, units marked; of a move the position it goes to. */
    public int count() {
        return count;
    }

    /** Returns the position of an insertion, deletion, assignment or mark; of a move the one it comes from. */
    public int at() {
        return at;
    }

    /** Returns where the key or document name starts. */
    public int keyStart() {
        return keyStart;
    }

    /** Returns the length of the key or document name in bytes. */
    public int keyLength() {
        return keyLength;
    }

    /** Returns where the value, the inserted content or the position key starts. */
    public int contentStart() {
        return contentStart;
    }

    /** Returns where the value, the inserted content or the position key ends. */
    public int contentEnd() {
        return contentEnd;
    }

    /** Returns the type of the container made or entered. */
    public ContainerType type() {
        return type;
    }

    /** Tells whether the container made or entered has a base, which the id names. */
    public boolean based() {
        return based;
    }

    /** Tells whether the container entered was made by the operation which the id names. */
    public boolean made() {
        return made;
    }

    /** Returns the increment of a counter. */
    public long delta() {
        return delta;
    }

    /** Returns the first half of the id's actor. */
    public long idActorHigh() {
        return idActorHigh;
    }

    /** Returns the second half of the id's actor. */
    public long idActorLow() {
        return idActorLow;
    }

    /** Returns the sequence number of the id; 0 stands for the change itself. */
    public long idSeq() {
        return idSeq;
    }

    /** Returns the index of the id within its change. */
    public int idIndex() {
        return idIndex;
    }

    /** Returns the flags of an assignment to an element, a mark or a place, as in {@link Layout}. */
    public int flags() {
        return flags;
    }

    /** Returns the first half of the actor of the id of the node above. */
    public long parentActorHigh() {
        return parentActorHigh;
    }

    /** Returns the second half of the actor of the id of the node above. */
    public long parentActorLow() {
        return parentActorLow;
    }

    /** Returns the sequence number of the id of the node above; 0 stands for the change itself. */
    public long parentSeq() {
        return parentSeq;
    }

    /** Returns the index of the id of the node above within its change. */
    public int parentIndex() {
        return parentIndex;
    }

    /** Returns how many indexes the instruction takes; a navigation takes none. */
    public int indexes() {
        return switch (kind) {
            case Layout.DOCUMENT, Layout.ENTER, Layout.ENTER_MADE, Layout.LEAVE, Layout.TAKE_BACK -> 0;
            case Layout.INSERT, Layout.DELETE -> count;
            case Layout.MARK -> 2;
            default -> 1;
        };
    }

    /** Returns the position behind the instruction. */
    public int position() {
        return position;
    }

    /** Returns the array that is read. */
    public byte[] array() {
        return bytes;
    }
}
