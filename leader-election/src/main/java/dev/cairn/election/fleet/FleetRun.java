package dev.cairn.election.fleet;

import dev.cairn.election.protocol.Mode;
import dev.cairn.format.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Watches a fleet for a while and says what came of it. Deterministic: one source of randomness decides all. */
public final class FleetRun {
    private static final long TICK_MILLIS = 5_000;

    private FleetRun() {}

    /** A fleet that plays by the rules of Cairn. */
    public static Outcome cairn(Mode mode, Weather weather, RandomGenerator random) {
        SortedSet<DeviceId> electorate = new TreeSet<>();
        for (int i = 0; i < weather.devices(); i++) {
            electorate.add(CairnDevice.device(i));
        }
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < weather.devices(); i++) {
            devices.add(new CairnDevice(i, mode, weather, random, electorate));
        }
        return watch(devices, weather, random);
    }

    /** A fleet that plays by the idea as it was published. */
    public static Outcome publishedIdea(Weather weather, RandomGenerator random) {
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < weather.devices(); i++) {
            devices.add(new PublishedIdea(i, weather, random));
        }
        return watch(devices, weather, random);
    }

    private static Outcome watch(List<Device> devices, Weather weather, RandomGenerator random) {
        Network network = new Network(weather, random);
        long[] files = new long[1];
        long two = 0;
        long none = 0;
        long ticks = 0;
        for (long now = 0; now < weather.length().toMillis(); now += TICK_MILLIS) {
            for (Network.Parcel parcel : network.advance(now)) {
                devices.get(parcel.to()).receive(parcel.from(), parcel.name(), parcel.content(), now);
            }
            int leaders = 0;
            for (int i = 0; i < devices.size(); i++) {
                if (!network.isAsleep(i)) {
                    if (restarts(weather, random)) {
                        devices.get(i).restart();
                    }
                    int from = i;
                    long at = now;
                    devices.get(i).look(now, (name, content) -> {
                        files[0]++;
                        network.send(at, from, name, content);
                    });
                    leaders += devices.get(i).leads(now) ? 1 : 0;
                }
            }
            ticks++;
            two += leaders > 1 ? 1 : 0;
            none += leaders == 0 ? 1 : 0;
        }
        return new Outcome(
                (double) two / ticks,
                (double) none / ticks,
                devices.stream().mapToLong(Device::conflictCopies).sum(),
                devices.stream().mapToLong(Device::elections).sum(),
                files[0],
                devices.stream().mapToLong(Device::prompts).sum());
    }

    private static boolean restarts(Weather weather, RandomGenerator random) {
        long every = weather.restarts().toMillis();
        return every > 0 && random.nextDouble() * every < TICK_MILLIS;
    }
}
