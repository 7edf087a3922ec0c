package dev.cairn.election.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.fleet.Network.Parcel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What travels between devices, how long it takes, and what becomes of it where links break and devices sleep. */
final class NetworkTest {
    private static final long TICK = 5_000;
    private static final Weather AT_ONCE = Weather.fair(2).withDelay(Duration.ZERO, Duration.ZERO);

    private static List<Parcel> advance(Network network, long now) {
        return new ArrayList<>(network.advance(now));
    }

    @Test
    void eachOtherDeviceGetsEveryParcelOnceInItsTime() {
        Network network = new Network(Weather.fair(3), new Random(1));
        TreeSet<String> got = new TreeSet<>();
        List<Long> contents = new ArrayList<>();
        for (long now = 0; now < 3_600_000; now += TICK) {
            for (Parcel parcel : advance(network, now)) {
                long took = parcel.at() - (Long) parcel.content();
                assertThat(took).isBetween(5_000L, 40_000L);
                assertThat(now - parcel.at()).as("and no look is missed").isBetween(0L, TICK - 1);
                assertThat(parcel.from()).isEqualTo(1);
                assertThat(parcel.to()).isNotEqualTo(1);
                assertThat(got.add(parcel.to() + " " + parcel.content())).isTrue();
                contents.add((Long) parcel.content());
            }
            if (now < 1_800_000) {
                network.send(now, 1, "lock", now);
            }
        }
        assertThat(got).hasSize(2 * 360);
        assertThat(contents.stream().sorted().toList())
                .as("some overtake others")
                .isNotEqualTo(contents);
    }

    @Test
    void whatTakesEquallyLongComesInItsOrder() {
        Network network = new Network(AT_ONCE, new Random(1));
        for (int i = 0; i < 50; i++) {
            network.send(0, 0, "file " + i, i);
        }
        assertThat(advance(network, 0)).extracting(Parcel::content).isSorted().hasSize(50);
        assertThat(advance(network, TICK)).isEmpty();
    }

    /** How much of what is sent by every tick arrives: what is newer replaces what waits. */
    private static double share(Weather weather) {
        Network network = new Network(weather, new Random(1));
        long sent = 0;
        long got = 0;
        long last = -1;
        for (long now = 0; now < Duration.ofHours(500).toMillis(); now += TICK) {
            for (Parcel parcel : network.advance(now)) {
                if (parcel.to() == 1) {
                    assertThat((Long) parcel.content())
                            .as("nothing old comes back")
                            .isGreaterThan(last);
                    last = (Long) parcel.content();
                    assertThat(network.isAsleep(1)).isFalse();
                    got++;
                }
            }
            network.send(now, 0, "lock", sent++);
        }
        return (double) got / sent;
    }

    @Test
    void aLinkIsBrokenForItsShareOfTheTime() {
        assertThat(share(AT_ONCE)).isGreaterThan(0.9999);
        assertThat(share(AT_ONCE.withLinkDown(0.2))).isBetween(0.76, 0.84);
        assertThat(share(AT_ONCE.withLinkDown(0.6))).isBetween(0.36, 0.44);
    }

    @Test
    void nothingComesToOrFromADeviceThatSleeps() {
        assertThat(share(AT_ONCE.withSleep(0.2, Duration.ZERO))).isBetween(0.6, 0.68); // both are awake
    }

    @Test
    void devicesSleepForTheirShareOfTheTimeInNapsOfTheirLength() {
        Weather weather = Weather.fair(2).withSleep(0.25, Duration.ZERO).withBreaks(Duration.ofMinutes(30));
        Network network = new Network(weather, new Random(1));
        long asleep = 0;
        long naps = 0;
        boolean before = false;
        long ticks = Duration.ofHours(2_000).toMillis() / TICK;
        for (long tick = 0; tick < ticks; tick++) {
            network.advance(tick * TICK);
            boolean sleeps = network.isAsleep(0);
            asleep += sleeps ? 1 : 0;
            naps += sleeps && !before ? 1 : 0;
            before = sleeps;
        }
        assertThat((double) asleep / ticks).isBetween(0.21, 0.29);
        assertThat((double) asleep / naps * TICK / 60_000).as("minutes").isBetween(26.0, 34.0);
    }

    @Test
    void ofEachNameTheNewestWaitsForALinkThatIsMended() {
        Network network = new Network(AT_ONCE.withLinkDown(0.5), new Random(1));
        long now = 0;
        do { // until something does not arrive
            now += TICK;
            network.advance(now);
            network.send(now, 0, "probe", now);
        } while (!advance(network, now).isEmpty());
        for (int i = 0; i < 3; i++) {
            network.send(now, 0, "lock", "lock " + i);
            network.send(now, 0, "claim", "claim " + i);
        }
        List<Parcel> arrived;
        do {
            now += TICK;
            arrived = advance(network, now);
        } while (arrived.isEmpty());
        assertThat(arrived)
                .extracting(Parcel::content)
                .containsExactly(arrived.get(0).content(), "lock 2", "claim 2");
        assertThat(advance(network, now + TICK)).isEmpty();
    }
}
