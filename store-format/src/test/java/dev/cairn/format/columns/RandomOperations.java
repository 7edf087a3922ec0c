package dev.cairn.format.columns;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Operations by the grammar of SPEC section 12.2, written down once more, with little choice so that much repeats. */
final class RandomOperations {
    private static final String[] KEYS = {"a", "title", "körper", "x".repeat(20), "done"};

    private final Random random;
    private final byte[][] actors = new byte[3][16];
    private ByteWriter out = new ByteWriter();
    private int cursor;

    RandomOperations(Random random) {
        this.random = random;
        for (byte[] actor : actors) {
            random.nextBytes(actor);
        }
    }

    /** The operations of one change. */
    Bytes next() {
        out = new ByteWriter();
        for (int part = random.nextInt(3); part >= 0; part--) {
            counted(0, key());
            for (int visit = random.nextInt(3); visit >= 0; visit--) {
                visit();
            }
        }
        return out.toBytes();
    }

    private void visit() {
        int type = random.nextInt(7);
        boolean made = random.nextInt(4) == 0;
        if (made) {
            out.u8(type << 4 | 9);
            id();
        } else {
            boolean based = random.nextInt(5) == 0;
            out.u8((type | (based ? 8 : 0)) << 4 | 1);
            sized(key());
            if (based) {
                id();
            }
        }
        for (int i = random.nextInt(6); i >= 0; i--) {
            operation(type);
        }
        out.u8(1 << 4 | 2);
        counted(4, key());
    }

    private void operation(int type) {
        switch (type) {
            case 1 -> list();
            case 2 -> text();
            case 3 -> {
                out.u8(8);
                varint(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(4));
            }
            case 4 -> movable();
            case 5 -> tree();
            default -> map();
        }
    }

    private void map() {
        switch (random.nextInt(3)) {
            case 0 -> {
                counted(3, key());
                value();
            }
            case 1 -> counted(4, key());
            default -> {
                boolean based = random.nextBoolean();
                out.u8((random.nextInt(7) | (based ? 8 : 0)) << 4 | 5);
                sized(key());
                if (based) {
                    id();
                }
            }
        }
    }

    private void list() {
        int count = random.nextInt(4) == 0 ? 13 + random.nextInt(5) : 1 + random.nextInt(3);
        if (random.nextInt(3) > 0) {
            count(6, count);
            position(count);
            for (int i = 0; i < count; i++) {
                element();
            }
        } else {
            delete(count);
        }
    }

    private void text() {
        int count = random.nextInt(4) == 0 ? random.nextInt(400) : 1 + random.nextInt(3);
        if (random.nextInt(8) == 0) {
            counted(12, key());
            out.u8(random.nextInt(4));
            position(0);
            out.varint(1 + random.nextInt(300));
            value();
        } else if (random.nextInt(3) > 0) {
            count(6, count);
            position(count);
            for (int i = 0; i < count; i++) {
                text(random.nextInt(5) == 0 ? "\uD83D\uDE00" : random.nextInt(4) == 0 ? "é" : "e");
            }
        } else {
            delete(count);
        }
    }

    private void delete(int count) {
        count(7, count);
        if (random.nextBoolean() && cursor >= count) {
            cursor -= count;
        }
        out.varint(cursor);
    }

    private void position(int inserted) {
        if (random.nextInt(4) == 0) {
            cursor = random.nextInt(1000);
        }
        out.varint(cursor);
        cursor += inserted;
    }

    private void movable() {
        switch (random.nextInt(3)) {
            case 0 -> {
                out.u8(10);
                position(0);
                position(0);
            }
            case 1 -> {
                out.u8(11);
                position(0);
                element();
            }
            default -> {
                out.u8(1 << 4 | 11);
                position(0);
                id();
            }
        }
    }

    private void tree() {
        if (random.nextInt(3) == 0) {
            out.u8(14);
            id();
            return;
        }
        int flags = random.nextInt(4);
        out.u8(flags << 4 | 13);
        for (int open = Integer.bitCount(flags); open < 2; open++) {
            id();
        }
        int length = 1 + random.nextInt(6);
        out.u8(length);
        for (int i = 0; i < length; i++) {
            out.u8(1 + random.nextInt(255));
        }
    }

    private void element() {
        if (random.nextInt(4) == 0) {
            out.u8(16 + random.nextInt(7));
        } else {
            value();
        }
    }

    private void value() {
        int tag = random.nextInt(8);
        out.u8(tag);
        switch (tag) {
            case 3 -> varint(random.nextBoolean() ? random.nextInt(9) : random.nextLong());
            case 4 -> out.u64(random.nextLong());
            case 5 -> sized(key());
            case 6 -> {
                int length = random.nextInt(9);
                out.varint(length).zeros(length);
            }
            case 7 -> {
                varint(random.nextLong());
                varint(random.nextInt(1_000_000_000));
            }
            default -> {}
        }
    }

    private void id() {
        if (random.nextInt(3) == 0) {
            out.varint(0);
        } else {
            varint(random.nextInt(9) == 0 ? random.nextLong() | 1 : 1 + random.nextInt(50));
            out.bytes(Bytes.copyOf(actors[random.nextInt(actors.length)]));
        }
        out.varint(random.nextInt(5));
    }

    private Bytes key() {
        return Bytes.utf8(KEYS[random.nextInt(KEYS.length)]);
    }

    private void text(String text) {
        out.bytes(Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void sized(Bytes content) {
        out.varint(content.size()).bytes(content);
    }

    private void counted(int kind, Bytes content) {
        count(kind, content.size());
        out.bytes(content);
    }

    private void count(int kind, int count) {
        if (count < 15) {
            out.u8(count << 4 | kind);
        } else {
            out.u8(15 << 4 | kind).varint(count - 15);
        }
    }

    /** A varint of 64 bits. */
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.u8((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.u8((int) rest);
    }
}
