package dev.cairn.crdt.edit;

/** Whether text which is inserted right at the edge of a mark gets the mark, too. */
public enum Expand {
    /** At neither edge, as is usual for links and comments. */
    NONE,
    /** At the start. */
    BEFORE,
    /** At the end, as is usual for bold and other styles: who types on goes on in the same style. */
    AFTER,
    /** At both edges. */
    BOTH;

    /** Tells whether what is inserted right before the first character is marked. */
    public boolean before() {
        return this == BEFORE || this == BOTH;
    }

    /** Tells whether what is inserted right behind the last character is marked. */
    public boolean after() {
        return this == AFTER || this == BOTH;
    }

    /** Returns how a stretch without the mark expands into marked text around it: wherever the mark does not. */
    public Expand opposite() {
        return of(!after(), !before());
    }

    /** Returns what expands at its start, its end, both or neither. */
    public static Expand of(boolean before, boolean after) {
        if (before) {
            return after ? BOTH : BEFORE;
        }
        return after ? AFTER : NONE;
    }
}
