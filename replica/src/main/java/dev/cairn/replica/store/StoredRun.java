package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;

/**
 * Consecutive changes of one line.
 *
 * @param id the row number; greater than that of every run stored before, by whatever process
 * @param line the line
 * @param base where the run starts: the place before its first change
 * @param last the place of its last change
 * @param body the encoded changes, each after its length
 */
public record StoredRun(long id, int line, ChainPoint base, ChainPoint last, Bytes body) {
    /** How many changes there are. */
    public int count() {
        return Math.toIntExact(last.seq() - base.seq());
    }
}
