package dev.cairn.replica.history;

import dev.cairn.format.ChangeRun;

/** By which hash a change of each number is awaited of one writer: a table with open addressing, for there are many. */
final class AwaitedHashes {
    private static final int LEAST = 16;
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    // numbers start at 1, so that 0 is a free place
    private long[] numbers = new long[LEAST];
    private long[] hashes = new long[LEAST];
    private int size;
    private long greatest;

    /** Notes the hash for a number, unless there is one; tells whether it is the one which is there now. */
    boolean note(long number, long hash8) {
        int place = place(number);
        if (numbers[place] == 0) {
            numbers[place] = number;
            hashes[place] = hash8;
            greatest = Math.max(greatest, number);
            if (++size > numbers.length / 2) {
                grow();
            }
            return true;
        }
        return hashes[place] == hash8;
    }

    /** The greatest number for which there is a hash. */
    long greatest() {
        return greatest;
    }

    /** Whether some change of a run has another hash than the one for its number. */
    boolean differs(ChangeRun run) {
        if (run.size() < numbers.length) {
            for (int i = 0; i < run.size(); i++) {
                if (differsAt(place(run.firstSeq() + i), run)) {
                    return true;
                }
            }
            return false;
        }
        for (int place = 0; place < numbers.length; place++) {
            if (differsAt(place, run)) {
                return true;
            }
        }
        return false;
    }

    private boolean differsAt(int place, ChangeRun run) {
        long number = numbers[place];
        return number >= run.firstSeq()
                && number <= run.lastSeq()
                && run.hash8((int) (number - run.firstSeq())) != hashes[place];
    }

    /** Where a number stands, or where it belongs. */
    private int place(long number) {
        int mask = numbers.length - 1;
        int place = (int) ((number * SCATTER) >>> 32) & mask;
        while (numbers[place] != 0 && numbers[place] != number) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        long[] oldHashes = hashes;
        numbers = new long[2 * oldNumbers.length];
        hashes = new long[numbers.length];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != 0) {
                int place = place(oldNumbers[i]);
                numbers[place] = oldNumbers[i];
                hashes[place] = oldHashes[i];
            }
        }
    }
}
