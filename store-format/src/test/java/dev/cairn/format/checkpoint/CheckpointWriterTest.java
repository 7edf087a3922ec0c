package dev.cairn.format.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.MalformedException;
import dev.cairn.format.log.Fixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Manifests, parts and lists come back from their files; that wrong ones are refused is what the vectors say. */
final class CheckpointWriterTest {
    private static final Bytes DIGEST = Bytes.hex("ab".repeat(32));
    private static final Bytes IMAGE = Bytes.utf8("an image");

    private final CheckpointWriter writer = new CheckpointWriter(Fixture.sealer(), Fixture.signatory());
    private final CheckpointReader reader = new CheckpointReader(Fixture.SPACE, Fixture.KEYS, new Fixture());

    private static CheckpointBody body(DeviceId device, CutPoint... cut) {
        PartRef part = new PartRef(DIGEST, IMAGE.size(), IMAGE.sha256());
        return new CheckpointBody(device, List.of(cut), DIGEST, List.of(part), List.of("blobs"), 1_000);
    }

    private static CutPoint point(long seq, String chain) {
        return new CutPoint(Fixture.WRITER, seq, Bytes.hex(chain.repeat(32)));
    }

    private static RetirementBody list(DeviceId device) {
        return new RetirementBody(
                device,
                Fixture.WRITER,
                DIGEST,
                List.of(point(12, "01"), point(15, "02"), new CutPoint(Fixture.OTHER, 20, DIGEST)),
                List.of(new ListedFile(1, DIGEST), new ListedFile(2, DIGEST)));
    }

    @Test
    void aManifestComesBackFromItsFile() throws MalformedException {
        CheckpointBody body = body(Fixture.DEVICE, point(12, "01"));
        Bytes file = writer.manifest(3, body).content();
        Checkpoint read = reader.manifest(file).content().orElseThrow();
        assertThat(read.body()).isEqualTo(body);
        assertThat(read.writer()).isEqualTo(Fixture.WRITER);
        assertThat(read.digest()).isEqualTo(file.sha256());
        assertThat(read.header().ordinal()).isEqualTo(3);
        assertThat(CheckpointBody.parse(body.encoded())).isEqualTo(body);
        assertThat(body.imageBytes()).isEqualTo(IMAGE.size());
    }

    @Test
    void aPartComesBackFromItsFile() {
        assertThat(reader.part(writer.part(4, IMAGE).content()).content()).contains(IMAGE);
    }

    @Test
    void aListComesBackFromItsFile() throws MalformedException {
        RetirementBody body = list(Fixture.DEVICE);
        Bytes file = writer.retirement(5, body).content();
        RetirementList read = reader.retirement(file).content().orElseThrow();
        assertThat(read.body()).isEqualTo(body);
        assertThat(read.digest()).isEqualTo(file.sha256());
        assertThat(RetirementBody.parse(body.encoded())).isEqualTo(body);
    }

    @Test
    void nobodySignsWhatNamesAnotherDevice() {
        DeviceId other = DeviceId.of(Bytes.hex("77".repeat(DeviceId.SIZE)));
        assertThatThrownBy(() -> writer.manifest(3, body(other, point(12, "01"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another device");
        assertThatThrownBy(() -> writer.retirement(3, list(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another device");
    }

    @Test
    void aWriterThatWentOnInTwoWaysHasNoOneEnd() {
        CheckpointBody one = body(Fixture.DEVICE, point(12, "01"), new CutPoint(Fixture.OTHER, 20, DIGEST));
        assertThat(one.end(Fixture.WRITER)).contains(point(12, "01"));
        assertThat(one.end(Fixture.OTHER).map(CutPoint::seq)).contains(20L);
        CheckpointBody two = body(Fixture.DEVICE, point(12, "01"), point(12, "02"));
        assertThat(two.end(Fixture.WRITER)).isEmpty();
        assertThat(two.end(Fixture.OTHER)).isEqualTo(Optional.empty());
    }

    @Test
    void aListReachesAsFarAsTheFurthestBranch() {
        assertThat(list(Fixture.DEVICE).through()).isEqualTo(15);
    }

    @Test
    void aListedFileIsFoundByItsName() {
        assertThat(new ListedFile(7, DIGEST).name().toString()).contains("7").contains("ab".repeat(10));
        assertThat(new ListedFile(7, DIGEST)).isLessThan(new ListedFile(8, Bytes.hex("00".repeat(32))));
        assertThat(point(12, "01").hash8()).isEqualTo(0x0101010101010101L);
    }
}
