package dev.cairn.crdt.sequence;

import java.util.Arrays;

/** Which version of a replay is which: per slot, up to where its units are in it. */
final class Reached {
    static final int UNKNOWN_SEQ = -1;

    final int start;
    int[] units = {};
    int[] seqs = {};
    int own;
    int ownSlot = -1;
    long lastUsed;

    Reached(int start) {
        this.start = start;
    }

    Reached(Reached other) {
        this.start = other.start;
        this.units = other.units.clone();
        this.seqs = other.seqs.clone();
        this.own = other.own;
        this.ownSlot = other.ownSlot;
        this.lastUsed = other.lastUsed;
    }

    void grow(int slots) {
        int old = units.length;
        if (slots > old) {
            units = Arrays.copyOf(units, Math.max(4, slots * 2));
            seqs = Arrays.copyOf(seqs, units.length);
            Arrays.fill(units, old, units.length, start);
            Arrays.fill(seqs, old, seqs.length, UNKNOWN_SEQ);
        }
    }

    /** Takes the operations of the actor who went on from this version into account. */
    void settle() {
        if (ownSlot >= 0 && own > units[ownSlot]) {
            units[ownSlot] = own;
            seqs[ownSlot] = UNKNOWN_SEQ;
        }
    }
}
