package dev.cairn.format.columns;

import dev.cairn.format.MalformedException;
import java.util.Arrays;

/**
 * A walk over the operations of a change by the table of {@link Field}: it finds where fields begin and end, and does
 * not ask whether they make sense.
 *
 * <p>It knows the type of the container it is in, as that tells what an insertion holds. Not thread-safe.
 */
final class OperationWalker {
    private static final FieldVisitor NOBODY = new FieldVisitor() {};

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private final byte[] types = new byte[Field.DEPTH_MAX + 1];
    private int depth = -1;

    /** Stands before operations, in no container. */
    void reset(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        depth = -1;
    }

    /** Goes out of every container. */
    void leaveAll() {
        depth = -1;
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at == end;
    }

    /** The type of the container. */
    int type() {
        return types[depth];
    }

    /** A copy of the way from the document to the container. */
    byte[] path() {
        return Arrays.copyOf(types, depth + 1);
    }

    /** Goes where a path leads. */
    void setPath(byte[] path) {
        System.arraycopy(path, 0, types, 0, path.length);
        depth = path.length - 1;
    }

    /** Whether operations follow the table throughout, each behind a navigation. */
    boolean accepts(byte[] source, int from, int to) {
        reset(source, from, to);
        try {
            while (!atEnd()) {
                navigate();
                do {
                    operation(NOBODY);
                } while (atOperation());
            }
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    /** Whether bytes are navigations and nothing else; goes where they lead. */
    boolean goesThrough(byte[] source, int from, int to) {
        int depthBefore = depth;
        reset(source, from, to);
        depth = depthBefore;
        try {
            navigate();
            return atEnd();
        } catch (MalformedException e) {
            return false;
        }
    }

    /** Whether an operation comes next. */
    boolean atOperation() {
        return at < end && !Field.isNavigation(bytes[at] & 15);
    }

    /** Passes over navigations, at least one. */
    void navigate() throws MalformedException {
        if (at == end || atOperation()) {
            throw notOfTheTable();
        }
        while (at < end && Field.isNavigation(bytes[at] & 15)) {
            int tag = bytes[at++] & 0xff;
            int kind = tag & 15;
            require(kind == Field.DOCUMENT || depth >= 0);
            int count = fields(kind, tag, NOBODY);
            switch (kind) {
                case Field.DOCUMENT -> {
                    depth = 0;
                    types[0] = 0;
                }
                case Field.LEAVE -> {
                    require(count <= depth);
                    depth -= count;
                }
                default -> {
                    require(depth < Field.DEPTH_MAX);
                    types[++depth] = (byte) ((tag >>> 4) & 7);
                }
            }
        }
    }

    /** Passes over one operation. */
    void operation(FieldVisitor visitor) throws MalformedException {
        require(at < end);
        int tag = bytes[at++] & 0xff;
        int kind = tag & 15;
        require(!Field.isNavigation(kind));
        visitor.tag(kind, tag);
        fields(kind, tag, visitor);
    }

    private int fields(int kind, int tag, FieldVisitor visitor) throws MalformedException {
        int count = 0;
        for (Field field : Field.of(kind)) {
            switch (field) {
                case COUNT -> {
                    count = count(tag >>> 4);
                    visitor.count(kind, count);
                }
                case COUNTED_KEY -> key(count(tag >>> 4), visitor);
                case KEY -> key(varint31(), visitor);
                case BASE -> {
                    if ((tag & 0x80) != 0) {
                        id(visitor);
                    }
                }
                case ID -> id(visitor);
                case CHANGE -> {
                    long seq = varint();
                    require(seq != 0);
                    visitor.change(skip(Field.ID_BYTES), seq);
                }
                case POSITION -> visitor.position(kind, count, varint31());
                case CONTENT -> content(count, visitor);
                case VALUE -> value(visitor);
                case ASSIGNED -> assigned(tag >>> 4, visitor);
                case NODES -> nodes(tag >>> 4, visitor);
                case POSITION_KEY -> bytes(octet(), visitor);
                case OCTET -> visitor.number(octet());
                case UNITS -> visitor.number(varint31());
                case NUMBER -> visitor.number(varint());
            }
        }
        return count;
    }

    private int count(int nibble) throws MalformedException {
        if (nibble < 15) {
            return nibble;
        }
        int more = varint31();
        require(more <= Integer.MAX_VALUE - 15);
        return 15 + more;
    }

    private void key(int length, FieldVisitor visitor) throws MalformedException {
        int from = skip(length);
        visitor.key(from, at);
    }

    private void bytes(int length, FieldVisitor visitor) throws MalformedException {
        int from = skip(length);
        visitor.bytes(from, at);
    }

    private void id(FieldVisitor visitor) throws MalformedException {
        long seq = varint();
        if (seq == 0) {
            visitor.ownId(varint31());
        } else {
            int actorAt = skip(Field.ID_BYTES);
            visitor.id(actorAt, seq, varint31());
        }
    }

    private void assigned(int flags, FieldVisitor visitor) throws MalformedException {
        require(flags <= 1);
        if (flags == 1) {
            id(visitor);
        } else {
            value(visitor);
        }
    }

    private void nodes(int flags, FieldVisitor visitor) throws MalformedException {
        require(flags <= 3);
        for (int open = Integer.bitCount(flags); open < 2; open++) {
            id(visitor);
        }
    }

    private void content(int count, FieldVisitor visitor) throws MalformedException {
        int type = type();
        if (type == Field.TEXT) {
            int from = at;
            for (int i = 0; i < count; i++) {
                require(at < end);
                int length = Field.codePointBytes(bytes[at]);
                require(length > 0);
                skip(length);
            }
            visitor.text(from, at);
            return;
        }
        require(type == Field.LIST || type == Field.MOVABLE_LIST);
        for (int i = 0; i < count; i++) {
            value(visitor);
        }
    }

    private void value(FieldVisitor visitor) throws MalformedException {
        int tag = octet();
        require(Field.isValueTag(tag));
        visitor.value(tag);
        switch (tag) {
            case 3 -> visitor.integer(varint());
            case 4 -> {
                int from = skip(Long.BYTES);
                visitor.fixed(from, at);
            }
            case 5 -> {
                int length = varint31();
                int from = skip(length);
                visitor.string(from, at);
            }
            case 6 -> bytes(varint31(), visitor);
            case 7 -> {
                visitor.integer(varint());
                visitor.integer(varint());
            }
            default -> {}
        }
    }

    private int octet() throws MalformedException {
        return bytes[skip(1)] & 0xff;
    }

    /** Passes over bytes; returns where they begin. */
    private int skip(int length) throws MalformedException {
        require(length <= end - at);
        int from = at;
        at += length;
        return from;
    }

    private int varint31() throws MalformedException {
        if (at < end && bytes[at] >= 0) {
            return bytes[at++];
        }
        long value = varint();
        require(value >= 0 && value <= Integer.MAX_VALUE);
        return (int) value;
    }

    /** A varint of 64 bits in its shortest form. */
    private long varint() throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            require(at < end);
            int b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                require((b != 0 || shift == 0) && (shift < 63 || b <= 1));
                return value;
            }
        }
        throw notOfTheTable();
    }

    private static MalformedException notOfTheTable() {
        return new MalformedException("operations which do not follow the table");
    }

    private static void require(boolean good) throws MalformedException {
        if (!good) {
            throw notOfTheTable();
        }
    }
}
