package dev.cairn.format.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.file.TooNewException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HeadTest {
    @Test
    void carriesBodyAndTail() {
        ChangeRun tail = Fixture.run(9).slice(4, 9);
        HeadBody body = Fixture.body(tail.after());
        SealedFile file = Fixture.heads().seal(7, body, Optional.of(tail));
        assertThat(file.path()).isEqualTo("devices/" + Fixture.WRITER + "/head-1.cairn");
        Head head = Fixture.readHead(file.content()).content().orElseThrow();
        assertThat(head.body()).isEqualTo(body);
        assertThat(head.tail()).contains(tail);
        assertThat(head.counter()).isEqualTo(7);
        assertThat(head.writer()).isEqualTo(Fixture.WRITER);
    }

    @Test
    void alternatesBetweenTwoSlots() {
        assertThat(Fixture.heads()
                        .seal(8, Fixture.body(Fixture.ORIGIN), Optional.empty())
                        .path())
                .endsWith("/head-0.cairn");
    }

    @Test
    void aWriterWithoutChangesHasAHead() {
        HeadBody body = Fixture.body(Fixture.ORIGIN);
        Bytes file = Fixture.heads().seal(1, body, Optional.empty()).content();
        assertThat(Fixture.readHead(file).content().orElseThrow()).satisfies(head -> {
            assertThat(head.body()).isEqualTo(body);
            assertThat(head.tail()).isEmpty();
        });
    }

    @Test
    void aTailMustEndAtTheHead() {
        HeadBody body = Fixture.body(Fixture.run(5).after());
        assertThatThrownBy(() -> Fixture.heads().seal(1, body, Optional.of(Fixture.run(4))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingStandsBehindItsSignature() {
        Bytes file = Fixture.heads()
                .seal(1, Fixture.body(Fixture.ORIGIN), Optional.empty())
                .content();
        OpenedFile head = Envelope.open(file, FileKind.HEAD, Fixture.SPACE, Fixture.KEYS)
                .content()
                .orElseThrow();
        List<FileRecord> records = new ArrayList<>(head.records());
        records.add(records.get(0));
        Bytes longer = Fixture.sealer().seal(FileKind.HEAD, 1, records).content();
        assertThat(Fixture.readHead(longer).text()).contains("too many");
    }

    @Test
    void remembersThePreviousIncarnation() throws MalformedException, TooNewException {
        HeadBody plain = Fixture.body(Fixture.ORIGIN);
        HeadBody body = new HeadBody(
                plain.device(),
                0,
                plain.lastHash(),
                List.of(),
                List.of(),
                0,
                List.of(),
                "",
                -5,
                "Telefon \uD83D\uDCF1",
                Optional.of(new WriterId(3, 4)));
        assertThat(HeadCodec.decode(HeadCodec.encode(body))).isEqualTo(body);
    }

    @Test
    void unknownOptionalEntriesArePassedOver() throws MalformedException, TooNewException {
        HeadBody body = Fixture.body(Fixture.ORIGIN);
        Bytes encoded = HeadCodec.encode(body);
        assertThat(encoded.unsigned(0)).isEqualTo(0xaa);
        Bytes more = Bytes.concat(Bytes.of(0xab), encoded.slice(1), Bytes.hex("1880" + "a10102"));
        assertThat(HeadCodec.decode(more)).isEqualTo(body);
    }

    @Test
    void unknownCriticalEntriesStopTheReader() {
        Bytes encoded = HeadCodec.encode(Fixture.body(Fixture.ORIGIN));
        Bytes more = Bytes.concat(Bytes.of(0xab), encoded.slice(1), Bytes.hex("0c" + "00"));
        assertThatThrownBy(() -> HeadCodec.decode(more)).isInstanceOf(TooNewException.class);
    }

    @Test
    void valuesAreChecked() {
        HeadBody good = Fixture.body(Fixture.ORIGIN);
        assertThatThrownBy(() -> with(good, List.of(new Seen(Fixture.OTHER, 1, 0), new Seen(Fixture.OTHER, 2, 0)), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with(good, List.of(), 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static HeadBody with(HeadBody body, List<Seen> seen, long retiredThrough) {
        return new HeadBody(
                body.device(),
                body.lastSeq(),
                body.lastHash(),
                seen,
                body.acknowledged(),
                retiredThrough,
                body.features(),
                body.version(),
                body.timeMillis(),
                body.deviceName(),
                body.previousWriter());
    }
}
