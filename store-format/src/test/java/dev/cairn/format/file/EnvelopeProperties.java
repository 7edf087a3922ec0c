package dev.cairn.format.file;

import static dev.cairn.format.file.EnvelopeFixture.outcome;
import static dev.cairn.format.file.EnvelopeFixture.sealed;
import static dev.cairn.format.file.EnvelopeFixture.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class EnvelopeProperties {
    @Property(tries = 300)
    void paddingHidesTheSizeAtLittleCost(@ForAll @IntRange(max = Limits.FILE_BYTES_MAX) int size) {
        int padded = Padding.PADME.padded(size);
        assertThat(padded).isGreaterThanOrEqualTo(Math.max(size, 1024));
        assertThat(padded).isLessThanOrEqualTo(Math.max(1024, (int) (size * 1.12)));
        assertThat(Padding.PADME.padded(padded)).isEqualTo(padded);
        assertThat(Padding.NONE.padded(size)).isEqualTo(size);
    }

    @Property(tries = 2000)
    void anyBytesGiveAnOutcome(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = sealed(random.nextInt(60)).toArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        if (random.nextBoolean()) {
            Bytes body = Bytes.copyOf(bytes, 0, bytes.length - Envelope.TRAILER_SIZE);
            body.sha256().copyTo(bytes, body.size());
        }
        outcome(Bytes.copyOf(bytes, 0, bytes.length - (random.nextInt(4) == 0 ? random.nextInt(bytes.length) : 0)));
    }

    @Property(tries = 2000)
    void anyPayloadGivesAnOutcome(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] body = new byte[random.nextInt(200)];
        random.nextBytes(body);
        Compression compression = random.nextBoolean() ? Compression.DEFLATE : Compression.NONE;
        byte[] payload = Payload.seal(
                        List.of(new FileRecord(random.nextInt(256), Bytes.owning(body))), compression, Padding.NONE)
                .toArray();
        for (int i = random.nextInt(4); i >= 0; i--) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt();
        }
        outcome(withPayload(Bytes.owning(payload)));
    }
}
