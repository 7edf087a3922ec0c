package dev.cairn.replica;

/**
 * An invitation to a space, handed to one person by a way other than the folder.
 *
 * @param code the secret text which {@link Space#join} takes; whoever has it can use it once
 * @param needsApproval whether the join must be approved by comparing six safety words
 */
public record Invite(String code, boolean needsApproval) {
    /** Says nothing of the code. */
    @Override
    public String toString() {
        return "Invite[needsApproval=" + needsApproval + "]";
    }
}
