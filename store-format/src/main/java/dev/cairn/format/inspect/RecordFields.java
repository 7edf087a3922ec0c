package dev.cairn.format.inspect;

import dev.cairn.format.ByteReader;
import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.MalformedException;
import dev.cairn.format.cbor.CborDiagnostic;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.format.columns.Stretch;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.inspect.Field.Layer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of the records, each with its body as far as it can be read (SPEC sections "Records" to "Heads"). */
final class RecordFields {
    private final OpenedFile file;
    private final FieldList list;
    private final List<Field> changes = new ArrayList<>();
    private Optional<ChainPoint> before = Optional.empty();

    private RecordFields(OpenedFile file, Bytes records) {
        this.file = file;
        this.list = new FieldList(Layer.RECORDS, records);
    }

    static List<Field> of(OpenedFile file) {
        ByteWriter all = new ByteWriter();
        for (FileRecord record : file.records()) {
            all.varint(record.body().size()).u8(record.type()).bytes(record.body());
        }
        RecordFields fields = new RecordFields(file, all.toBytes());
        int at = 0;
        for (FileRecord record : file.records()) {
            at = fields.add(record, at);
        }
        List<Field> found = new ArrayList<>(fields.list.fields());
        found.addAll(fields.changes);
        return List.copyOf(found);
    }

    private int add(FileRecord record, int at) {
        int prefix = new ByteWriter().varint(record.body().size()).size();
        int body = at + prefix + 1;
        list.add(at, prefix, "record length", record.body().size() + " bytes");
        list.add(at + prefix, 1, "record type", type(record));
        try {
            body(record, body);
        } catch (MalformedException e) {
            list.add(body, record.body().size(), "body", "cannot be read: " + e.getMessage());
        }
        return body + record.body().size();
    }

    private static String type(FileRecord record) {
        return RecordType.ofCode(record.type())
                .map(RecordType::name)
                .orElse(record.critical() ? "unknown, a reader must stop" : "unknown, a reader passes over it");
    }

    private void body(FileRecord record, int at) throws MalformedException {
        Bytes body = record.body();
        Optional<RecordType> type = RecordType.ofCode(record.type());
        if (type.isEmpty()) {
            list.add(at, body.size(), "body", "unknown");
            return;
        }
        switch (type.get()) {
            case START -> start(body, at);
            case CHANGES -> changes(body, at);
            case SIGNATURE -> list.add(at, body.size(), "signature", "Ed25519");
            case PART -> list.add(at, body.size(), "image", body.size() + " bytes of an SQLite file");
            case HEAD, MEMBER_ENTRY, CHECKPOINT, RETIREMENT, ELECTION ->
                list.add(at, body.size(), "CBOR", CborDiagnostic.of(body));
        }
    }

    private void start(Bytes body, int at) throws MalformedException {
        ByteReader reader = new ByteReader(body);
        DeviceId device = DeviceId.of(reader.bytes(DeviceId.SIZE));
        long firstSeq = reader.u64();
        Bytes hash = reader.bytes(ChainPoint.HASH_SIZE);
        int numbers = reader.position();
        long lamport = reader.varint();
        long time = reader.zigzag();
        reader.end();
        list.add(at, DeviceId.SIZE, "device", device.toString());
        list.add(at + 16, 8, "first sequence number", Long.toString(firstSeq));
        list.add(at + 24, ChainPoint.HASH_SIZE, "base chain", "the chain hash before the first change");
        list.add(at + numbers, body.size() - numbers, "base lamport, base time", lamport + ", " + time + " ms");
        try {
            before = Optional.of(new ChainPoint(firstSeq - 1, hash, lamport, time));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    private void changes(Bytes body, int at) throws MalformedException {
        if (before.isEmpty()) {
            throw new MalformedException("changes without a start before them");
        }
        for (Stretch stretch : RunCodec.stretches(body)) {
            list.add(at + stretch.offset(), stretch.length(), stretch.name(), stretch.length() + " bytes");
        }
        ChangeRun run = RunCodec.decode(file.header().writer(), before.get(), body);
        FieldList made = new FieldList(Layer.CHANGES, run.changes());
        int next = 0;
        for (int i = 0; i < run.size(); i++) {
            made.add(next, run.changeBytes(i), "change " + (run.firstSeq() + i), change(run, i));
            next += run.changeBytes(i);
        }
        changes.addAll(made.fields());
    }

    private static String change(ChangeRun run, int i) {
        return "lamport " + run.lamport(i)
                + ", " + time(run.timeMillis(i))
                + (run.parentCount(i) == 0 ? "" : ", after " + run.parents(i))
                + run.message(i).map(message -> ", \"" + message + "\"").orElse("")
                + ", " + run.operations(i).size() + " bytes of operations, id "
                + run.chainHash(i).slice(0, 8).toHex();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
