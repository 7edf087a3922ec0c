package dev.cairn.format.checkpoint;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The hash over the rows of an image (SPEC section "Logical hash"): the same rows give the same hash in any file.
 *
 * <p>Tables are given in their order, rows in theirs, columns in theirs. Holds one row at a time. Not thread-safe.
 */
public final class LogicalHash {
    private static final Bytes TABLE = Bytes.utf8("cairn/v1/table");
    private static final Bytes IMAGE = Bytes.utf8("cairn/v1/image");

    private final List<Bytes> tables = new ArrayList<>();
    private MessageDigest table = Bytes.newSha256();
    private boolean open;

    /** Starts a table. */
    public LogicalHash table(String name) {
        end();
        TABLE.updateTo(table);
        update(text(new ByteWriter(), name));
        open = true;
        return this;
    }

    /** Starts a row of the current table. */
    public LogicalHash row() {
        table.update((byte) 'r');
        return this;
    }

    /** An integer. */
    public LogicalHash integer(long value) {
        update(new ByteWriter(12).u8('i').zigzag(value));
        return this;
    }

    /** A blob. */
    public LogicalHash blob(Bytes value) {
        update(new ByteWriter(12).u8('b').varint(value.size()));
        value.updateTo(table);
        return this;
    }

    /** A text. */
    public LogicalHash text(String value) {
        update(text(new ByteWriter(64), value));
        return this;
    }

    private static ByteWriter text(ByteWriter out, String value) {
        Bytes bytes = Bytes.utf8(value);
        return out.u8('t').varint(bytes.size()).bytes(bytes);
    }

    private void update(ByteWriter written) {
        written.toBytes().updateTo(table);
    }

    private void end() {
        if (open) {
            tables.add(Bytes.owning(table.digest()));
            table = Bytes.newSha256();
            open = false;
        }
    }

    /** The hash over all tables. */
    public Bytes content() {
        end();
        MessageDigest image = Bytes.newSha256();
        IMAGE.updateTo(image);
        tables.forEach(digest -> digest.updateTo(image));
        return Bytes.owning(image.digest());
    }
}
