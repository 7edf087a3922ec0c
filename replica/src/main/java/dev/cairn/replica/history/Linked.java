package dev.cairn.replica.history;

/**
 * What became of a verified run.
 *
 * @param how the outcome
 * @param added how many of its changes are new on this device
 */
public record Linked(How how, long added) {
    /** The outcomes. */
    public enum How {
        /** All its changes were known. */
        KNOWN,
        /** It continues its writer's line. */
        EXTENDS,
        /** Its predecessors have not come; it is kept until they do. */
        WAITS,
        /** It shows that its writer went on in two ways; both are kept. */
        BRANCHES
    }
}
