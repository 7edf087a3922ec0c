package dev.cairn.replica.history;

import dev.cairn.format.ChangeRun;
import java.util.Arrays;

/**
 * The first 8 bytes of the chain hashes of a line's changes, as far as they were read lately, in blocks by number. Kept
 * in memory to compare with references, of which most changes have one or more.
 */
final class LineHashes {
    /** Most references are to changes made a moment ago, which are near each other. */
    private static final int BLOCK = 64;

    private static final long[][] NONE = {};
    private static final long[] NO_BLOCK = {};

    private long[][] blocks = NONE;

    /** The number that stands at a place counted from 0; 0 when it is not here, as one in 2^64 hashes is not either. */
    long at(long place) {
        int block = (int) (place / BLOCK);
        return block < blocks.length && blocks[block].length > 0 ? blocks[block][(int) (place % BLOCK)] : 0;
    }

    /** Notes the hashes of a run whose first change has this place; returns how many blocks of memory that took. */
    int put(long place, ChangeRun run) {
        int added = 0;
        for (int i = 0; i < run.size(); ) {
            int block = (int) ((place + i) / BLOCK);
            added += makeRoom(block);
            long[] room = blocks[block];
            for (int at = (int) ((place + i) % BLOCK); at < BLOCK && i < run.size(); at++) {
                room[at] = run.hash8(i++);
            }
        }
        return added;
    }

    /** Notes one hash; returns how many blocks of memory that took. */
    int put(long place, long hash8) {
        int block = (int) (place / BLOCK);
        int added = makeRoom(block);
        blocks[block][(int) (place % BLOCK)] = hash8;
        return added;
    }

    private int makeRoom(int block) {
        if (block >= blocks.length) {
            int before = blocks.length;
            blocks = Arrays.copyOf(blocks, Math.max(block + 1, 2 * before));
            Arrays.fill(blocks, before, blocks.length, NO_BLOCK);
        }
        if (blocks[block].length > 0) {
            return 0;
        }
        blocks[block] = new long[BLOCK];
        return 1;
    }

    /** Lets go of all. */
    void clear() {
        blocks = NONE;
    }
}
