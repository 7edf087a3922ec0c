package dev.cairn.format.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileKind;
import dev.cairn.format.file.Compression;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.inspect.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A member with the epoch key may write anything; every reader ends in an outcome, and so does the inspection. */
final class LogProperties {
    @Property(tries = 2000)
    void anyRecordsOfASegmentGiveAnOutcome(@ForAll long seed) {
        Random random = new Random(seed);
        ChangeRun run = Fixture.run(1 + random.nextInt(6));
        List<FileRecord> records = mutate(
                random,
                RunRecords.start(Fixture.DEVICE, run),
                RunRecords.changes(run),
                FileRecord.of(
                        RecordType.SIGNATURE,
                        Fixture.KEY.sign(Signatures.segmentMessage(
                                Fixture.SPACE,
                                Fixture.WRITER,
                                run.after(),
                                RunRecords.start(Fixture.DEVICE, run).body()))));
        Bytes file = seal(FileKind.SEGMENT, records);
        assertThat(Fixture.readSegment(file).text()).isNotEmpty();
        assertSameOutcome(file, Fixture.readSegment(file).code());
    }

    @Property(tries = 2000)
    void anyRecordsOfAHeadGiveAnOutcome(@ForAll long seed) {
        Random random = new Random(seed);
        ChangeRun run = Fixture.run(1 + random.nextInt(6));
        Bytes body = HeadCodec.encode(Fixture.body(run.after()));
        List<FileRecord> records = mutate(
                random,
                FileRecord.of(RecordType.HEAD, body),
                RunRecords.start(Fixture.DEVICE, run),
                RunRecords.changes(run),
                FileRecord.of(
                        RecordType.SIGNATURE,
                        Fixture.KEY.sign(Signatures.headMessage(
                                Fixture.SPACE,
                                Fixture.WRITER,
                                1,
                                body,
                                RunRecords.start(Fixture.DEVICE, run).body()))));
        Bytes file = seal(FileKind.HEAD, records);
        assertThat(Fixture.readHead(file).text()).isNotEmpty();
        assertSameOutcome(file, Fixture.readHead(file).code());
    }

    /** The chain holds no lamport number and no wall time, so that the bytes before the changes must be signed too. */
    @Property(tries = 1000)
    void noChangedBitOfARecordIsEverVerified(@ForAll long seed) {
        Random random = new Random(seed);
        ChangeRun run = Fixture.run(9).slice(random.nextInt(5), 9);
        SealedFile original = random.nextBoolean()
                ? Fixture.segments().seal(1, run)
                : Fixture.heads().seal(1, Fixture.body(run.after()), Optional.of(run));
        List<FileRecord> records = new ArrayList<>(Envelope.open(original.content(), Fixture.SPACE, Fixture.KEYS)
                .content()
                .orElseThrow()
                .records());
        int at = random.nextInt(records.size());
        byte[] body = records.get(at).body().toArray();
        body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        records.set(at, new FileRecord(records.get(at).type(), Bytes.owning(body)));
        Bytes changed = seal(original.name().kind(), records);
        assertThat(Inspection.of(changed, Fixture.KEYS, new Fixture()).outcome())
                .isNotEqualTo("verified");
    }

    private static void assertSameOutcome(Bytes file, String code) {
        Inspection inspection = Inspection.of(file, Fixture.KEYS, new Fixture());
        assertThat(inspection.outcome()).isEqualTo(code);
        assertThat(inspection.fields()).isNotEmpty();
    }

    private static Bytes seal(FileKind kind, List<FileRecord> records) {
        return Fixture.sealer().with(Compression.NONE).seal(kind, 1, records).content();
    }

    private static List<FileRecord> mutate(Random random, FileRecord... originals) {
        List<FileRecord> records = new ArrayList<>(List.of(originals));
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(records.size());
            FileRecord record = records.get(at);
            switch (random.nextInt(5)) {
                case 0 -> records.add(at, record);
                case 1 -> records.add(at, new FileRecord(random.nextInt(256), record.body()));
                case 2 -> records.set(at, new FileRecord(record.type(), shortened(random, record.body())));
                default -> records.set(at, new FileRecord(record.type(), changed(random, record.body())));
            }
        }
        return records;
    }

    private static Bytes shortened(Random random, Bytes body) {
        return body.slice(0, random.nextInt(body.size() + 1));
    }

    private static Bytes changed(Random random, Bytes body) {
        byte[] bytes = body.toArray();
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Bytes.owning(bytes);
    }
}
