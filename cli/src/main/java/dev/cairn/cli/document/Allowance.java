package dev.cairn.cli.document;

import dev.cairn.cli.text.Portions;
import dev.cairn.cli.text.Splice;
import java.util.List;

/**
 * How much more fits into a change while a place is made to hold a value. What does not fit is left for the next
 * change, which finds by comparing how far this one came; the first edit of a change always fits, so that each comes
 * further than the one before.
 */
final class Allowance {
    /** Half of what a change may have; sizes are estimates from above. */
    private static final long BYTES_MAX = 512 << 10;
    /** What an edit takes beside its content. */
    private static final long EDIT_BYTES = 64;
    /** The most bytes of UTF-8 which one UTF-16 unit can take. */
    private static final long UNIT_BYTES = 3;

    private final boolean limited;
    private long left;
    private boolean used;
    private boolean unfinished;
    /** Inside of something that is made whole or not at all. */
    private int whole;

    private Allowance(boolean limited, long bytes) {
        this.limited = limited;
        this.left = bytes;
    }

    static Allowance ofOneChange() {
        return ofOneChange(BYTES_MAX);
    }

    /** The same for a change of so many bytes. */
    static Allowance ofOneChange(long bytes) {
        return new Allowance(true, bytes);
    }

    /** For what goes into one change or fails. */
    static Allowance unlimited() {
        return new Allowance(false, 0);
    }

    /** Whether all that was asked for was made. */
    boolean isFinished() {
        return !unfinished;
    }

    /** Whether one more edit with that much text in it may be made, which counts then. */
    boolean takes(long units) {
        long bytes = EDIT_BYTES + UNIT_BYTES * units;
        if (limited && whole == 0 && used && bytes > left) {
            unfinished = true;
            return false;
        }
        left -= bytes;
        used = true;
        return true;
    }

    /** Those edits of a text which may be made. */
    List<Splice> first(List<Splice> splices) {
        List<List<Splice>> portions = Portions.of(splices);
        boolean divides = limited && whole == 0 && portions.size() > 1;
        List<Splice> some = divides ? portions.get(0) : splices;
        if (!takes(some.stream().mapToLong(splice -> splice.inserted().length()).sum())) {
            return List.of();
        }
        unfinished |= divides;
        return some;
    }

    /** Makes something that is not left half made; it counts all the same. */
    void whole(Runnable edits) {
        whole++;
        try {
            edits.run();
        } finally {
            whole--;
        }
    }
}
