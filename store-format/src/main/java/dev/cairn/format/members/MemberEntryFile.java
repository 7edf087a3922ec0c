package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.Refusal;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.file.Sealer;
import java.util.List;

/**
 * The file of one entry: kind {@link FileKind#MEMBER_ENTRY}, under the key of epoch 0, with one record.
 *
 * <p>The ordinal is the entry's height, which grows with each entry of a device. A file says nothing about the entry's
 * effect: anybody may copy it, and the signatures inside are judged by the member log.
 */
public final class MemberEntryFile {
    private MemberEntryFile() {}

    /** The file of {@code entry}; the sealer's key is that of epoch 0. */
    public static SealedFile seal(Sealer sealer, MemberEntry entry) {
        FileRecord record = FileRecord.of(RecordType.MEMBER_ENTRY, entry.encoded());
        return sealer.seal(FileKind.MEMBER_ENTRY, entry.content().height(), List.of(record));
    }

    /** The entry in {@code file}, which belongs to {@code space}; its signatures are not checked here. */
    public static ReadOutcome<MemberEntry> read(Bytes file, SpaceId space, KeyRing keys) {
        return Envelope.open(file, FileKind.MEMBER_ENTRY, space, keys).then(opened -> entry(opened, space));
    }

    private static ReadOutcome<MemberEntry> entry(OpenedFile opened, SpaceId space) {
        try {
            List<FileRecord> records = opened.records().stream()
                    .filter(record -> record.is(RecordType.MEMBER_ENTRY))
                    .toList();
            if (records.size() != 1 || opened.records().stream().anyMatch(MemberEntryFile::unexpected)) {
                throw new MalformedException("not exactly one entry in the file");
            }
            MemberEntry entry = MemberEntry.parse(records.get(0).body());
            if (!entry.space().equals(space)) {
                return new ReadOutcome.Refused<>(Refusal.FOREIGN_SPACE, "space " + entry.space());
            }
            if (entry.content().height() != opened.header().ordinal()) {
                throw new MalformedException("ordinal " + opened.header().ordinal() + " of an entry at height "
                        + entry.content().height());
            }
            return new ReadOutcome.Verified<>(entry);
        } catch (MalformedException e) {
            return new ReadOutcome.Refused<>(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static boolean unexpected(FileRecord record) {
        return record.critical() && !record.is(RecordType.MEMBER_ENTRY);
    }
}
