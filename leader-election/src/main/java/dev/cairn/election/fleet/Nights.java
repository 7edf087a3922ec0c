package dev.cairn.election.fleet;

import dev.cairn.election.protocol.Mode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The comparison of rules over many nights: the same fleets, the same seeds, and what came of them on average. */
public final class Nights {
    /** Bytes of a lock file on the disk: 1 KiB of payload, envelope and tag. */
    static final long LOCK_BYTES = 1_224;

    /** How much of a day an idle fleet is watched. */
    private static final int IDLE_PART = 96;

    private Nights() {}

    /** By which rules a fleet plays. */
    public enum Rules {
        /** The idea as it was published. */
        PUBLISHED_IDEA,
        /** Cairn's, where an empty window makes a leader. */
        GRACE,
        /** Cairn's, where votes make one. */
        QUORUM;

        private Outcome run(Weather weather, long seed) {
            Random random = new Random(seed * 31 + 7);
            return switch (this) {
                case PUBLISHED_IDEA -> FleetRun.publishedIdea(weather, random);
                case GRACE -> FleetRun.cairn(Mode.GRACE, weather, random);
                case QUORUM -> FleetRun.cairn(Mode.QUORUM, weather, random);
            };
        }
    }

    /**
     * What came of some nights.
     *
     * @param twoLeaders the share of time with two leaders or more, of 1
     * @param runsWithTwo nights in which that happened
     * @param noLeader the share of time without any, of 1
     * @param conflictCopies files a night which two devices wrote without knowing of each other
     * @param elections how often a night somebody became the leader
     */
    public record Average(
            double twoLeaders, int runsWithTwo, double noLeader, double conflictCopies, double elections) {}

    /**
     * What an idle fleet writes.
     *
     * @param files files a day, of all devices
     * @param bytes bytes a day in a folder, at least: those of locks of a device that has seen few others
     */
    public record Idle(long files, long bytes) {}

    /** The fleets that are compared, by what one should know of them. */
    public static Map<String, Weather> fleets() {
        Weather three = Weather.fair(3);
        Map<String, Weather> fleets = new LinkedHashMap<>();
        fleets.put("3 devices, always on, files take 5-40 s", three);
        fleets.put("asleep 15 %, clocks 20 min wrong", three.withSleep(0.15, Duration.ofMinutes(20)));
        fleets.put(
                "links down 20 %, half of the questions confirmed",
                three.withLinkDown(0.2).withConfirms(0.5));
        fleets.put("links down 20 %", three.withLinkDown(0.2));
        fleets.put("5 devices, links down 20 %", Weather.fair(5).withLinkDown(0.2));
        fleets.put("files take 60-400 s", three.withDelay(Duration.ofSeconds(60), Duration.ofSeconds(400)));
        return Collections.unmodifiableMap(fleets);
    }

    /** Plays the nights of the seeds from {@code first} to {@code last}, both included. */
    public static Average average(Rules rules, Weather weather, long first, long last) {
        double two = 0;
        double none = 0;
        double conflicts = 0;
        double elections = 0;
        int runsWithTwo = 0;
        for (long seed = first; seed <= last; seed++) {
            Outcome outcome = rules.run(weather, seed);
            two += outcome.twoLeaders();
            none += outcome.noLeader();
            conflicts += outcome.conflictCopies();
            elections += outcome.elections();
            runsWithTwo += outcome.twoLeaders() > 0 ? 1 : 0;
        }
        double nights = last - first + 1.0;
        return new Average(two / nights, runsWithTwo, none / nights, conflicts / nights, elections / nights);
    }

    /** A quarter of an hour of an idle fleet, for a day. */
    public static Idle idle(int devices) {
        Weather weather = Weather.fair(devices).withLength(Duration.ofDays(1).dividedBy(IDLE_PART));
        long files = FleetRun.cairn(Mode.AUTO, weather, new Random(7)).files() * IDLE_PART;
        return new Idle(files, files * LOCK_BYTES);
    }
}
