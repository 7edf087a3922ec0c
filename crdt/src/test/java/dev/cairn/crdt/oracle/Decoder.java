package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the operations of a change, by the letter of the specification's section 12.2 and with no thought of speed. */
final class Decoder {
    /** The change is refused. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    private static final List<Kind> TYPES =
            List.of(Kind.MAP, Kind.LIST, Kind.TEXT, Kind.COUNTER, Kind.MOVABLE_LIST, Kind.TREE, Kind.REGISTER);
    private static final int DEPTH_MAX = 64;

    private final ByteBuffer in;
    private final List<Instruction> read = new ArrayList<>();
    private final Deque<Kind> inside = new ArrayDeque<>();
    private @Nullable String document;

    private Decoder(ByteBuffer in) {
        this.in = in;
    }

    /** Returns the instructions of one change. */
    static List<Instruction> read(ByteBuffer operations) {
        Decoder decoder = new Decoder(operations.duplicate());
        while (decoder.in.hasRemaining()) {
            Instruction instruction = decoder.instruction();
            decoder.read.add(instruction);
        }
        check(decoder.read.isEmpty() || !decoder.isAfterNavigation(), "ends in a navigation");
        return List.copyOf(decoder.read);
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new Malformed(otherwise);
        }
    }

    private boolean isAfterNavigation() {
        Instruction last = read.get(read.size() - 1);
        return last instanceof Instruction.Document
                || last instanceof Instruction.Enter
                || last instanceof Instruction.EnterMade
                || last instanceof Instruction.Leave;
    }

    private Instruction instruction() {
        int tag = octet();
        int n = tag >> 4;
        int kind = tag & 15;
        check(kind == 0 || document != null, "no document");
        return switch (kind) {
            case 0 -> document(count(n, false));
            case 1 -> enter(n);
            case 2 -> leave(count(n, false));
            case 3 -> new Instruction.Put(key(n), value());
            case 4 -> new Instruction.Remove(key(n));
            case 5 -> new Instruction.Make(type(n & 7), derivedKey(), base(n));
            case 6 -> insert(count(n, false));
            case 7 -> delete(count(n, false));
            case 8 -> add(n);
            case 9 -> enterMade(n);
            case 10 -> move(n);
            case 11 -> set(n);
            case 12 -> mark(count(n, false));
            case 13 -> place(n);
            case 14 -> drop(n);
            default -> takeBack(n);
        };
    }

    private void in(Kind... kinds) {
        check(!inside.isEmpty() && List.of(kinds).contains(inside.element()), "not in a container of that type");
    }

    // ---- navigations

    private Instruction document(int length) {
        check(read.isEmpty() || !isAfterNavigation(), "a document behind a navigation");
        String name = text(length, true);
        check(document == null || Oracle.UTF8.compare(document, name) < 0, "documents do not ascend");
        document = name;
        inside.clear();
        inside.push(Kind.MAP);
        return new Instruction.Document(name);
    }

    private Instruction enter(int n) {
        Kind kind = type(n & 7);
        String key = derivedKey();
        Optional<Instruction.Id> base = base(n);
        deeper(kind);
        return new Instruction.Enter(kind, key, base);
    }

    private Instruction enterMade(int n) {
        check(inside.size() == 1, "ENTER_MADE is not in the root map");
        check(n < 7, "unknown type");
        Instruction.Id maker = id();
        deeper(type(n));
        return new Instruction.EnterMade(type(n), maker);
    }

    private void deeper(Kind kind) {
        inside.push(kind);
        check(inside.size() <= DEPTH_MAX, "too deep");
    }

    private Instruction leave(int levels) {
        check(!isAfterNavigation(), "LEAVE behind a navigation");
        check(levels < inside.size(), "LEAVE of the root");
        for (int i = 0; i < levels; i++) {
            inside.pop();
        }
        return new Instruction.Leave(levels);
    }

    // ---- operations

    private Instruction insert(int count) {
        in(Kind.TEXT, Kind.LIST, Kind.MOVABLE_LIST);
        int at = number();
        if (inside.element() == Kind.TEXT) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                text.append(codePoint());
            }
            return new Instruction.InsertText(at, text.toString());
        }
        List<Instruction.Element> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(element());
        }
        return new Instruction.InsertElements(at, elements);
    }

    private String codePoint() {
        int first = in.hasRemaining() ? in.get(in.position()) & 0xff : 0;
        int length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        String text = utf8(length);
        check(text.codePointCount(0, text.length()) == 1, "not one code point");
        return text;
    }

    private Instruction delete(int count) {
        in(Kind.TEXT, Kind.LIST, Kind.MOVABLE_LIST);
        int at = number();
        return new Instruction.Delete(at, count);
    }

    private Instruction add(int n) {
        in(Kind.COUNTER);
        check(n == 0, "n");
        long delta = zigzag();
        check(delta != 0, "adds 0");
        return new Instruction.Add(delta);
    }

    private Instruction move(int n) {
        in(Kind.MOVABLE_LIST);
        check(n == 0, "n");
        int from = number();
        return new Instruction.Move(from, number());
    }

    private Instruction set(int n) {
        in(Kind.MOVABLE_LIST);
        check(n <= 1, "n");
        int at = number();
        return new Instruction.SetElement(at, n == 0 ? element() : new Instruction.Element.Again(id()));
    }

    private Instruction mark(int length) {
        in(Kind.TEXT);
        String key = text(length, true);
        int flags = octet();
        check(flags <= 3, "flags");
        int at = number();
        int count = number();
        check(count > 0, "marks nothing");
        return new Instruction.Mark(key, (flags & 1) != 0, (flags & 2) != 0, at, count, value());
    }

    private Instruction place(int n) {
        in(Kind.TREE);
        check(n <= 3, "flags");
        Optional<Instruction.Id> above = (n & 2) != 0 ? Optional.empty() : Optional.of(id());
        Optional<Instruction.Id> node = (n & 1) != 0 ? Optional.empty() : Optional.of(id());
        byte[] position = bytes(octet());
        check(position.length > 0 && position[position.length - 1] != 0, "position key");
        return new Instruction.Place(above, node, PositionKey.of(position));
    }

    private Instruction drop(int n) {
        in(Kind.TREE, Kind.LIST, Kind.MOVABLE_LIST);
        check(n == 0, "n");
        return new Instruction.Drop(id());
    }

    private Instruction takeBack(int n) {
        check(n <= 1, "n");
        check(read.get(read.size() - 1) instanceof Instruction.Document, "not behind DOCUMENT");
        long seq = varint();
        check(seq > 0, "sequence number");
        return new Instruction.TakeBack(n == 1, new ChangeId(actor(), seq));
    }

    // ---- parts

    private Kind type(int number) {
        check(number < TYPES.size(), "unknown type");
        return TYPES.get(number);
    }

    /** Reads the key of PUT or REMOVE. */
    private String key(int n) {
        in(Kind.MAP, Kind.REGISTER);
        return keyOf(count(n, inside.element() == Kind.REGISTER));
    }

    /** Reads the key of ENTER or MAKE. */
    private String derivedKey() {
        in(Kind.MAP, Kind.REGISTER);
        return keyOf(number());
    }

    private String keyOf(int length) {
        boolean register = inside.element() == Kind.REGISTER;
        check(register == (length == 0), "the key of a register is empty, no other is");
        return text(length, !register);
    }

    private Optional<Instruction.Id> base(int n) {
        return (n & 8) != 0 ? Optional.of(id()) : Optional.empty();
    }

    private int count(int n, boolean zeroAllowed) {
        check(n > 0 || zeroAllowed, "count 0");
        if (n < 15) {
            return n;
        }
        long count = 15 + varint();
        check(count >= 15 && count <= Integer.MAX_VALUE, "count");
        return (int) count;
    }

    private Instruction.Id id() {
        long seq = varint();
        Optional<ActorId> actor = seq == 0 ? Optional.empty() : Optional.of(actor());
        check(seq >= 0, "sequence number");
        return new Instruction.Id(seq, actor, number());
    }

    private ActorId actor() {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(16));
        return new ActorId(bytes.getLong(), bytes.getLong());
    }

    private Instruction.Element element() {
        int tag = in.hasRemaining() ? in.get(in.position()) & 0xff : 0;
        if (tag < 0x10) {
            return new Instruction.Element.Scalar(value());
        }
        return new Instruction.Element.Container(type(octet() - 0x10));
    }

    private Value value() {
        int tag = octet();
        return switch (tag) {
            case 0 -> Value.of(null);
            case 1 -> Value.of(false);
            case 2 -> Value.of(true);
            case 3 -> Value.of(zigzag());
            case 4 -> real();
            case 5 -> Value.of(text(number(), false));
            case 6 -> Value.of(ByteBuffer.wrap(bytes(number())));
            case 7 -> time();
            default -> throw new Malformed("value " + tag);
        };
    }

    private Value real() {
        long bits = ByteBuffer.wrap(bytes(8)).getLong();
        double value = Double.longBitsToDouble(bits);
        check(!Double.isNaN(value) || bits == 0x7ff8000000000000L, "NaN");
        return Value.of(value);
    }

    private Value time() {
        long seconds = zigzag();
        long nanos = varint();
        check(nanos >= 0 && nanos < 1_000_000_000, "nanoseconds");
        check(seconds >= Instant.MIN.getEpochSecond() && seconds <= Instant.MAX.getEpochSecond(), "seconds");
        return Value.of(Instant.ofEpochSecond(seconds, nanos));
    }

    /** Reads a name or key. */
    private String text(int length, boolean name) {
        check(!name || (length >= 1 && length <= 1024), "length " + length);
        return utf8(length);
    }

    private String utf8(int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("UTF-8");
        }
    }

    private byte[] bytes(int length) {
        check(length <= in.remaining(), "ends early");
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private int octet() {
        check(in.hasRemaining(), "ends early");
        return in.get() & 0xff;
    }

    private int number() {
        long value = varint();
        check(value >= 0 && value <= Integer.MAX_VALUE, "number");
        return (int) value;
    }

    private long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = octet();
            check(shift < 63 || next <= 1, "varint");
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                check(next != 0 || shift == 0, "varint is not minimal");
                return value;
            }
        }
    }
}
