package dev.cairn.cli.fleet;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often retirement really happened in a run: a rule about it that held while nothing was retired says nothing.
 *
 * @param withdrawals how often a writer said that it withdraws segments
 * @param segments how many segments went because only a checkpoint held some of their changes
 * @param amidFaults how many of them went while things went wrong
 * @param publishedAgain how often a writer published withdrawn changes again, as no checkpoint was there
 */
public record Retirements(int withdrawals, int segments, int amidFaults, int publishedAgain) {
    /** Nothing was retired. */
    public static final Retirements NONE = new Retirements(0, 0, 0, 0);

    /** Those of two runs. */
    public Retirements plus(Retirements other) {
        return new Retirements(
                withdrawals + other.withdrawals,
                segments + other.segments,
                amidFaults + other.amidFaults,
                publishedAgain + other.publishedAgain);
    }

    /** For programs. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("withdrawals", withdrawals);
        plain.put("segments", segments);
        plain.put("amidFaults", amidFaults);
        plain.put("publishedAgain", publishedAgain);
        return plain;
    }

    /** For people. */
    public String text() {
        return segments + " segments retired in " + withdrawals + " withdrawals, " + amidFaults
                + " of them amid faults, and " + publishedAgain + " withdrawals taken back";
    }

    /** Counts in one run. */
    static final class Counter {
        private final Map<String, Long> through = new HashMap<>();
        private int withdrawals;
        private int segments;
        private int amidFaults;
        private int publishedAgain;

        /** How far a device has withdrawn the segments of its writer now. */
        void through(String device, String writer, long seq) {
            Long before = through.put(device + "/" + writer, seq);
            if (before != null && seq > before) {
                withdrawals++;
            } else if (before != null && seq < before) {
                publishedAgain++;
            }
        }

        /** A device has a state of another time now. */
        void forget(String device) {
            through.keySet().removeIf(key -> key.startsWith(device + "/"));
        }

        /** A segment went because a checkpoint holds what was in it, while things went wrong or not. */
        void retired(boolean faults) {
            segments++;
            amidFaults += faults ? 1 : 0;
        }

        Retirements now() {
            return new Retirements(withdrawals, segments, amidFaults, publishedAgain);
        }
    }
}
