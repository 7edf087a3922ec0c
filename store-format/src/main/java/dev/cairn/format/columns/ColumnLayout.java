package dev.cairn.format.columns;

import dev.cairn.format.ByteReader;
import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;

/** Where in the stored form of a run each column lies; a column which is not there is empty. */
final class ColumnLayout {
    private final int changes;
    /** Where each column begins, in their order, and where the last one ends. */
    private final int[] starts;

    private ColumnLayout(int changes, int[] starts) {
        this.changes = changes;
        this.starts = starts;
    }

    static ColumnLayout read(Bytes encoded) throws MalformedException {
        ByteReader reader = new ByteReader(encoded);
        int changes = reader.varint(Limits.CHANGES_MAX);
        long present = reader.varint();
        Column[] columns = Column.all();
        if (changes == 0 || present >>> columns.length != 0) {
            throw new MalformedException(changes + " changes in columns " + Long.toHexString(present));
        }
        int[] lengths = new int[columns.length];
        long total = 0;
        for (int i = 0; i < lengths.length; i++) {
            if ((present >>> i & 1) != 0) {
                lengths[i] = reader.varint(Limits.RAW_BYTES_MAX);
                total += lengths[i];
                if (lengths[i] == 0) {
                    throw new MalformedException("an empty column " + columns[i]);
                }
            }
        }
        if (total != reader.remaining()) {
            throw new MalformedException(
                    "columns of " + total + " bytes together, but there are " + reader.remaining());
        }
        int[] starts = new int[lengths.length + 1];
        starts[0] = reader.position();
        for (int i = 0; i < lengths.length; i++) {
            starts[i + 1] = starts[i] + lengths[i];
        }
        return new ColumnLayout(changes, starts);
    }

    int changes() {
        return changes;
    }

    int from(Column column) {
        return starts[column.number()];
    }

    int to(Column column) {
        return starts[column.number() + 1];
    }
}
