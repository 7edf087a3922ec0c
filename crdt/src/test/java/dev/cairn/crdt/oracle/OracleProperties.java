package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The engine is the oracle, whatever users do and however changes travel. */
final class OracleProperties {
    /** Every step is the seed of one thing that happens to one device. */
    @Property(tries = 300)
    void the_engine_shows_what_the_oracle_shows(
            @ForAll @IntRange(min = 1, max = 5) int devices, @ForAll @Size(max = 60) List<Integer> steps) {
        Fleet fleet = new Fleet(devices);
        Map<ByteBuffer, String> pictures = new HashMap<>();
        Map<String, ByteBuffer> hashes = new HashMap<>();
        for (int seed : steps) {
            Random random = new Random(seed);
            Fleet.Device device = fleet.devices.get(random.nextInt(devices));
            step(fleet, device, random);
            String picture = picture(device);
            ByteBuffer hash = device.engine.stateHash();
            assertThat(pictures.computeIfAbsent(hash, any -> picture)).isEqualTo(picture);
            assertThat(hashes.computeIfAbsent(picture, any -> hash)).isEqualTo(hash);
        }
        fleet.settle(new Random(steps.hashCode()));
    }

    private static void step(Fleet fleet, Fleet.Device device, Random random) {
        int what = random.nextInt(100);
        if (what < 60) {
            device.edit(1 + random.nextInt(4), random);
        } else if (what < 85) {
            device.receive(fleet.some(random));
        } else if (what < 90) {
            device.cancel(1 + random.nextInt(4), random);
        } else if (what < 93) {
            device.lookBack(random);
        } else if (what < 97) {
            device.checkpoint();
        } else {
            device.restart();
        }
    }

    private static String picture(Fleet.Device device) {
        return device.oracle.documents().stream()
                .map(document -> document + OracleReader.picture(device.oracle, document))
                .toList()
                .toString();
    }
}
