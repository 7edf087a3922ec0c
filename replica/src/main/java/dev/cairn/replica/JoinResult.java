package dev.cairn.replica;

/** How {@link Space#join} ended. Calling it again with the same code and state directory goes on where it stopped. */
public sealed interface JoinResult {

    /** The device is a member and the space is open. */
    record Joined(Space space) implements JoinResult {}

    /**
     * A member must approve; the request has been written into the folder.
     *
     * @param safetyWords six words which the approving member sees too
     */
    record AwaitingApproval(String safetyWords) implements JoinResult {}

    /**
     * The folder has not received what the invite speaks of yet.
     *
     * @param what what is missing, for a person
     */
    record AwaitingSync(String what) implements JoinResult {}
}
