package dev.cairn.watcher;

import java.time.Duration;

/**
 * When to look at the folder next and when to do duties: arithmetic on a clock that the caller reads.
 *
 * <p>A burst of hints is one look: it waits until the folder has been quiet for a moment, which grows with the number
 * of hints, but never longer than a limit. A look costs time, so polling never takes more than a tenth of it. Failures
 * put everything off, for a second at first and twice as long each time. Not safe for several threads. Times are
 * nanoseconds of {@link System#nanoTime}, which may wrap: only differences are compared.
 */
final class Schedule {
    /** Polling waits at least this many times as long as the last look took. */
    private static final int POLL_COST = 10;

    private static final long BACK_OFF_FIRST = Duration.ofSeconds(1).toNanos();
    private static final long BACK_OFF_MAX = Duration.ofMinutes(1).toNanos();
    /** Duties are done at least and at most this often, whatever the space asks for. */
    private static final long DUTY_MIN = Duration.ofMillis(1).toNanos();

    private static final Duration DUTY_MAX = Duration.ofMinutes(1);

    private final WatchOptions options;
    private long nextPoll;
    private long nextDuty;
    private long notBefore;
    private long backOff = BACK_OFF_FIRST;
    private boolean dueAgain;
    private boolean hinted;
    private long firstHint;
    private long lastHint;
    private long quiet;

    /** A schedule on which everything is due at once. */
    Schedule(WatchOptions options, long now) {
        this.options = options;
        this.nextPoll = now;
        this.nextDuty = now;
        this.notBefore = now;
    }

    /** Something has changed in the folder. */
    void hint(long now) {
        if (!hinted) {
            hinted = true;
            firstHint = now;
            quiet = options.settleFirst().toNanos();
        } else {
            quiet = Math.min(2 * quiet, options.settleQuiet().toNanos());
        }
        lastHint = now;
    }

    /** When to look at the folder. */
    long refreshAt() {
        return later(notBefore, hinted ? earlier(nextPoll, settled()) : nextPoll);
    }

    /** When to look at the folder though no hint asks for it. */
    long pollAt() {
        return nextPoll;
    }

    /** A look begins: hints from now on ask for another one. */
    void refreshing() {
        hinted = false;
    }

    /** A look has succeeded; {@code live} says whether hints can be expected. */
    void refreshed(long begun, long now, boolean live) {
        long every = (live ? options.safetyPollEvery() : options.pollEvery()).toNanos();
        nextPoll = now + Math.max(every, POLL_COST * (now - begun));
        backOff = BACK_OFF_FIRST;
    }

    /** When to do duties. */
    long dutyAt() {
        return later(notBefore, nextDuty);
    }

    /** Duties begin: what becomes due from now on is not among them. */
    void onDuty() {
        dueAgain = false;
    }

    /** Duties have been done and are next due after a while, or at once if they became due meanwhile. */
    void dutiesDone(long now, Duration next) {
        boolean soon = next.compareTo(DUTY_MAX) < 0;
        long wait = soon ? Math.max(DUTY_MIN, next.toNanos()) : DUTY_MAX.toNanos();
        nextDuty = dueAgain ? now : now + wait;
    }

    /** Duties have become due. */
    void dutiesDue(long now) {
        dueAgain = true;
        nextDuty = earlier(nextDuty, now);
    }

    /** A look or a duty has failed: nothing is tried before the back-off is over, and then both are. */
    void failed(long now) {
        notBefore = now + backOff;
        nextPoll = notBefore;
        nextDuty = notBefore;
        backOff = Math.min(2 * backOff, BACK_OFF_MAX);
    }

    private long settled() {
        return earlier(lastHint + quiet, firstHint + options.settleMax().toNanos());
    }

    private static long earlier(long one, long other) {
        return one - other <= 0 ? one : other;
    }

    private static long later(long one, long other) {
        return one - other >= 0 ? one : other;
    }
}
