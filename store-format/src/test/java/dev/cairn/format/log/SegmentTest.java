package dev.cairn.format.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.file.ReadOutcome.Need;
import dev.cairn.format.file.ReadOutcome.Refused;
import dev.cairn.format.file.ReadOutcome.Verified;
import dev.cairn.format.file.ReadOutcome.Waiting;
import dev.cairn.format.file.Refusal;
import dev.cairn.format.file.SealedFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50, 5000})
    void whatIsSealedIsRead(int count) {
        ChangeRun run = Fixture.run(count);
        SealedFile file = Fixture.segments().seal(3, run);
        Segment segment = Fixture.readSegment(file.content()).content().orElseThrow();
        assertThat(segment.changes()).isEqualTo(run);
        assertThat(RunCodec.encode(segment.changes())).isEqualTo(RunCodec.encode(run));
        assertThat(segment.device()).isEqualTo(Fixture.DEVICE);
        assertThat(segment.header().ordinal()).isEqualTo(3);
        assertThat(segment.digest()).isEqualTo(file.digest());
        assertThat(file.name()).isEqualTo(FileName.Numbered.of(FileKind.SEGMENT, 3, file.content()));
    }

    @Test
    void aLaterPartIsReadAlone() {
        ChangeRun part = Fixture.run(20).slice(12, 20);
        Bytes file = Fixture.segments().seal(2, part).content();
        ChangeRun read = Fixture.readSegment(file).content().orElseThrow().changes();
        assertThat(read).isEqualTo(part);
        assertThat(ChangeRun.concat(List.of(Fixture.run(20).slice(0, 12), read)))
                .isEqualTo(Fixture.run(20));
    }

    @Test
    void sealingTheSameTwiceGivesTheSameFileOnlyWithTheSameRandomBytes() {
        Bytes one = Fixture.segments().seal(1, Fixture.run(3)).content();
        Bytes two = Fixture.segments().seal(1, Fixture.run(3)).content();
        Bytes three = Fixture.segments().seal(1, Fixture.run(4)).content();
        assertThat(two).isEqualTo(one);
        assertThat(three.slice(80, 104)).isNotEqualTo(one.slice(80, 104));
    }

    @Test
    void waitsForAnUnknownKey() {
        KeyRing none = epoch -> List.of();
        assertThat(read(none, new Fixture())).isEqualTo(new Waiting<>(new Need.Key(1)));
    }

    @Test
    void refusesAWrongKeyAndTriesAll() {
        EpochKey wrong = new EpochKey(1, Secret.copyOf(Bytes.hex("77".repeat(32))));
        assertThat(read(KeyRing.of(wrong), new Fixture())).isEqualTo(new Refused<>(Refusal.WRONG_KEY, "epoch 1"));
        assertThat(read(KeyRing.of(wrong, Fixture.EPOCH), new Fixture())).isInstanceOf(Verified.class);
    }

    @Test
    void waitsForAnUnknownDevice() {
        assertThat(read(Fixture.KEYS, directory(Optional.empty(), true)))
                .isEqualTo(new Waiting<>(new Need.MemberEntry(Fixture.DEVICE)));
    }

    @Test
    void refusesAReadersChanges() {
        assertThat(read(Fixture.KEYS, directory(Optional.of(Fixture.KEY.verifyingKey()), false)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refusal.NOT_A_WRITER));
    }

    @Test
    void refusesAnotherDevicesSignature() {
        SigningKey stranger = new SigningKey(Secret.copyOf(Bytes.hex("33".repeat(32))));
        ChangeRun part = Fixture.run(9).slice(4, 9);
        SealedFile forged = new SegmentWriter(Fixture.sealer(), new Signatory(Fixture.DEVICE, stranger)).seal(1, part);
        assertThat(Fixture.readSegment(forged.content()))
                .isEqualTo(new Refused<>(Refusal.BAD_SIGNATURE, "device " + Fixture.DEVICE));
    }

    @Test
    void refusesAChainFromAnotherOrigin() {
        ChainPoint elsewhere = ChainPoint.origin(
                Fixture.SPACE, Fixture.OTHER, Fixture.KEY.verifyingKey().bytes());
        ChangeRun.Builder run = ChangeRun.builder(Fixture.WRITER, elsewhere);
        run.add(Fixture.run(1).change(0));
        Bytes file = Fixture.segments().seal(1, run.build()).content();
        assertThat(Fixture.readSegment(file))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refusal.MALFORMED));
    }

    @Test
    void refusesAnotherSpaceAndAnotherKind() {
        Bytes segment = Fixture.segments().seal(1, Fixture.run(2)).content();
        ReadOutcome<Segment> foreign = new SegmentReader(new SpaceId(9, 9), Fixture.KEYS, new Fixture()).read(segment);
        assertThat(foreign).isEqualTo(new Refused<>(Refusal.FOREIGN_SPACE, "space " + Fixture.SPACE));
        assertThat(Fixture.readHead(segment))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refusal.WRONG_KIND));
    }

    @Test
    void writersSealOnlyTheirOwnRuns() {
        ChangeRun.Builder foreign = ChangeRun.builder(new WriterId(5, 5), Fixture.ORIGIN);
        foreign.add(Fixture.run(1).change(0));
        assertThatThrownBy(() -> Fixture.segments().seal(1, foreign.build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ReadOutcome<Segment> read(KeyRing keys, DeviceDirectory devices) {
        return new SegmentReader(Fixture.SPACE, keys, devices)
                .read(Fixture.segments().seal(1, Fixture.run(2)).content());
    }

    private static DeviceDirectory directory(Optional<VerifyingKey> key, boolean mayWrite) {
        return new DeviceDirectory() {
            @Override
            public Optional<VerifyingKey> key(DeviceId device) {
                return key;
            }

            @Override
            public boolean mayWrite(DeviceId device) {
                return mayWrite;
            }
        };
    }
}
