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
final class RecordCursor {
    private final List<FileRecord> records = new ArrayList<>();
    private int at;

    RecordCursor(OpenedFile file) throws TooNewException {
        for (FileRecord record : file.records()) {
            if (RecordType.ofCode(record.type()).isPresent()) {
                records.add(record);
            } else if (record.critical()) {
                throw new TooNewException("record type 0x" + Integer.toHexString(record.type()));
            }
        }
    }

    boolean next(RecordType type) {
        return at < records.size() && records.get(at).is(type);
    }

    Bytes take(RecordType type) throws MalformedException {
        if (!next(type)) {
            throw new MalformedException("no record " + type + " where one belongs");
        }
        return records.get(at++).body();
    }

    void end() throws MalformedException {
        if (at != records.size()) {
            throw new MalformedException("a record " + records.get(at).type() + " too many");
        }
    }
}
