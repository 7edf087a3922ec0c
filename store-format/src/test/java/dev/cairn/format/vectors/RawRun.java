package dev.cairn.format.vectors;

import dev.cairn.format.ByteReader;
import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.MalformedException;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.log.Fixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes and their signed records put together from SPEC byte by byte, without the writers under test. */
final class RawRun {
    private DeviceId device = Fixture.DEVICE;
    private long firstSeq = 1;
    private Bytes base = origin(Fixture.KEY);
    private long baseLamport;
    private long baseTime;
    private final List<Bytes> changes = new ArrayList<>();
    private Optional<RawColumns> columns = Optional.empty();

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

    /** Stores the changes in these columns, whether they make them or not. */
    RawRun in(RawColumns other) {
        columns = Optional.of(other);
        return this;
    }

    Bytes encoded() {
        return columns.orElseGet(this::kept).encoded();
    }

    /** The changes with their operations as they are, whatever these are. */
    private RawColumns kept() {
        try {
            return new Kept(changes.size()).columns(changes);
        } catch (MalformedException e) {
            throw new IllegalArgumentException("a change which needs columns of its own", e);
        }
    }

    /** Takes changes apart as far as columns go. */
    private static final class Kept {
        private final long[] steps;
        private final long[] times;
        private final long[] parents;
        private final long[] messages;
        private final long[] visits;
        private final List<Bytes> writers = new ArrayList<>();
        private final List<Long> references = new ArrayList<>();
        private final List<Long> seqs = new ArrayList<>();
        private final Map<Bytes, Long> last = new HashMap<>();
        private final List<Long> lengths = new ArrayList<>();
        private final ByteWriter hashes = new ByteWriter();
        private final ByteWriter text = new ByteWriter();
        private final ByteWriter operations = new ByteWriter();

        private Kept(int count) {
            steps = new long[count];
            times = new long[count];
            parents = new long[count];
            messages = new long[count];
            visits = new long[count];
        }

        private RawColumns columns(List<Bytes> changes) throws MalformedException {
            for (int i = 0; i < changes.size(); i++) {
                take(i, new ByteReader(changes.get(i)));
            }
            return new RawColumns(changes.size())
                    .numbers(RawColumns.STEP, steps)
                    .numbers(RawColumns.TIME, times)
                    .numbers(RawColumns.PARENTS, parents)
                    .numbers(RawColumns.PARENT_WRITER, array(references))
                    .numbers(RawColumns.PARENT_SEQ, array(seqs))
                    .bytes(RawColumns.PARENT_HASH, hashes.toBytes().toHex())
                    .numbers(RawColumns.MESSAGE, messages)
                    .numbers(RawColumns.VISITS, visits)
                    .numbers(RawColumns.LENGTH, array(lengths))
                    .bytes(
                            RawColumns.WRITERS,
                            Bytes.concat(writers.toArray(Bytes[]::new)).toHex())
                    .bytes(RawColumns.BYTES, operations.toBytes().toHex())
                    .bytes(RawColumns.TEXT, text.toBytes().toHex());
        }

        private void take(int i, ByteReader change) throws MalformedException {
            steps[i] = change.varint() - 1;
            times[i] = change.varint();
            parents[i] = change.varint();
            for (int p = 0; p < parents[i]; p++) {
                Bytes writer = change.bytes(16);
                int number = writers.indexOf(writer);
                references.add(number + 1L);
                if (number < 0) {
                    writers.add(writer);
                }
                long seq = change.varint();
                long step = seq - last.getOrDefault(writer, 0L);
                last.put(writer, seq);
                seqs.add(step < 0 ? -2 * step - 1 : 2 * step);
                hashes.bytes(change.bytes(8));
            }
            messages[i] = change.varint();
            text.bytes(change.bytes((int) messages[i]));
            Bytes rest = change.rest();
            visits[i] = rest.isEmpty() ? 0 : 1;
            if (!rest.isEmpty()) {
                lengths.add((long) rest.size());
                operations.bytes(rest);
            }
        }

        private static long[] array(List<Long> numbers) {
            return numbers.stream().mapToLong(number -> number).toArray();
        }
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
