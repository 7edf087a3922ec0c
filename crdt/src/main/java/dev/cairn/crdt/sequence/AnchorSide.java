package dev.cairn.crdt.sequence;

/** To which neighbour an anchor clings when others insert at its place at the same time. */
public enum AnchorSide {
    /** To the one before it: what others insert there at the same time stands behind the anchor. */
    LEFT(OperationLog.INSERT_LEFT),
    /** To the one behind it: what others insert there at the same time stands before the anchor. */
    RIGHT(OperationLog.INSERT_RIGHT);

    final int kind;

    AnchorSide(int kind) {
        this.kind = kind;
    }
}
