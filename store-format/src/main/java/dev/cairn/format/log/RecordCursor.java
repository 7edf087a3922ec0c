package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.TooNewException;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a file which this version knows, in their order; unknown ones which are not critical are passed
 * over.
 */
public final class RecordCursor {
    private final List<FileRecord> records = new ArrayList<>();
    private int at;

    /** The records of a file; one that is unknown and critical makes it too new. */
    public RecordCursor(OpenedFile file) throws TooNewException {
        for (FileRecord record : file.records()) {
            if (RecordType.ofCode(record.type()).isPresent()) {
                records.add(record);
            } else if (record.critical()) {
                throw new TooNewException("record type 0x" + Integer.toHexString(record.type()));
            }
        }
    }

    /** Whether the next record is of that type. */
    public boolean next(RecordType type) {
        return at < records.size() && records.get(at).is(type);
    }

    /** The body of the next record, which must be of that type. */
    public Bytes take(RecordType type) throws MalformedException {
        if (!next(type)) {
            throw new MalformedException("no record " + type + " where one belongs");
        }
        return records.get(at++).body();
    }

    /** Checks that no record is left. */
    public void end() throws MalformedException {
        if (at != records.size()) {
            throw new MalformedException("a record " + records.get(at).type() + " too many");
        }
    }
}
