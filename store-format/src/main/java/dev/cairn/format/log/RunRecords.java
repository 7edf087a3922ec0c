package dev.cairn.format.log;

import dev.cairn.format.ByteReader;
import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.RecordType;

/**
 * The records START and CHANGES, which hold a run in a segment and in the tail of a head.
 *
 * <pre>
 * START    device 16 | u64 first seq | base chain 32 | varint base lamport | zigzag base time
 * CHANGES  the run in columns
 * </pre>
 */
final class RunRecords {
    private RunRecords() {}

    static FileRecord start(DeviceId device, ChangeRun run) {
        ChainPoint before = run.before();
        Bytes body = new ByteWriter()
                .bytes(device.bytes())
                .u64(run.firstSeq())
                .bytes(before.hash())
                .varint(before.lamport())
                .zigzag(before.timeMillis())
                .toBytes();
        return FileRecord.of(RecordType.START, body);
    }

    static FileRecord changes(ChangeRun run) {
        return FileRecord.of(RecordType.CHANGES, RunCodec.encode(run));
    }

    /** Checks that a chain which starts here starts from its space, writer and device. */
    static void requireOrigin(SpaceId space, VerifyingKey key, ChangeRun run) throws MalformedException {
        if (run.firstSeq() == 1 && !run.before().equals(ChainPoint.origin(space, run.writer(), key.bytes()))) {
            throw new MalformedException("a chain which does not start with its space, writer and device");
        }
    }

    /** What a START record says. */
    record Start(DeviceId device, ChainPoint before) {
        static Start read(Bytes body) throws MalformedException {
            ByteReader reader = new ByteReader(body);
            DeviceId device = DeviceId.of(reader.bytes(DeviceId.SIZE));
            long firstSeq = reader.u64();
            Bytes hash = reader.bytes(ChainPoint.HASH_SIZE).compact();
            long lamport = reader.varint();
            long time = reader.zigzag();
            reader.end();
            if (firstSeq < 1
                    || firstSeq > Limits.NUMBER_MAX
                    || lamport > Limits.NUMBER_MAX
                    || Math.abs(time) > Limits.NUMBER_MAX) {
                throw new MalformedException(
                        "a start at sequence number " + firstSeq + ", lamport number " + lamport + ", time " + time);
            }
            return new Start(device, new ChainPoint(firstSeq - 1, hash, lamport, time));
        }

        ChangeRun run(WriterId writer, Bytes changes) throws MalformedException {
            return RunCodec.decode(writer, before, changes);
        }
    }
}
