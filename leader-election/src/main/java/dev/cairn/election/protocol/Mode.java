package dev.cairn.election.protocol;

/** How a leader is found. */
public enum Mode {
    /** {@link #QUORUM} for three devices and more, {@link #GRACE} for fewer. */
    AUTO,
    /** Whoever finds no other candidate within the grace period leads. */
    GRACE,
    /** Whoever has the votes of more than half of the devices leads. */
    QUORUM,
    /**
     * Only a user's word makes a leader; whenever nobody leads, every device asks for it. The leader leads by a lease,
     * as in the other modes, and hands over on request: for devices of which a person shall decide who leads.
     */
    USER,
    /** Only a user's word makes a leader, unasked, who leads until he gives up: for folders that travel on a stick. */
    MANUAL;

    Mode with(int devices) {
        return this != AUTO ? this : devices >= 3 ? QUORUM : GRACE;
    }
}
