package dev.cairn.format.election;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes the entries of a paper, which take the keys 1, 2, 3 and so on in the order in which they are given. */
final class PaperWriter {
    private final List<Consumer<CborWriter>> entries = new ArrayList<>();

    private PaperWriter entry(Consumer<CborWriter> value) {
        entries.add(value);
        return this;
    }

    PaperWriter number(long value) {
        return entry(out -> out.unsigned(value));
    }

    /** Milliseconds since 1970, which may be before. */
    PaperWriter time(long millis) {
        return entry(out -> out.integer(millis));
    }

    PaperWriter flag(boolean value) {
        return entry(out -> out.bool(value));
    }

    PaperWriter text(String value) {
        return entry(out -> out.text(value));
    }

    PaperWriter bytes(Bytes value) {
        return entry(out -> out.bytes(value));
    }

    PaperWriter writer(WriterId value) {
        return bytes(value.bytes());
    }

    PaperWriter incarnation(long value) {
        return bytes(random(value));
    }

    PaperWriter token(Token token) {
        return entry(out -> out.array(3)
                .unsigned(token.epoch())
                .unsigned(token.term())
                .bytes(token.writer().bytes()));
    }

    /** An array of arrays, each of which {@code item} writes whole. */
    <T> PaperWriter list(List<T> items, BiConsumer<CborWriter, T> item) {
        return entry(out -> {
            out.array(items.size());
            items.forEach(one -> item.accept(out, one));
        });
    }

    /** The 8 random bytes of an incarnation. */
    static Bytes random(long incarnation) {
        return new ByteWriter(Long.BYTES).u64(incarnation).toBytes();
    }

    Bytes toBytes() {
        CborWriter out = new CborWriter().map(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).accept(out.key(i + 1));
        }
        return out.toBytes();
    }
}
