package dev.cairn.format.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class CborProperties {
    /** Bytes which the reader accepts are those the writer makes of the same value. */
    @Property(tries = 3000)
    void acceptedBytesAreTheOnlySpelling(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = item(random).toArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Bytes input = Bytes.owning(bytes);
        try {
            CborReader reader = new CborReader(input);
            CborWriter writer = new CborWriter();
            copy(reader, writer);
            reader.end();
            assertThat(writer.toBytes()).isEqualTo(input);
        } catch (MalformedException e) {
            assertThat(e).message().startsWith("CBOR byte ");
        }
    }

    @Property(tries = 500)
    void whatIsWrittenIsAccepted(@ForAll long seed) throws MalformedException {
        Bytes item = item(new Random(seed));
        CborReader reader = new CborReader(item);
        assertThat(reader.skip()).isEqualTo(item);
        reader.end();
    }

    private static Bytes item(Random random) {
        CborWriter writer = new CborWriter();
        write(random, writer, 0);
        return writer.toBytes();
    }

    private static void write(Random random, CborWriter writer, int depth) {
        switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> writer.integer(random.nextLong() >> random.nextInt(64));
            case 1 -> writer.bytes(Bytes.owning(new byte[random.nextInt(40)]));
            case 2 -> writer.text("\u00e9".repeat(random.nextInt(20)));
            case 3 -> writer.bool(random.nextBoolean());
            case 4 -> writer.nothing();
            case 5 -> {
                int size = random.nextInt(4);
                writer.array(size);
                for (int i = 0; i < size; i++) {
                    write(random, writer, depth + 1);
                }
            }
            default -> {
                int size = random.nextInt(4);
                writer.map(size);
                for (int i = 0; i < size; i++) {
                    writer.key(i * 100L + random.nextInt(100));
                    write(random, writer, depth + 1);
                }
            }
        }
    }

    /** Writes what it reads. */
    static void copy(CborReader reader, CborWriter writer) throws MalformedException {
        switch (reader.peek()) {
            case UNSIGNED, NEGATIVE -> writer.integer(reader.integer(Long.MIN_VALUE, Long.MAX_VALUE));
            case BYTES -> writer.bytes(reader.bytes(0, Integer.MAX_VALUE));
            case TEXT -> writer.text(reader.text(Integer.MAX_VALUE));
            case BOOLEAN -> writer.bool(reader.bool());
            case NULL -> {
                reader.nothing();
                writer.nothing();
            }
            case ARRAY -> {
                int size = reader.array(Integer.MAX_VALUE);
                writer.array(size);
                for (int i = 0; i < size; i++) {
                    copy(reader, writer);
                }
            }
            case MAP -> {
                int size = reader.map(Integer.MAX_VALUE);
                writer.map(size);
                for (int i = 0; i < size; i++) {
                    writer.key(reader.key());
                    copy(reader, writer);
                }
            }
        }
    }
}
