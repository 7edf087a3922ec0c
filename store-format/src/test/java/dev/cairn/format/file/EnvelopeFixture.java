package dev.cairn.format.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.Cobblestone;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.HedgedSalt;
import dev.cairn.format.crypto.Secret;
import java.util.List;
import java.util.Random;

/** Files under one key, whole ones and ones with a fault behind a right trailer. */
final class EnvelopeFixture {
    static final SpaceId SPACE = new SpaceId(1, 2);
    static final WriterId WRITER = new WriterId(3, 4);
    static final EpochKey KEY = new EpochKey(1, Secret.copyOf(Bytes.hex("42".repeat(32))));
    static final HedgedSalt SALT = new HedgedSalt(Secret.copyOf(Bytes.hex("17".repeat(32))), () -> 0);
    static final Sealer SEALER = Sealer.of(SPACE, WRITER, KEY, SALT);

    static Bytes sealed(int size) {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        return SEALER.seal(FileKind.SEGMENT, 5, List.of(new FileRecord(0x01, Bytes.owning(body))))
                .content();
    }

    static String outcome(Bytes file) {
        ReadOutcome<OpenedFile> outcome = Envelope.open(file, SPACE, KeyRing.of(KEY));
        assertThat(outcome.text()).isNotEmpty();
        return outcome.code();
    }

    /** The same file with another header, under the right key and with a right trailer. */
    static Bytes withHeader(int at, Bytes replacement) {
        Bytes payload = Payload.seal(List.of(), Compression.NONE, Padding.PADME);
        byte[] header = new EnvelopeHeader(
                        FileKind.SEGMENT, 0, Envelope.sealedSize(payload.size()), SPACE, WRITER, 5, 1)
                .encode()
                .toArray();
        replacement.copyTo(header, at);
        return frame(Bytes.owning(header), payload);
    }

    private static Bytes frame(Bytes header, Bytes payload) {
        Bytes salt = Bytes.hex("99".repeat(Cobblestone.SALT_SIZE));
        return Envelope.frame(header, Cobblestone.seal(KEY.inputKey(FileKind.SEGMENT), header, salt, payload));
    }

    static Bytes withPayload(Bytes payload) {
        EnvelopeHeader header =
                new EnvelopeHeader(FileKind.SEGMENT, 0, Envelope.sealedSize(payload.size()), SPACE, WRITER, 5, 1);
        return frame(header.encode(), payload);
    }

    private EnvelopeFixture() {}
}
