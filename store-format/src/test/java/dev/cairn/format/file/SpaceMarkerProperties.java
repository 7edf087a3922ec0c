package dev.cairn.format.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.SpaceId;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class SpaceMarkerProperties {
    private static final SpaceMarker MARKER =
            new SpaceMarker(SpaceId.of(Bytes.hex("000102030405060708090a0b0c0d0e0f")));

    @Property(tries = 500)
    void anyBytesGiveAnOutcome(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = MARKER.encode().toArray();
        for (int i = random.nextInt(6); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        assertThat(SpaceMarker.read(Bytes.owning(bytes)).text()).isNotEmpty();
    }
}
