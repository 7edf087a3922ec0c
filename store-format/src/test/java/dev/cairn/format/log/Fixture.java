package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.HedgedSalt;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.file.Sealer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One space with one device, whose every key and salt is fixed. */
public final class Fixture implements DeviceDirectory {
    public static final SpaceId SPACE = SpaceId.of(Bytes.hex("505152535455565758595a5b5c5d5e5f"));
    public static final WriterId WRITER = WriterId.of(Bytes.hex("101112131415161718191a1b1c1d1e1f"));
    public static final WriterId OTHER = WriterId.of(Bytes.hex("202122232425262728292a2b2c2d2e2f"));
    public static final DeviceId DEVICE = DeviceId.of(Bytes.hex("404142434445464748494a4b4c4d4e4f"));
    public static final SigningKey KEY = new SigningKey(Secret.copyOf(Bytes.hex("09".repeat(32))));
    public static final EpochKey EPOCH = new EpochKey(1, Secret.copyOf(Bytes.hex("0e".repeat(32))));
    public static final KeyRing KEYS = KeyRing.of(EPOCH);
    public static final ChainPoint ORIGIN =
            ChainPoint.origin(SPACE, WRITER, KEY.verifyingKey().bytes());

    @Override
    public Optional<VerifyingKey> key(DeviceId device) {
        return device.equals(DEVICE) ? Optional.of(KEY.verifyingKey()) : Optional.empty();
    }

    @Override
    public boolean mayWrite(DeviceId device) {
        return true;
    }

    /** Salts which depend on the file alone. */
    public static HedgedSalt salt() {
        RandomGenerator zero = () -> 0;
        return new HedgedSalt(Secret.copyOf(Bytes.hex("5a".repeat(32))), zero);
    }

    public static Sealer sealer() {
        return Sealer.of(SPACE, WRITER, EPOCH, salt());
    }

    public static Signatory signatory() {
        return new Signatory(DEVICE, KEY);
    }

    public static SegmentWriter segments() {
        return new SegmentWriter(sealer(), signatory());
    }

    public static HeadWriter heads() {
        return new HeadWriter(sealer(), signatory());
    }

    public static ReadOutcome<Segment> readSegment(Bytes file) {
        return new SegmentReader(SPACE, KEYS, new Fixture()).read(file);
    }

    public static ReadOutcome<Head> readHead(Bytes file) {
        return new HeadReader(SPACE, KEYS, new Fixture()).read(file);
    }

    /** {@code count} small changes from the first. */
    public static ChangeRun run(int count) {
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, ORIGIN);
        for (int i = 1; i <= count; i++) {
            List<ChangeRef> parents = i % 7 == 0 ? List.of(new ChangeRef(OTHER, i, 1L << i)) : List.of();
            Optional<String> message = i % 5 == 0 ? Optional.of("change " + i) : Optional.empty();
            builder.add(new Change(i, 1000L * i, parents, message, Bytes.of(i, i >> 8, 3, 4)));
        }
        return builder.build();
    }

    public static HeadBody body(ChainPoint last) {
        return new HeadBody(
                DEVICE,
                last.seq(),
                last.hash(),
                List.of(new Seen(OTHER, 17, 0x0102030405060708L)),
                List.of(Bytes.hex("ac".repeat(32))),
                0,
                List.of("blobs"),
                "cairn 0.1.0",
                1_700_000_000_000L,
                "Laptop",
                Optional.empty());
    }
}
