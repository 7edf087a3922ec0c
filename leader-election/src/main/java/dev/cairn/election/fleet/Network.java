package dev.cairn.election.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Carries parcels between devices: each takes its own time, a later one may overtake an earlier one, and while a link
 * is broken, or a device asleep, only the newest of each name is kept for it.
 */
final class Network {
    private final Weather weather;
    private final RandomGenerator random;
    private final int devices;
    private final PriorityQueue<Parcel> travelling = new PriorityQueue<>();
    private final List<Map<String, Parcel>> held = new ArrayList<>();
    private final boolean[] down;
    private final long[] linkChanges;
    private final boolean[] asleep;
    private final long[] sleepChanges;
    private final Deque<Parcel> arrived = new ArrayDeque<>();
    private long order;

    /** Something on its way. */
    record Parcel(long at, long order, int from, int to, String name, Object content) implements Comparable<Parcel> {
        @Override
        public int compareTo(Parcel other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    Network(Weather weather, RandomGenerator random) {
        this.weather = weather;
        this.random = random;
        this.devices = weather.devices();
        for (int i = 0; i < devices * devices; i++) {
            held.add(new LinkedHashMap<>());
        }
        down = new boolean[devices * devices];
        linkChanges = new long[devices * devices];
        asleep = new boolean[devices];
        sleepChanges = new long[devices];
        for (int i = 0; i < linkChanges.length; i++) {
            linkChanges[i] = spell(weather.linkDown(), false);
        }
        for (int i = 0; i < devices; i++) {
            sleepChanges[i] = spell(weather.asleep(), false);
        }
    }

    /** How long a state lasts, so that the bad one takes its share of the time. */
    private long spell(double share, boolean bad) {
        if (share <= 0) {
            return Long.MAX_VALUE / 4;
        }
        long breaks = weather.breaks().toMillis();
        double mean = bad ? breaks : breaks * (1 - share) / share;
        return (long) Math.max(1000, -mean * Math.log(1 - random.nextDouble()));
    }

    boolean isAsleep(int device) {
        return asleep[device];
    }

    void send(long now, int from, String name, Object content) {
        for (int to = 0; to < devices; to++) {
            if (to != from) {
                route(new Parcel(now, order++, from, to, name, content), now);
            }
        }
    }

    private void route(Parcel parcel, long now) {
        if (isOpen(parcel.from(), parcel.to())) {
            travelling.add(new Parcel(
                    now + delay(), parcel.order(), parcel.from(), parcel.to(), parcel.name(), parcel.content()));
        } else {
            held.get(parcel.from() * devices + parcel.to()).put(parcel.name(), parcel);
        }
    }

    private long delay() {
        long min = weather.delayMin().toMillis();
        return min + (long) (random.nextDouble() * (weather.delayMax().toMillis() - min));
    }

    private boolean isOpen(int from, int to) {
        int link = Math.min(from, to) * devices + Math.max(from, to);
        return !down[link] && !asleep[from] && !asleep[to];
    }

    /** Breaks and mends what is due, and returns what has arrived, in the order of arrival. */
    Deque<Parcel> advance(long now) {
        boolean mended = false;
        for (int from = 0; from < devices; from++) {
            if (now >= sleepChanges[from]) {
                asleep[from] = !asleep[from];
                sleepChanges[from] = now + spell(weather.asleep(), asleep[from]);
                mended = true;
            }
            for (int to = from + 1; to < devices; to++) {
                int link = from * devices + to;
                if (now >= linkChanges[link]) {
                    down[link] = !down[link];
                    linkChanges[link] = now + spell(weather.linkDown(), down[link]);
                    mended = true;
                }
            }
        }
        if (mended) {
            resume(now);
        }
        arrived.clear();
        while (!travelling.isEmpty() && travelling.peek().at() <= now) {
            Parcel parcel = travelling.poll();
            if (isOpen(parcel.from(), parcel.to())) {
                arrived.add(parcel);
            } else {
                held.get(parcel.from() * devices + parcel.to()).merge(parcel.name(), parcel, Network::later);
            }
        }
        return arrived;
    }

    private static Parcel later(Parcel a, Parcel b) {
        return a.order() > b.order() ? a : b;
    }

    private void resume(long now) {
        for (int link = 0; link < held.size(); link++) {
            if (!held.get(link).isEmpty() && isOpen(link / devices, link % devices)) {
                List<Parcel> waiting = new ArrayList<>(held.get(link).values());
                held.get(link).clear();
                waiting.forEach(parcel -> route(parcel, now));
            }
        }
    }
}
