package dev.cairn.format.members;

/**
 * The rules a space sets itself.
 *
 * @param rekeyDays days after which a new epoch is due; 0 = never by time
 * @param historyForNewcomers whether a new member gets the keys of earlier epochs as well
 * @param suiteMin the least cipher suite a reader accepts
 */
public record SpacePolicy(int rekeyDays, boolean historyForNewcomers, int suiteMin) {
    /** The greatest number of days between two epochs. */
    public static final int REKEY_DAYS_MAX = 36_500;

    /** Checks the ranges. */
    public SpacePolicy {
        if (rekeyDays < 0 || rekeyDays > REKEY_DAYS_MAX || suiteMin < 1 || suiteMin > 255) {
            throw new IllegalArgumentException("rekey after " + rekeyDays + " days, suite from " + suiteMin);
        }
    }

    /** A new epoch every 90 days, all of the history for newcomers, the first suite. */
    public static SpacePolicy defaults() {
        return new SpacePolicy(90, true, 1);
    }
}
