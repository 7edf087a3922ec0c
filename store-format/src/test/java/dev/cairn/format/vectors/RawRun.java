package dev.cairn.format.vectors;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.log.Fixture;
import java.util.ArrayList;
import java.util.List;

/** Changes and their signed records put together from SPEC byte by byte, without the writers under test. */
final class RawRun {
    private DeviceId device = Fixture.DEVICE;
    private long firstSeq = 1;
    private Bytes base = origin(Fixture.KEY);
    private long baseLamport;
    private long baseTime;
    private final List<Bytes> changes = new ArrayList<>();

    static RawRun of(Bytes... changes) {
        RawRun run = new RawRun();
        run.changes.addAll(List.of(changes));
        return run;
    }

    static Bytes origin(SigningKey key) {
        return Bytes.concat(
                        Bytes.utf8("cairn/v1/chain"),
                        Fixture.SPACE.bytes(),
                        Fixture.WRITER.bytes(),
                        key.verifyingKey().bytes())
                .sha256();
    }

    RawRun from(long seq, Bytes chain, long lamport, long time) {
        firstSeq = seq;
        base = chain;
        baseLamport = lamport;
        baseTime = time;
        return this;
    }

    RawRun device(DeviceId id) {
        device = id;
        return this;
    }

    /** A change with one lamport step and no time between it and the one before. */
    static Bytes change(String operations) {
        return Bytes.hex("010000" + "00" + operations);
    }

    static Bytes parent(Bytes writer, long seq) {
        return new ByteWriter()
                .bytes(writer)
                .varint(seq)
                .bytes(Bytes.hex("c0c1c2c3c4c5c6c7"))
                .toBytes();
    }

    Bytes startBody() {
        return new ByteWriter()
                .bytes(device.bytes())
                .u64(firstSeq)
                .bytes(base)
                .varint(baseLamport)
                .zigzag(baseTime)
                .toBytes();
    }

    Bytes start() {
        return RawFile.record(0x81, startBody());
    }

    Bytes encoded() {
        ByteWriter out = new ByteWriter().varint(changes.size());
        changes.forEach(change -> out.varint(change.size()));
        changes.forEach(out::bytes);
        return out.toBytes();
    }

    Bytes changes() {
        return RawFile.record(0x82, encoded());
    }

    long lastSeq() {
        return firstSeq + changes.size() - 1;
    }

    Bytes lastChain() {
        Bytes chain = base;
        for (Bytes change : changes) {
            Bytes length = new ByteWriter().u32(change.size()).toBytes();
            chain = Bytes.concat(Bytes.utf8("cairn/v1/change"), chain, length, change)
                    .sha256();
        }
        return chain;
    }

    Bytes message() {
        return new ByteWriter()
                .bytes(Bytes.utf8("cairn/v1/segment"))
                .bytes(Fixture.SPACE.bytes())
                .bytes(Fixture.WRITER.bytes())
                .u64(lastSeq())
                .bytes(lastChain())
                .bytes(startBody().sha256())
                .toBytes();
    }

    Bytes signature() {
        return RawFile.record(0x83, Fixture.KEY.sign(message()));
    }

    RawFile segment() {
        return RawFile.segment(start(), changes(), signature());
    }
}
